import type { OutputCatalogue, OutputLink } from "../../state/output-document.js";
import { redactDeep, safeJsonText, safeText } from "../terminal-text.js";

/** The catalogue as a TypeScript module: constants with literal types, and a comment for whoever hovers over a name. */
export function renderOutputTypeScript(whole: OutputCatalogue): string {
  const catalogue = redactDeep(whole);
  const { project, environment, sandbox } = catalogue;
  const where = environment === null ? "" : `, environment ${environment}`;
  return `${[
    "// Written by `gstable-sync output --format ts`, as last applied. Not to be edited: change the configuration, apply,",
    `// and write it again. Project ${inComment(project)}${inComment(where)}.`,
    ...(sandbox ? ["// SANDBOX: nothing here is real."] : []),
    "",
    ...section("accounts", "Receiving accounts.", catalogue.accounts, ({ address }) => address),
    ...section("products", "Products.", catalogue.products, ({ name, state }) => `${name}: ${state}`),
    ...section("paymentLinks", "Payment links: public pages.", catalogue.paymentLinks, describeLink),
    ...section(
      "webhooks",
      "Webhooks. Their signing keys are secrets, and not here.",
      catalogue.webhooks,
      ({ state }) => state,
    ),
    "export type AccountName = keyof typeof accounts;",
    "export type ProductName = keyof typeof products;",
    "export type PaymentLinkName = keyof typeof paymentLinks;",
    "export type WebhookName = keyof typeof webhooks;",
  ].join("\n")}\n`;
}

function describeLink({ linkName, total, state }: OutputLink): string {
  return `${linkName}: ${total === null ? "the payer decides" : `$${total}`}, ${state}`;
}

function section<T extends object>(
  constant: string,
  title: string,
  entries: { readonly [name: string]: T },
  describe: (entry: T) => string,
): readonly string[] {
  const lines = Object.entries(entries).flatMap(([name, entry]) => [
    `  /** ${inComment(describe(entry))} */`,
    `  ${literal(name)}: {`,
    ...Object.entries(entry).map(([field, value]) => `    ${field}: ${literal(value)},`),
    "  },",
  ]);
  return [`/** ${title} */`, `export const ${constant} = {`, ...lines, "} as const;", ""];
}

/** JSON is TypeScript; what is not seen, or could end a script, is written as `\uXXXX`, and means the same there. */
function literal(value: unknown): string {
  return safeJsonText(JSON.stringify(value)).replaceAll("<", "\\u003c");
}

/** A stranger's text in a comment: it cannot end it, and is no tag, link or markup for editors that render comments. */
function inComment(text: string): string {
  const plain = text.replace(/[*@{}[\]<>`\\!|~]|:(?=\/\/)/g, escapeCode);
  return safeText(plain);
}

function escapeCode(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
