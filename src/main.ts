import { type Command, CommanderError } from "commander";
import type { CommandContext, CommandResult } from "./commands/context.js";
import type { Invocation } from "./program/invocation.js";
import { buildProgram } from "./program.js";
import { errorLook, formatOf, outputLook, terminalContext } from "./terminal.js";

/** Runs one command line. The only place that sets the exit code; it never ends the process by force. */
export async function main(args: readonly string[], version: string): Promise<void> {
  const invocation = await parse(args, version);
  if (invocation === undefined) return;
  let isRunning = true;
  const context = terminalContext(invocation.flags, version, () => {
    if (isRunning) sayEndedAtOnce(invocation);
  });
  try {
    const result = await invocation.run(context);
    isRunning = false;
    await print(invocation, result, context);
  } catch (error) {
    await printBug(invocation, error);
  }
}

async function parse(args: readonly string[], version: string): Promise<Invocation | undefined> {
  let invocation: Invocation | undefined;
  let said = "";
  const program = buildProgram(version, (chosen) => {
    invocation = chosen;
  });
  configureAll(program, (text) => {
    said += text;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 1;
    if (error.exitCode !== 0) await printUsage(error, { args, program, said });
  }
  return invocation;
}

/** What commander would write to stderr goes through here: it repeats what was typed, and that may be a key. */
function configureAll(command: Command, writeErr: (text: string) => void): void {
  command.configureOutput({ writeErr });
  for (const one of command.commands) configureAll(one, writeErr);
}

/** A second interrupt waits for nothing; with --json stdout is one document then too. */
function sayEndedAtOnce({ flags, name }: Invocation): void {
  if (formatOf(flags) !== "json") return;
  const said = {
    code: "GS5003",
    severity: "error",
    summary: "The run was ended at once by a second interrupt",
    detail: "What was sent and what came of it, as far as it was known, is in the lockfile and its journal.",
    remedy: "Run the same command again.",
  };
  const sandbox = flags.sandbox === true ? { sandbox: true } : {};
  const document = { formatVersion: 1, command: name, exitCode: 130, ...sandbox, diagnostics: [said] };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      arg === "--json" || arg === "--format=json" || (arg === "json" && args[index - 1] === "--format"),
  );
}

/**
 * What is wrong with the command line, on stderr; with --json stdout is one document then too. Words of the command
 * line may be a stranger's, such as the name of a branch.
 */
async function printUsage(
  error: CommanderError,
  { args, program, said }: { args: readonly string[]; program: Command; said: string },
): Promise<void> {
  const { redactText, renderJson, safeText } = await import("./render/index.js");
  const { maskKeys } = await import("./commands/mask-keys.js");
  const typed = args.flatMap((arg) => [arg, arg.slice(arg.indexOf("=") + 1)]);
  const odd = typed.filter((text) => text !== "" && safeText(text) !== text);
  const show = (text: string) => odd.reduce((rest, one) => rest.replaceAll(one, safeText(one)), text);
  const redact = (text: string) => redactText(maskKeys(show(text), process.env));
  process.stderr.write(redact(said));
  if (!wantsJson(args)) return;
  const command = args.find((arg) => program.commands.some((one) => one.name() === arg)) ?? null;
  const isHelp = error.code === "commander.help";
  const [first = "", ...rest] = redact(error.message)
    .replace(/^error: /, "")
    .split("\n");
  const summary = isHelp ? "The command line names no command" : first;
  const remedy = `See what there is:\n  gstable-sync ${command === null ? "" : `${command} `}--help`;
  const detail = rest.map((line) => line.replace(/^\((.*)\)$/, "$1")).join(" ");
  const diagnostics = [{ code: "GS7002", severity: "error", summary, detail, remedy }];
  process.stdout.write(renderJson({ formatVersion: 1, command, exitCode: 1, diagnostics }));
}

async function print({ flags }: Invocation, result: CommandResult, context: CommandContext): Promise<void> {
  process.exitCode = result.exitCode;
  const { renderResult } = await import("./commands/print.js");
  const format = formatOf(flags);
  const looks = { out: outputLook(flags), err: context.look };
  const { stdout, stderr } = await renderResult(result, { format, looks, context });
  if (stderr !== "") process.stderr.write(stderr);
  const lost = (error: NodeJS.ErrnoException | null | undefined) =>
    void sayUnprinted(error, result.wrote === true);
  if (stdout !== "") process.stdout.write(stdout, lost);
}

/** A result that nobody can read is no success; what the command wrote (`wrote`) is written all the same. */
async function sayUnprinted(error: NodeJS.ErrnoException | null | undefined, wrote: boolean): Promise<void> {
  if (!error || error.code === "EPIPE") return;
  const { exitCodes } = await import("./commands/context.js");
  process.stderr.write(`The result cannot be written: ${error.code ?? error.message}\n`);
  if (process.exitCode === exitCodes.done) {
    process.exitCode = wrote ? exitCodes.partial : exitCodes.error;
  }
}

/** We are wrong: say so, and that nothing is lost. */
async function printBug({ flags, name }: Invocation, error: unknown): Promise<void> {
  const { renderBug } = await import("./commands/bug.js");
  process.exitCode = 1;
  const look = errorLook(flags);
  const { stdout, stderr } = renderBug(error, { command: name, flags, look, env: process.env });
  process.stderr.write(stderr);
  process.stdout.write(stdout);
}
