import { type Diagnostic, hasErrors } from "../../diagnostics/index.js";
import { sourceOf } from "../parse/source-file.js";
import type { Ignore } from "./read-ignores.js";

interface Applying {
  readonly ignores: readonly Ignore[];
  /** Whether every environment was looked at: otherwise an ignore may be for another one. */
  readonly complete: boolean;
}

/** A list of many reasons explains nothing. */
const MAX_REASONS = 20;

/**
 * Takes out the warnings that a comment ignores and says in one note how many. An error stays, and one about the
 * comment comes with it; a comment that ignores nothing is a warning.
 */
export function applyIgnores(
  diagnostics: readonly Diagnostic[],
  { ignores, complete }: Applying,
): readonly Diagnostic[] {
  if (ignores.length === 0) return diagnostics;
  const byPlace = indexed(ignores);
  const used = new Map<Ignore, Diagnostic[]>();
  const kept: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const ignore = byPlace.get(placeOf(diagnostic.code, diagnostic.source));
    if (ignore !== undefined) used.set(ignore, [...(used.get(ignore) ?? []), diagnostic]);
    if (ignore === undefined || diagnostic.severity === "error") kept.push(diagnostic);
    if (ignore !== undefined && diagnostic.severity === "error") kept.push(cannotIgnore(ignore, diagnostic));
  }
  // With errors some rules had nothing to look at: what they would have found is not known.
  const idle = complete && !hasErrors(diagnostics) ? ignores.filter((ignore) => !used.has(ignore)) : [];
  const ignored = [...used].flatMap(([ignore, found]) =>
    found.filter(({ severity }) => severity !== "error").map((diagnostic) => ({ ignore, diagnostic })),
  );
  return [...kept, ...idle.map(ignoresNothing), ...(ignored.length === 0 ? [] : [count(ignored)])];
}

function indexed(ignores: readonly Ignore[]): ReadonlyMap<string, Ignore> {
  return new Map(
    ignores.flatMap((ignore) => ignore.codes.map((code) => [placeOf(code, ignore), ignore] as const)),
  );
}

function placeOf(code: string, place: { readonly file: string; readonly line: number } | undefined): string {
  return `${code} ${place?.file}:${place?.line}`;
}

function cannotIgnore({ span }: Ignore, { code }: Diagnostic): Diagnostic {
  return {
    code: "GS1520",
    severity: "error",
    summary: `${code} is an error here: it cannot be ignored`,
    detail: "Only warnings can: what is wrong would fail at GStable, or cost money.",
    remedy: "Mend what it says, and remove the comment.",
    source: sourceOf(span),
  };
}

function ignoresNothing({ codes, line, span }: Ignore): Diagnostic {
  return {
    code: "GS1521",
    severity: "warning",
    summary: `There is no ${codes.join(" or ")} on line ${line} to ignore`,
    remedy: "Remove the comment, or move it to the line that the warning names or the one above it.",
    source: sourceOf(span),
  };
}

function count(ignored: readonly { readonly ignore: Ignore; readonly diagnostic: Diagnostic }[]): Diagnostic {
  const reasons = ignored
    .slice(0, MAX_REASONS)
    .map(({ ignore, diagnostic }) => `${diagnostic.code} at ${ignore.file}:${ignore.line}: ${ignore.reason}`);
  const rest = ignored.length - reasons.length;
  return {
    code: "GS1522",
    severity: "note",
    summary: `${ignored.length} warning${ignored.length === 1 ? " is" : "s are"} ignored by comments`,
    detail: [...reasons, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; "),
  };
}
