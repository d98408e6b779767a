import type { DiagnosticCode } from "./codes.js";

export type Severity = "error" | "warning" | "note";

/** A place in a file, counted from 1. `lineText` is that source line, kept for the frame with its caret. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number;
  readonly lineText?: string;
}

/**
 * A command of ours to run next, as words: its name, with plain words that belong to it (`state rm product.tea`), and
 * after the flags of the run whatever else, which may be a stranger's. Only the command line knows those flags.
 */
export type NextCommand = readonly [name: string, ...more: string[]];

/**
 * One thing that the user should know: what is wrong (`summary`), why it matters (`detail`),
 * and what to do or write instead (`remedy`). Texts may quote strangers: renderers escape them.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly summary: string;
  readonly detail?: string;
  readonly remedy?: string;
  /** What the remedy ends with, on a line of its own, once it is written out. */
  readonly command?: NextCommand;
  readonly source?: Source;
  /** Other places that belong to it: the first of two duplicates, the variable that a value came through. */
  readonly related?: readonly { readonly label: string; readonly source: Source }[];
}

/**
 * A diagnostic that says all of itself in its texts: its command, where it had one, is the end of its remedy. Nothing
 * else can be shown or serialised, so that no command is shown without the flags that make it about the same thing.
 */
export type WrittenDiagnostic = Diagnostic & { readonly command?: never };

/** Either a value, perhaps with warnings and notes, or the errors that prevent it: all of them. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A value together with what there is to say about it. */
export function success<T>(value: T, diagnostics: readonly Diagnostic[] = []): Result<T> {
  return { ok: true, value, diagnostics };
}

/** No value: at least one of the diagnostics is an error. */
export function failure<T>(...diagnostics: readonly Diagnostic[]): Result<T> {
  return { ok: false, diagnostics };
}

/** Whether any of them prevents going on. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
