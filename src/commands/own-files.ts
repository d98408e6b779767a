import type { Stats } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { type ConfigFiles, validateConfig } from "../config/index.js";
import type { Diagnostic, WrittenDiagnostic } from "../diagnostics/index.js";
import {
  type CommandContext,
  exitCodes,
  type GlobalOptions,
  type ReportFile,
  type Stop,
  stop,
} from "./context.js";
import { diskFiles } from "./files.js";
import { isLockfileName } from "./project.js";

/** Files that a command line names to be written, each of which would replace what is there. */
export interface NamedOutputs {
  readonly out?: string;
  readonly report?: readonly ReportFile[];
  readonly webhookKeys?: string;
  /** Not written but read: the reviewed plan, with which an interrupted apply resumes. */
  readonly plan?: string;
}

type Options = GlobalOptions & NamedOutputs;

/**
 * Refuses, before anything is done, an output that would replace what the project lives on: ids that the lockfile alone
 * knows, or the configuration. A slip of the command line must not cost them.
 */
export async function refuseOwnFiles(options: Options, context: CommandContext): Promise<Stop | undefined> {
  const paths = [
    ...(options.report ?? []).map(({ path }) => path),
    ...[options.out, options.webhookKeys].filter((path) => path !== undefined),
  ];
  if (paths.length === 0) return undefined;
  const refused: Diagnostic[] = [];
  const taken = new Set<string>();
  for (const path of paths) {
    const place = await lookAt(resolve(context.cwd, path));
    if (place === undefined) continue;
    const what = taken.has(place.file) ? "another output" : await whatIsThere(place, options, context);
    if (what !== undefined) refused.push(cannotReplace(path, what));
    taken.add(place.file);
  }
  return refused.length === 0 ? undefined : stop(exitCodes.error, refused);
}

/** Whether a file holds ids: a lockfile, also another environment's or one that this run made, or a journal. */
export async function holdsIds(absolute: string): Promise<boolean> {
  return beginsWithIds(await lookAt(absolute));
}

/** A report that is refused while others are written: an apply has just made the lockfile that it names. */
export function cannotReplace(path: string, what: string): WrittenDiagnostic {
  return {
    code: "GS7006",
    severity: "error",
    summary: `${path} cannot be written: it is ${what}`,
    detail: "An output replaces the file that it is written to.",
    remedy: "Name a file of its own.",
  };
}

/** Where an output would go, as it is before anything is done. */
interface Place {
  readonly absolute: string;
  /** The same for all names of a file. */
  readonly file: string;
  /** The first letters of what is there; `undefined`: nothing yet, or nothing that can be read. */
  readonly start: string | undefined;
}

/** `undefined` for a terminal, a pipe, /dev/null: several outputs may go there, and nothing is lost. */
async function lookAt(absolute: string): Promise<Place | undefined> {
  const there = await stat(absolute).catch(() => undefined);
  if (there?.isFile() === false) return undefined;
  const file = await identify(absolute, there);
  return { absolute, file, start: there === undefined ? undefined : await startOf(absolute) };
}

async function whatIsThere(
  place: Place,
  options: Options,
  { cwd, env }: CommandContext,
): Promise<string | undefined> {
  const is = async (other: string | undefined) => {
    if (other === undefined) return false;
    const absolute = resolve(cwd, other);
    const there = await stat(absolute).catch(() => undefined);
    return (await identify(absolute, there)) === place.file;
  };
  if (await is(options.lockfile)) return "the lockfile";
  if (isStateName(basename(place.absolute)) || beginsWithIds(place)) return "a lockfile or its journal";
  if (await is(options.plan)) return "the reviewed plan";
  // Standard input is read once, by the command itself.
  if (options.config === "-") return undefined;
  if (await is(options.config)) return "the configuration";
  if (!mayBeConfiguration(place)) return undefined;
  for (const one of await configurationFiles(options.config, { cwd, env }))
    if (await is(one)) return "a file of the configuration";
  return undefined;
}

const isStateName = (name: string) => isLockfileName(name.replace(/\.journal$/, ""));

function beginsWithIds(place: Place | undefined): boolean {
  const start = place?.start;
  return start !== undefined && (start.includes('"lockfileVersion"') || start.startsWith('{"journal":'));
}

/** Reading a configuration takes its time: not for what is plainly no part of it, such as the plan of yesterday. */
function mayBeConfiguration({ absolute, start }: Place): boolean {
  if (![".yaml", ".yml", ".json"].includes(extname(absolute).toLowerCase())) return false;
  return start !== undefined && !/^\s*\{\s*"formatVersion"/.test(start);
}

/** All files that a configuration is read from, valid or not. */
async function configurationFiles(
  path: string,
  { cwd, env }: Pick<CommandContext, "cwd" | "env">,
): Promise<readonly string[]> {
  const read: string[] = [];
  const disk = diskFiles(cwd, async () => new Uint8Array());
  const files: ConfigFiles = {
    ...disk,
    read: (file) => {
      read.push(file);
      return disk.read(file);
    },
  };
  await validateConfig({ path, files, variables: env });
  return read;
}

/** The same for all names of a file, also where one is a link or written in other letters. */
async function identify(absolute: string, there: Stats | undefined): Promise<string> {
  if (there !== undefined) return `${there.dev}:${there.ino}`;
  const directory = await realpath(dirname(absolute)).catch(() => dirname(absolute));
  return join(directory, basename(absolute));
}

async function startOf(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

const START_BYTES = 4_096;
