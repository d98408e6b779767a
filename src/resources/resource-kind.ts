import type { z } from "zod";
import type { DiagnosticCode } from "../diagnostics/index.js";
import type { KindDefinition } from "../engine/kind.js";
import type { Address, Kind } from "../state/address.js";
import type { FieldValues } from "../state/value.js";

/** One kind, whole: how it is planned and applied, how it is written, and what the configuration must keep to. */
export interface ResourceKind {
  readonly definition: KindDefinition;
  /**
   * The entry as written, without transforms: it is also the editors' JSON schema. Loaded where it is needed: an entry
   * whose form is plainly right is not held against it.
   */
  schema(): Promise<z.ZodObject>;
  readonly rules: KindRules;
}

/** What the API documents or the contract promises, beyond the type of each field. */
export interface KindRules {
  /** Each looks at one entry. */
  readonly entry: readonly ((entry: RuleEntry) => void)[];
  /** Each looks at all entries of the kind together. */
  readonly all: readonly ((entries: readonly RuleEntry[]) => void)[];
  /** Each looks at the entries of all kinds together: for what is odd, never for what is wrong. */
  readonly across?: readonly ((catalogue: RuleCatalogue) => void)[];
}

/** The whole of one environment, as rules across kinds see it. */
export interface RuleCatalogue {
  readonly entries: ReadonlyMap<Kind, readonly OddEntry[]>;
  /** Whether the policy says which hosts are right. */
  readonly hostsAreListed: boolean;
}

/** An entry as rules see it. A field with a problem of its own is missing from `values`. */
export interface RuleEntry {
  readonly address: Address;
  readonly values: FieldValues;
  readonly open: boolean;
  /**
   * Reports a problem at a field: `lineItems[0].unitPrice`, or its steps; a text as the last step into a set
   * is one of its values. `also` is another place that belongs to it.
   */
  report(
    path: string | readonly (string | number)[],
    problem: RuleProblem,
    also?: { label: string; entry: RuleEntry; path: string },
  ): void;
  /** What was probably meant, as a sentence. */
  suggest(word: string, candidates: Iterable<string>): string | undefined;
}

/** An entry of which nothing worse than a warning is reported: that comes too late to stop anything. */
export interface OddEntry extends Pick<RuleEntry, "address" | "values" | "open"> {
  report(
    path: string,
    problem: RuleProblem & { readonly severity: "warning" },
    also?: { label: string; entry: OddEntry; path: string },
  ): void;
}

export interface RuleProblem {
  readonly code: DiagnosticCode;
  readonly severity?: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly remedy?: string;
}

/** A rule: texts within the documented limits, counted in code points. */
export function limitTexts(limits: Readonly<Record<string, number>>): (entry: RuleEntry) => void {
  return (entry) => {
    for (const [field, limit] of Object.entries(limits)) {
      const text = entry.values[field];
      // A text has at most as many characters as it has units: most need no counting.
      if (typeof text !== "string" || text.length <= limit) continue;
      const length = countCharacters(text);
      if (length <= limit) continue;
      entry.report(field, {
        code: "GS1401",
        summary: `\`${field}\` has ${length} characters; the API allows ${limit}`,
        remedy: `Shorten it by ${length - limit}.`,
      });
    }
  };
}

/** A rule: lists within the documented size. */
export function limitItems(limits: Readonly<Record<string, number>>): (entry: RuleEntry) => void {
  return (entry) => {
    for (const [field, limit] of Object.entries(limits)) {
      const value = entry.values[field];
      if (!Array.isArray(value) || value.length <= limit) continue;
      entry.report(field, {
        code: "GS1402",
        summary: `\`${field}\` lists ${value.length}; the API allows ${limit}`,
        remedy: `Remove ${value.length - limit}.`,
      });
    }
  };
}

function countCharacters(value: string): number {
  // Far past any limit the exact number says nothing more, and counting megabytes again and again takes time.
  return value.length > 10_000 ? value.length : [...value].length;
}
