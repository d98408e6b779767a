import { type ConfigSummary, type LoadOptions, validateConfig } from "../config/index.js";
import { type Diagnostic, hasErrors } from "../diagnostics/index.js";
import { renderDiagnostics } from "../render/text/diagnostics.js";
import { provider } from "../resources/provider.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  type GlobalOptions,
  type ReportOptions,
} from "./context.js";
import { diskFiles } from "./files.js";
import { writeCommands } from "./flags.js";
import { findLeaks } from "./leaks.js";
import { keyMask } from "./mask-keys.js";
import { checkRootFile, exitCodeOf } from "./project.js";
import { failureDocument, problems, stopped } from "./result.js";
import { reported } from "./write-reports.js";

/** Every problem of the configuration, in all environments, without any network. */
export function validate(
  options: GlobalOptions & ReportOptions,
  context: CommandContext,
): Promise<CommandResult> {
  return reported({ command: "validate", options, context }, () => validateFiles(options, context));
}

async function validateFiles(options: GlobalOptions, context: CommandContext): Promise<CommandResult> {
  const bytes = options.config === "-" ? await context.readStdin() : undefined;
  const files = diskFiles(context.cwd, async () => bytes ?? new Uint8Array());
  const missing = await checkRootFile(options.config, files);
  if (missing !== undefined) return stopped("validate", missing, options);
  const { diagnostics: found, summary } = await findProblems({
    path: options.config,
    files,
    variables: context.env,
    ...(options.env === undefined ? {} : { environment: options.env }),
  });
  const diagnostics = writeCommands(found, options);
  const exitCode = hasErrors(diagnostics) ? exitCodeOf(diagnostics, options) : exitCodes.done;
  const document = { ...failureDocument({ command: "validate", exitCode, diagnostics }), summary };
  return {
    exitCode,
    document,
    stream: "stdout",
    subject: problems({ command: "validate", exitCode, diagnostics }),
    render: (look) => {
      const problems = diagnostics.length > 0 ? renderDiagnostics(diagnostics, look) : "";
      return exitCode === exitCodes.done ? `${problems}${sayValid(options.config, summary)}` : problems;
    },
  };
}

/** What is wrong with the configuration, and the secrets in it: those that look like one, and the keys at hand. */
export async function findProblems(
  options: LoadOptions,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly summary: ConfigSummary }> {
  const { diagnostics, summary, desired } = await validateConfig(options);
  const mask = keyMask(options.variables);
  const holdsKey = (text: string) => mask(text) !== text;
  const leaks = desired.flatMap((one) => findLeaks(one, holdsKey));
  // Environments share most of their entries.
  const once = new Map(leaks.map((leak) => [JSON.stringify([leak.summary, leak.source]), leak]));
  return { diagnostics: [...diagnostics, ...once.values()], summary };
}

function sayValid(path: string, { entries, environments }: ConfigSummary): string {
  const counts = [...provider.kinds.values()]
    .map(({ kind, label }) => count(entries[kind], label))
    .filter((text) => text !== undefined);
  const where = environments.length === 0 ? "" : ` in ${count(environments.length, "environment")}`;
  const file = path === "-" ? "The configuration" : path;
  return `${file} is valid: ${counts.length === 0 ? "it has no entries" : counts.join(", ")}${where}.\n`;
}

function count(number: number, word: string): string | undefined {
  return number === 0 ? undefined : `${number} ${word}${number === 1 ? "" : "s"}`;
}
