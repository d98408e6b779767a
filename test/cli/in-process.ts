import type { Clock } from "../../src/api/index.js";
import type { CommandContext } from "../../src/commands/context.js";
import { renderResult } from "../../src/commands/print.js";
import type { Invocation } from "../../src/program/invocation.js";
import { buildProgram } from "../../src/program.js";
import type { Look } from "../../src/render/index.js";
import type { Ended, RunOptions } from "./run.js";

/** Waits for nobody. */
const clock: Clock = { now: () => Date.now(), random: () => 0, sleep: async () => {} };
const look: Look = { colour: false, unicode: true, width: 100 };

/** What a command line run in this process may have besides. */
export type HereOptions = Omit<RunOptions, "nodeArgs"> & Pick<CommandContext, "fetch">;

/**
 * The same command line without a process: parsed, run and rendered as the program does it, for whatever is not about
 * the process itself. A command line that is wrong throws; how that is told is the program's own.
 */
export async function runHere(
  args: readonly string[],
  { cwd, env = {}, stdin = "", fetch }: HereOptions,
): Promise<Ended> {
  const { flags, run } = await parse(args);
  let stderr = "";
  const context: CommandContext = {
    cwd,
    env,
    version: "0.1.0",
    readStdin: async () => new TextEncoder().encode(stdin),
    progress: (line) => {
      if (flags.quiet !== true) stderr += `${line}\n`;
    },
    ask: undefined,
    look,
    signal: new AbortController().signal,
    clock,
    ...(fetch === undefined ? {} : { fetch }),
  };
  const result = await run(context);
  const format = flags.json === true ? "json" : (flags.format ?? "text");
  const printed = await renderResult(result, { format, looks: { out: look, err: look }, context });
  return {
    code: result.exitCode,
    signal: null,
    stdout: printed.stdout,
    stderr: stderr + printed.stderr,
    json: () => JSON.parse(printed.stdout),
  };
}

async function parse(args: readonly string[]): Promise<Invocation> {
  let invocation: Invocation | undefined;
  const program = buildProgram("0.1.0", (chosen) => {
    invocation = chosen;
  });
  await program.parseAsync([...args], { from: "user" });
  if (invocation === undefined) throw new Error(`no command: ${args.join(" ")}`);
  return invocation;
}
