import type { OutputCatalogue } from "../../state/output-document.js";
import { redactDeep } from "../terminal-text.js";

/** A value that no dialect of dotenv could read back as it is. */
export interface Unwritable {
  readonly key: string;
  readonly value: string;
}

/** The catalogue as environment variables: ids, URLs, states and totals. Fails where a value fits into no line. */
export function renderOutputDotenv(
  whole: OutputCatalogue,
):
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly unwritable: readonly Unwritable[] } {
  const catalogue = redactDeep(whole);
  const pairs = pairsOf(catalogue);
  const unwritable = pairs
    .filter(([, value]) => !writable.test(value))
    .map(([key, value]) => ({ key, value }));
  if (unwritable.length > 0) return { ok: false, unwritable };
  const { project, environment, sandbox } = catalogue;
  const where = environment === null ? "" : `, environment ${environment}`;
  const head = [
    "# Written by `gstable-sync output --format dotenv`, as last applied. Not to be edited.",
    `# Project ${ascii(project)}${ascii(where)}.${sandbox ? " SANDBOX: nothing here is real." : ""}`,
  ];
  return {
    ok: true,
    text: `${[...head, ...pairs.map(([key, value]) => `${key}=${quoted(value)}`)].join("\n")}\n`,
  };
}

/**
 * A name as a part of a variable's name, another one for each name: `-` becomes `_`; an underscore, or several of both
 * in a row, `__U_`, `__DU_`… (D for `-`, U for `_`), so that `a-b`, `a_b` and `a--b` stay apart.
 */
export function variablePart(name: string): string {
  return name
    .replace(/[-_]+/g, (run) => (run === "-" ? "_" : `__${run.replaceAll("-", "D").replaceAll("_", "U")}_`))
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function pairsOf(catalogue: OutputCatalogue): readonly (readonly [key: string, value: string])[] {
  const { accounts, products, paymentLinks, webhooks } = catalogue;
  const of = <T>(kind: string, entries: { [name: string]: T }, fields: (entry: T) => object) =>
    Object.entries(entries).flatMap(([name, entry]) =>
      Object.entries(fields(entry)).map(
        ([field, value]) => [`GSTABLE_${kind}_${variablePart(name)}_${field}`, String(value ?? "")] as const,
      ),
    );
  return [
    ...of("ACCOUNT", accounts, ({ id }) => ({ ID: id })),
    ...of("PRODUCT", products, ({ id, state }) => ({ ID: id, STATE: state })),
    ...of("PAYMENT_LINK", paymentLinks, ({ id, url, state, total }) => ({
      ...{ ID: id, URL: url, STATE: state, TOTAL_USD: total },
    })),
    ...of("WEBHOOK", webhooks, ({ id, state }) => ({ ID: id, STATE: state })),
  ];
}

/** Printable ASCII without what some dialect would end, escape or expand a quoted value by. */
const writable = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

/** Single quotes, in which neither a shell nor dotenv expands anything; bare where no dialect could read it otherwise. */
function quoted(value: string): string {
  return /^[\w:./@%+,=-]*$/.test(value) ? value : `'${value}'`;
}

function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, "?");
}
