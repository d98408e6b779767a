import type { Clock, GStableClientLike } from "../api/index.js";
import type { Diagnostic, WrittenDiagnostic } from "../diagnostics/index.js";
import type { Look, Subject } from "../render/index.js";
import type { OutputFormat } from "../state/output-document.js";

/** What a command may know of the world around it; the CLI and the library fill it in differently. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readStdin(): Promise<Uint8Array>;
  /** A line for people while the command works; never part of its result. */
  progress(line: string): void;
  /** A line that is replaced by the next one and vanishes with `undefined`; only at a terminal that can do so. */
  readonly status?: ((line: string | undefined) => void) | undefined;
  /** Shows a text (also under --quiet) and asks on a terminal; `undefined` where there is none. */
  readonly ask: ((question: string, shown: string) => Promise<string>) | undefined;
  /** How progress may look. */
  readonly look: Look;
  /** Aborted by the first interrupt: nothing new is sent, state is saved. */
  readonly signal: AbortSignal;
  /** Instead of the variable that the configuration names. */
  readonly apiKey?: string;
  /** A gstable-js client that the caller built. GSTABLE_BASE_URL has to name the server that it was built for. */
  readonly gstableClient?: GStableClientLike;
  /** Instead of Node's own. */
  readonly fetch?: typeof fetch;
  /** Instead of the machine's, where a command waits for what the API did to show. */
  readonly clock?: Clock;
}

/** Flags that every command takes. */
export interface GlobalOptions {
  readonly config: string;
  readonly lockfile?: string;
  readonly env?: string;
  readonly sandbox?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Flags of the commands that have something to show in other forms than text and JSON. */
export interface ReportOptions {
  readonly format?: Format;
  /** Forms to write besides, each into a file. */
  readonly report?: readonly ReportFile[];
}

/** With those that only `output` has, which renders them by itself. */
export type AnyFormat = Format | OutputFormat;
export type Format = "text" | "json" | "markdown" | "html" | "github";
export type ReportForm =
  | "json"
  | "markdown"
  | "html"
  | "github-comment"
  | "gitlab-terraform"
  | "gitlab-codequality";

export interface ReportFile {
  readonly form: ReportForm;
  readonly path: string;
}

/** Flags of the commands that speak to the account. Times in milliseconds. */
export interface NetworkOptions extends GlobalOptions {
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly settleMs?: number;
  readonly parallelism?: number;
  readonly rps?: number;
  readonly refresh?: "auto" | "full";
  readonly client?: "builtin" | "gstable-js";
}

/**
 * What a command came to: one value, rendered as text or printed as JSON. The exit code is set in one place, from
 * this. `stream` says where its text belongs: results to stdout, the reasons for having none to stderr.
 */
export interface CommandResult<Document extends object = object> {
  readonly exitCode: number;
  readonly document: Document;
  readonly stream: "stdout" | "stderr";
  /** The same for the other formats; a command without it has text and JSON only. */
  readonly subject?: Subject;
  /** Whether it changed something in the account, or may have: then it did not fail, whatever became of its output. */
  readonly wrote?: boolean;
  /** What went wrong beside it, such as a report that could not be written. Told on stderr. */
  readonly aside?: readonly WrittenDiagnostic[];
  render(look: Look): string;
}

/** The exit codes of the contract. */
export const exitCodes = {
  done: 0,
  error: 1,
  changes: 2,
  invalid: 3,
  refused: 4,
  partial: 5,
  stale: 6,
  interrupted: 130,
} as const;

/** A phase that ended the command: with which exit code, and why. */
export interface Stop {
  readonly stop: true;
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Ends a command. */
export function stop(exitCode: number, diagnostics: readonly Diagnostic[]): Stop {
  return { stop: true, exitCode, diagnostics };
}

/** Tells an ended phase from what a phase gave. */
export function isStop(value: object): value is Stop {
  return "stop" in value && value.stop === true;
}
