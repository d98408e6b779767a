import { type Command, CommanderError } from "commander";
import type { CommandContext, CommandResult } from "./commands/context.js";
import type { Invocation } from "./program/invocation.js";
import { buildProgram } from "./program.js";
import { errorLook, outputLook, terminalContext } from "./terminal.js";

/** Runs one command line. The only place that sets the exit code; it never ends the process by force. */
export async function main(args: readonly string[], version: string): Promise<void> {
  const invocation = await parse(args, version);
  if (invocation === undefined) return;
  const context = terminalContext(invocation.flags, version);
  try {
    await print(invocation, await invocation.run(context), context);
  } catch (error) {
    await printBug(invocation, error);
  }
}

async function parse(args: readonly string[], version: string): Promise<Invocation | undefined> {
  let invocation: Invocation | undefined;
  const program = buildProgram(version, (chosen) => {
    invocation = chosen;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 1;
    if (error.exitCode !== 0 && wantsJson(args)) printUsage(error, { args, program });
  }
  return invocation;
}

function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      arg === "--json" || arg === "--format=json" || (arg === "json" && args[index - 1] === "--format"),
  );
}

/** With --json stdout is one document, also when the command line is wrong. */
function printUsage(
  error: CommanderError,
  { args, program }: { args: readonly string[]; program: Command },
): void {
  const command = args.find((arg) => program.commands.some((one) => one.name() === arg)) ?? null;
  const isHelp = error.code === "commander.help";
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const summary = isHelp ? "The command line names no command" : first;
  const remedy = `See what there is:\n  gstable-sync ${command === null ? "" : `${command} `}--help`;
  const detail = rest.map((line) => line.replace(/^\((.*)\)$/, "$1")).join(" ");
  const diagnostics = [{ code: "GS7002", severity: "error", summary, detail, remedy }];
  process.stdout.write(
    `${JSON.stringify({ formatVersion: 1, command, exitCode: 1, diagnostics }, null, 2)}\n`,
  );
}

async function print({ flags }: Invocation, result: CommandResult, context: CommandContext): Promise<void> {
  process.exitCode = result.exitCode;
  const { renderOutput } = await import("./commands/output.js");
  const format = flags.json === true ? "json" : (flags.format ?? "text");
  const looks = { out: outputLook(flags), err: context.look };
  const { stdout, stderr } = renderOutput(result, { format, looks, context });
  if (stderr !== "") process.stderr.write(stderr);
  if (stdout !== "") process.stdout.write(stdout);
}

/** We are wrong: say so, and that nothing is lost. */
async function printBug({ flags, name }: Invocation, error: unknown): Promise<void> {
  const { renderDiagnostics, renderJson, redactText } = await import("./render/index.js");
  const { failureDocument } = await import("./commands/result.js");
  const isLeak = error instanceof Error && "diagnosticCode" in error && error.diagnosticCode === "GS6008";
  const message = redactText(error instanceof Error ? error.message : String(error));
  const diagnostic = {
    code: isLeak ? ("GS6008" as const) : ("GS9001" as const),
    severity: "error" as const,
    summary: isLeak ? message : `This is a bug in gstable-sync: ${message}`,
    detail: isLeak
      ? "Nothing was sent."
      : "What was done before it is saved; running the same command again is safe.",
    ...(isLeak ? {} : { remedy: "Please report it, with the output of the same command and --debug." }),
  };
  process.exitCode = 1;
  if (flags.json === true || flags.format === "json") {
    process.stdout.write(
      renderJson(failureDocument({ command: name, exitCode: 1, diagnostics: [diagnostic] })),
    );
  } else {
    process.stderr.write(renderDiagnostics([diagnostic], errorLook(flags)));
  }
  if (flags.debug === true && error instanceof Error)
    process.stderr.write(`${redactText(error.stack ?? "")}\n`);
}
