import type { AnyFormat, CommandContext } from "./commands/context.js";
import type { Look } from "./render/look.js";

/** Flags that decide how output looks. */
export interface OutputFlags {
  /** `--color` and `--no-color`; unset: as the terminal and the environment say. */
  readonly color?: boolean;
  readonly json?: boolean;
  readonly format?: AnyFormat;
  readonly debug?: boolean;
  readonly quiet?: boolean;
  /** Every output of a rehearsal says that it is one. */
  readonly sandbox?: boolean;
}

/** The form of the result: `--json` is `--format json`. */
export function formatOf({ json, format = "text" }: OutputFlags): AnyFormat {
  return json === true ? "json" : format;
}

const DEFAULT_WIDTH = 100;
const MIN_WIDTH = 40;
const MAX_WIDTH = 120;

/** How results may look: --color, then NO_COLOR and FORCE_COLOR, then whether stdout is a terminal. */
export function outputLook(flags: OutputFlags): Look {
  return lookOf(process.stdout, flags);
}

/** How progress and errors may look. */
export function errorLook(flags: OutputFlags): Look {
  return lookOf(process.stderr, flags);
}

function lookOf(stream: NodeJS.WriteStream, { color }: OutputFlags): Look {
  const { env } = process;
  const isTerminal = stream.isTTY === true && env.TERM !== "dumb";
  const wanted = color ?? (env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : isTerminal);
  const columns = stream.isTTY === true ? stream.columns : Number(env.COLUMNS);
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns || DEFAULT_WIDTH));
  return { colour: wanted, unicode: knowsUnicode(env), width };
}

/** A POSIX locale that says C or another charset gets ASCII; one that says nothing gets Unicode. */
function knowsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return env.TERM !== "dumb" && (locale === "" || /utf-?8/i.test(locale));
}

/**
 * The world as commands see it: this process, its terminal and its signals. `sayLast` is called before a second
 * interrupt ends the process.
 */
export function terminalContext(flags: OutputFlags, version: string, sayLast: () => void): CommandContext {
  const look = errorLook(flags);
  // In this order: looking at stdin opens it.
  const isInteractive = !process.env.CI && process.stderr.isTTY === true && process.stdin.isTTY === true;
  const signal = interruptSignal(sayLast);
  const live = liveLine(flags, look);
  const ask: CommandContext["ask"] = (question, shown) => {
    live?.(undefined);
    process.stderr.write(`${shown}\n`);
    return askTerminal(question, signal);
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    version,
    readStdin: readBytes,
    progress: (line) => {
      live?.(undefined);
      if (flags.quiet !== true) process.stderr.write(`${line}\n`);
    },
    status: live,
    ask: isInteractive && formatOf(flags) !== "json" ? ask : undefined,
    look,
    signal,
  };
}

const ERASE_LINE = "\r\u001b[2K";

/** One line at the bottom of a terminal that is rewritten in place and leaves nothing behind. */
function liveLine({ quiet }: OutputFlags, { width }: Look): CommandContext["status"] {
  const { stderr, env } = process;
  if (quiet === true || stderr.isTTY !== true || env.TERM === "dumb" || env.CI) return undefined;
  let isShown = false;
  return (line) => {
    if (line === undefined && !isShown) return;
    isShown = line !== undefined;
    stderr.write(ERASE_LINE + (line ?? "").slice(0, Math.max(0, (stderr.columns || width) - 1)));
  };
}

/** The first interrupt asks the command to stop, the second one ends it at once: everything done is on disk. */
function interruptSignal(sayLast: () => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) {
      sayLast();
      process.exit(130);
    }
    controller.abort();
    process.stderr.write(
      "\nInterrupted: nothing new is sent, state is being saved. Once more ends at once.\n",
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  return controller.signal;
}

/**
 * One line from the terminal; empty where the input ends, or the run is interrupted. While readline has the terminal,
 * Ctrl-C is a key and no signal, so it is made one.
 */
async function askTerminal(question: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import("node:readline");
  return new Promise((resolve) => {
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    const close = () => prompt.close();
    signal.addEventListener("abort", close);
    prompt.on("SIGINT", () => process.emit("SIGINT"));
    prompt.on("close", () => {
      signal.removeEventListener("abort", close);
      resolve("");
    });
    prompt.question(question, (answer) => {
      resolve(answer);
      prompt.close();
    });
    if (signal.aborted) close();
  });
}

/** All of standard input. */
export async function readBytes(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
