import type { Diagnostic } from "../../diagnostics/index.js";
import type { Check, CheckId } from "../../state/doctor-document.js";
import { type Repeatable, writeCommands } from "../flags.js";

/** A check together with the diagnostics that speak of it with a code and a place. */
export interface Finding {
  readonly check: Check;
  readonly diagnostics: readonly Diagnostic[];
}

interface Words {
  readonly detail?: string | undefined;
  readonly remedy?: string | undefined;
}

/** All is well. */
export function fine(id: CheckId, summary: string, detail = ""): Finding {
  return finding({ id, state: "ok", summary, detail });
}

/** Nothing stands in the way, but somebody should know. */
export function warned(id: CheckId, summary: string, words: Words = {}): Finding {
  return finding(withWords({ id, state: "warning", summary }, words));
}

/** Something has to be mended. */
export function failed(id: CheckId, summary: string, words: Words = {}): Finding {
  return finding(withWords({ id, state: "failed", summary }, words));
}

/** Nothing can be said, and why. */
export function skipped(id: CheckId, summary: string): Finding {
  return finding({ id, state: "skipped", summary, detail: "" });
}

/** The check that the first of these diagnostics fails; all of them are told. */
export function failedWith(id: CheckId, said: readonly Diagnostic[], options: Repeatable): Finding {
  const diagnostics = writeCommands(said, options);
  const [first] = diagnostics.filter(({ severity }) => severity === "error");
  const more = diagnostics.length - 1;
  const summary = first?.summary ?? "Something is wrong";
  const { check } = failed(id, more > 0 ? `${summary}, and ${more} more` : summary, {
    detail: first?.detail,
    remedy: first?.remedy,
  });
  return { check, diagnostics };
}

function finding(check: Check): Finding {
  return { check, diagnostics: [] };
}

function withWords(check: Omit<Check, "detail">, { detail = "", remedy }: Words): Check {
  return { ...check, detail, ...(remedy === undefined ? {} : { remedy }) };
}
