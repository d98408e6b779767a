import type { Diagnostic, WrittenDiagnostic } from "../diagnostics/index.js";
import { commandLine, type RepeatedWords } from "../render/view/command.js";
import type { GlobalOptions } from "./context.js";

/** What of a command's options the next command repeats. */
export type Repeatable = GlobalOptions & { readonly target?: readonly string[] };

/**
 * Words of the command line that the next command needs again, whichever it is. The renderers quote them, and add what
 * a plan itself tells: environment and sandbox.
 */
export function repeatedFlags(options: GlobalOptions): readonly string[] {
  return [
    ...(options.config === DEFAULT_CONFIG ? [] : ["-c", options.config]),
    ...(options.lockfile === undefined ? [] : ["--lockfile", options.lockfile]),
  ];
}

/** The same with the targets, where the next command may make a plan. */
export function repeatedWords(options: Repeatable): Required<RepeatedWords> {
  return { flags: repeatedFlags(options), targets: options.target ?? [] };
}

/**
 * A command to copy that is about the same thing as this run, with its environment, sandbox, configuration and lockfile.
 * Words may be a stranger's, such as an id: the shell gets them back as they are.
 */
export function commandAgain(options: Repeatable, command: string, ...more: readonly string[]): string {
  const environment = options.env ?? null;
  const sandbox = options.sandbox === true;
  return commandLine(command, { environment, sandbox, ...repeatedWords(options) }, ...more);
}

/** A diagnostic as it is shown: the command that it recommends is about the same thing as this run. */
export function writeCommand({ command, ...said }: Diagnostic, options: Repeatable): WrittenDiagnostic {
  if (command === undefined) return said;
  const [name, ...more] = command;
  return { ...said, remedy: `${said.remedy ?? ""}\n  ${commandAgain(options, name, ...more)}` };
}

/** The same for many. */
export function writeCommands(
  diagnostics: readonly Diagnostic[],
  options: Repeatable,
): readonly WrittenDiagnostic[] {
  return diagnostics.map((one) => writeCommand(one, options));
}

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = "gstable.config.yaml";
