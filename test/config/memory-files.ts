import type { ConfigFiles } from "../../src/config/index.js";
import { type LoadOptions, loadConfig, validateConfig } from "../../src/config/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import type { Desired } from "../../src/state/desired.js";

/** Texts by path, as a file system would give them; `*` in a pattern matches within one directory. */
export function memoryFiles(texts: Readonly<Record<string, string>>): ConfigFiles {
  return {
    read: async (path) => {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined ? { ok: false, why: "missing", message: "" } : { ok: true, text };
    },
    glob: async (pattern, base) => {
      const full = base === "." ? pattern : `${base}/${pattern}`;
      const escaped = full.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
      const paths = Object.keys(texts).filter((path) => new RegExp(`^${escaped}$`).test(path));
      return { ok: true, paths: paths.sort(), outside: [] };
    },
  };
}

export const ROOT = "gstable.config.yaml";

type Options = Partial<Omit<LoadOptions, "files">> & { readonly files?: Readonly<Record<string, string>> };

function optionsFor(text: string, { files = {}, ...options }: Options): LoadOptions {
  const path = options.path ?? ROOT;
  return { path, variables: {}, ...options, files: memoryFiles({ [path]: text, ...files }) };
}

export function load(text: string, options: Options = {}) {
  return loadConfig(optionsFor(text, options));
}

export function validate(text: string, options: Options = {}) {
  return validateConfig(optionsFor(text, options));
}

/** The desired state of a text that must be right. */
export async function desiredOf(text: string, options: Options = {}): Promise<Desired> {
  const result = await load(text, options);
  if (!result.ok) throw new Error(`not valid: ${JSON.stringify(result.diagnostics, undefined, 1)}`);
  return result.value;
}

/** `GS1203 12:5`, with the file in front where it is not the root. */
export function brief({ code, source }: Diagnostic): string {
  if (source === undefined) return code;
  return `${code} ${source.file === ROOT ? "" : `${source.file}:`}${source.line}:${source.column}`;
}

/** What is wrong with a text, as codes and places. */
export async function problemsOf(text: string, options: Options = {}): Promise<readonly string[]> {
  return (await load(text, options)).diagnostics.map(brief);
}

/** A configuration with one product, one link and one webhook; each part can be replaced. */
export function shop(
  parts: Partial<Record<"head" | "product" | "link" | "webhook" | "tail", string>> = {},
): string {
  return [
    "version: 1",
    "project: acme",
    'accounts: { treasury: { id: acc_01, address: "0x1111111111111111111111111111111111111111" } }',
    parts.head ?? "",
    "products:",
    "  plan:",
    indent(parts.product ?? "name: Plan\ncommonPrices: [$9.99]"),
    "paymentLinks:",
    "  monthly:",
    indent(parts.link ?? linkText()),
    ...(parts.webhook === undefined ? [] : ["webhooks:", "  ledger:", indent(parts.webhook)]),
    parts.tail ?? "",
    "",
  ].join("\n");
}

/** The fields of a link, some of them replaced or (with `undefined`) left out. */
export function linkText(fields: Readonly<Record<string, string | undefined>> = {}): string {
  return fieldLines({
    linkType: "fixed",
    linkName: "Monthly",
    account: "treasury",
    settlementToken: "polygon::usdc",
    feeModel: "payer",
    lineItems: "[{ product: plan, quantity: 1, unitPrice: $9.99 }]",
    ...fields,
  });
}

export function productText(fields: Readonly<Record<string, string | undefined>> = {}): string {
  return fieldLines({ name: "Plan", commonPrices: "[$9.99]", ...fields });
}

export function webhookText(fields: Readonly<Record<string, string | undefined>> = {}): string {
  return fieldLines({
    webhookName: "Ledger",
    webhookUrl: "https://api.acme.example/hooks",
    subscribedEvents: "[session.paid]",
    ...fields,
  });
}

function fieldLines(fields: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

/**
 * Takes the mark `«` out of a text and says where it was: `expected` is the code at that place, in the same
 * words as `problemsOf`. Without a mark the code alone, or nothing.
 */
export function marked(
  text: string,
  codes: readonly string[],
): { text: string; expected: readonly string[] } {
  const parts = text.split("«");
  let before = "";
  const places = parts.slice(0, -1).map((part) => {
    before += part;
    const lines = before.split("\n");
    return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  });
  return {
    text: parts.join(""),
    expected: codes.map((code, index) => (places[index] === undefined ? code : `${code} ${places[index]}`)),
  };
}
