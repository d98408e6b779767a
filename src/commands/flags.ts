import { commandLine, type RepeatedWords } from "../render/index.js";
import type { GlobalOptions } from "./context.js";

type Repeatable = GlobalOptions & { readonly target?: readonly string[] };

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

/** Commands as the engine's remedies end lines with them: it knows entries, and no command line. */
const bareCommand = /gstable-sync (?:state rm|webhook resume|apply|doctor)(?: [\w.-]+)?$/gm;

/** The same diagnostic, with the commands of its remedy about the same thing as this run. */
export function repeatFlags<T extends { readonly remedy?: string | undefined }>(
  told: T,
  options: GlobalOptions,
): T {
  const flags = commandAgain(options, "doctor").slice("gstable-sync doctor".length);
  if (flags === "" || told.remedy === undefined) return told;
  return { ...told, remedy: told.remedy.replace(bareCommand, (command) => command + flags) };
}

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = "gstable.config.yaml";
