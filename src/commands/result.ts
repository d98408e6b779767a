import type { Diagnostic, WrittenDiagnostic } from "../diagnostics/index.js";
import type { ProblemsSubject } from "../render/subject.js";
import { renderSandboxMark } from "../render/text/banner.js";
import { renderDiagnostics } from "../render/text/diagnostics.js";
import { toPlanDiagnostic } from "../state/plan-diagnostic.js";
import type { PlanDiagnostic } from "../state/plan-document.js";
import { type CommandContext, type CommandResult, exitCodes, isStop, type Stop, stop } from "./context.js";
import { type Repeatable, writeCommands } from "./flags.js";

/** The least that `--json` prints, also on failure. */
export interface FailureDocument {
  readonly formatVersion: 1;
  readonly command: string;
  readonly exitCode: number;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** What a command came to, also where it ended early: one place writes out what its reasons recommend. */
export function conclude<T extends object>(
  command: string,
  result: CommandResult<T> | Stop,
  options: Repeatable,
): CommandResult<T | FailureDocument> {
  return isStop(result) ? stopped(command, result, options) : result;
}

/** A command that ended early: its reasons, on stderr as text, in the document's `diagnostics` as JSON. */
export function stopped(
  command: string,
  { exitCode, diagnostics: reasons }: Stop,
  options: Repeatable,
): CommandResult<FailureDocument> {
  const diagnostics = writeCommands(reasons, options);
  return {
    exitCode,
    document: failureDocument({ command, exitCode, diagnostics }),
    stream: "stderr",
    subject: problems({ command, exitCode, diagnostics }),
    render: (look) => renderDiagnostics(diagnostics, look),
  };
}

/** What there is to show of a command that came to nothing but diagnostics. */
export function problems(
  about: Pick<ProblemsSubject, "command" | "exitCode" | "diagnostics">,
): ProblemsSubject {
  return { is: "problems", ...about, sandbox: false, project: null, environment: null };
}

/** The same result, marked as a rehearsal in every form. */
export function markSandbox<T extends object>(result: CommandResult<T>): CommandResult<T> {
  const { subject } = result;
  return {
    ...result,
    document: { ...result.document, sandbox: true },
    ...(subject?.is === "problems" ? { subject: { ...subject, sandbox: true } } : {}),
    render: (look) => renderSandboxMark(look) + result.render(look),
  };
}

/** A rehearsal that ended early says that it was one; documents with fields of their own say it themselves. */
export function rehearsed<T extends object>(
  result: CommandResult<T>,
  { sandbox }: { readonly sandbox?: boolean },
): CommandResult<T> {
  return sandbox === true && result.subject?.is === "problems" ? markSandbox(result) : result;
}

/** A document without fields of its own. */
export function failureDocument({
  command,
  exitCode,
  diagnostics,
}: {
  command: string;
  exitCode: number;
  diagnostics: readonly WrittenDiagnostic[];
}): FailureDocument {
  return { formatVersion: 1, command, exitCode, diagnostics: diagnostics.map(toPlanDiagnostic) };
}

/**
 * An interrupt is 130 whatever else: what a run could not read because it was interrupted is no error of the account.
 * A run that wrote reports by itself what became of it.
 */
export async function interruptible<T extends object>(
  { command, options, context }: { command: string; options: Repeatable; context: CommandContext },
  work: () => Promise<CommandResult<T> | Stop>,
): Promise<CommandResult<T | FailureDocument>> {
  const result = await work();
  const isTold = !context.signal.aborted || result.exitCode === exitCodes.interrupted;
  return conclude(command, isTold ? result : stop(exitCodes.interrupted, [interrupted]), options);
}

const interrupted: Diagnostic = {
  code: "GS5003",
  severity: "error",
  summary: "The run was interrupted before anything was written",
  remedy: "Run the same command again.",
};
