import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type ConfigFiles, openConfig } from "../config/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import { type CommandContext, exitCodes, type GlobalOptions, type Stop, stop } from "./context.js";
import { diskFiles } from "./files.js";

/** A configuration on disk, resolved for one environment. */
export interface Project {
  readonly desired: Desired;
  /** The root file's directory: everything relative is relative to it. Absolute. */
  readonly directory: string;
  /** Absolute. */
  readonly lockfile: string;
  /** Lockfiles of the other environments. Absolute. */
  readonly otherLockfiles: readonly string[];
  /** What there is to say of the configuration, which has no errors. It takes its time when it is first asked for. */
  remarks(): readonly Diagnostic[];
  /** What the user chose it by. */
  readonly options: GlobalOptions;
}

/** Reads the configuration. Exit 1 where there is no file, or a rehearsal is to use the project's lockfile, 3 where it is invalid. */
export async function openProject(options: GlobalOptions, context: CommandContext): Promise<Project | Stop> {
  const disk = diskFiles(context.cwd, cached(context.readStdin));
  const root = disk.read(options.config);
  const files: ConfigFiles = { ...disk, read: (path) => (path === options.config ? root : disk.read(path)) };
  const missing = await checkRootFile(options.config, files);
  if (missing !== undefined) return missing;
  const opened = await openConfig({
    path: options.config,
    files,
    variables: context.env,
    ...(options.env === undefined ? {} : { environment: options.env }),
  });
  if (!opened.ok) return stop(exitCodeOf(opened.diagnostics, options), opened.diagnostics);
  const { desired, remarks } = opened.value;
  const directory = options.config === "-" ? context.cwd : dirname(resolve(context.cwd, options.config));
  const lockfile = lockfilePath(options, { desired, directory, cwd: context.cwd });
  const ofEnvironments = desired.otherLockfiles.map((path) => resolve(directory, path));
  if (
    options.sandbox === true &&
    [resolve(directory, desired.lockfile), ...ofEnvironments].includes(lockfile)
  )
    return stop(exitCodes.error, [notForRehearsals(options.lockfile ?? desired.lockfile)]);
  const others = options.sandbox === true ? await sandboxLockfiles(directory) : ofEnvironments;
  return {
    desired,
    directory,
    lockfile,
    otherLockfiles: others.filter((path) => path !== lockfile),
    remarks,
    options,
  };
}

/** Which environment a command is for is a matter of the command line; everything else is the configuration's. */
export function exitCodeOf(diagnostics: readonly Diagnostic[], { env }: GlobalOptions): number {
  const isChoice = ({ code }: Diagnostic) => code === "GS1601" || (code === "GS1602" && env !== undefined);
  return diagnostics.some(isChoice) ? exitCodes.error : exitCodes.invalid;
}

/** A file that isn't there is an error of the command line; what is in it is the configuration's. */
export async function checkRootFile(path: string, files: ConfigFiles): Promise<Stop | undefined> {
  const root = await files.read(path);
  if (root.ok || !["missing", "directory", "unreadable"].includes(root.why)) return undefined;
  return stop(exitCodes.error, [noConfiguration(path, root.message)]);
}

/** Where everything of the embedded sandbox lies: never beside the project's own state. */
export function sandboxDirectory(directory: string): string {
  return join(directory, ".gstable");
}

function lockfilePath(
  options: GlobalOptions,
  { desired, directory, cwd }: { desired: Desired; directory: string; cwd: string },
): string {
  if (options.lockfile !== undefined) return resolve(cwd, options.lockfile);
  if (options.sandbox !== true) return resolve(directory, desired.lockfile);
  const name =
    desired.environment === null ? "gstable.lock.json" : `gstable.lock.${desired.environment}.json`;
  return join(sandboxDirectory(directory), name);
}

/** All environments rehearse on one sandbox, each with a lockfile of its own beside it. */
async function sandboxLockfiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(sandboxDirectory(directory)).catch(() => []);
  const lockfiles = names.map((name) => name.replace(/\.journal$/, "")).filter(isLockfileName);
  return [...new Set(lockfiles)].sort().map((name) => join(sandboxDirectory(directory), name));
}

/** Whether a file has a name that lockfiles get by themselves: a first apply makes one where there is none yet. */
export function isLockfileName(name: string): boolean {
  return /^gstable\.lock\.(?:.+\.)?json$/.test(name);
}

function noConfiguration(path: string, message: string): Diagnostic {
  return {
    code: "GS7001",
    severity: "error",
    summary: `The configuration ${path} cannot be read`,
    detail: message,
    remedy: "Name it with --config FILE, or run the command in its directory.",
  };
}

/** Ids of a rehearsal in it would stop every real run, and be committed by whoever does not look. */
function notForRehearsals(path: string): Diagnostic {
  return {
    code: "GS7007",
    severity: "error",
    summary: `${path} is the project's lockfile, which --sandbox never uses`,
    detail: "A rehearsal has a lockfile of its own in `.gstable/`.",
    remedy: "Leave out --lockfile, or name another file.",
  };
}

/** Standard input can be read only once. */
function cached(read: () => Promise<Uint8Array>): () => Promise<Uint8Array> {
  let bytes: Promise<Uint8Array> | undefined;
  return () => {
    bytes ??= read();
    return bytes;
  };
}
