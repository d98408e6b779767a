import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ConfigFiles, GlobResult, ReadFailure, ReadResult } from "../config/index.js";
import type { WrittenDiagnostic } from "../diagnostics/index.js";

/** A configuration file beyond this is a mistake, and a way to make a pipeline hang. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Where configuration texts come from: the disk below a working directory, and standard input. */
export function diskFiles(cwd: string, readStdin: () => Promise<Uint8Array>): ConfigFiles {
  return {
    read: async (path) => {
      if (path === "-") return decode(await readStdin());
      return readDisk(resolve(cwd, path), path);
    },
    glob: async (pattern, base) => globDisk(pattern, resolve(cwd, base), base),
  };
}

async function readDisk(absolute: string, shown: string): Promise<ReadResult> {
  try {
    const info = await stat(absolute);
    if (info.isDirectory()) return refuse("directory", `${shown} is a directory`);
    if (info.size > MAX_BYTES)
      return refuse("tooBig", `${shown} is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
    return decode(await readFile(absolute));
  } catch (error) {
    return refuse(codeOf(error) === "ENOENT" ? "missing" : "unreadable", `${shown}: ${codeOf(error)}`);
  }
}

function decode(bytes: Uint8Array): ReadResult {
  if (bytes.byteLength > MAX_BYTES) return refuse("tooBig", `larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  if (bytes.includes(0)) return refuse("notText", "it has NUL bytes: it is no text");
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return refuse("notText", "it is not UTF-8");
  }
}

/** Links are resolved: a file that a link brings in from elsewhere is outside. */
async function globDisk(pattern: string, absolute: string, base: string): Promise<GlobResult> {
  try {
    const { glob } = await import("tinyglobby");
    const found = await glob(pattern, {
      cwd: absolute,
      dot: false,
      expandDirectories: false,
      onlyFiles: true,
    });
    const root = await realpath(absolute);
    const paths: string[] = [];
    const outside: string[] = [];
    for (const path of found.sort()) {
      const shown = base === "." ? path : `${base.replace(/\/$/, "")}/${path}`;
      const real = relative(root, await realpath(join(absolute, path)));
      const isInside = real !== "" && !isAbsolute(real) && real.split(sep)[0] !== "..";
      (isInside ? paths : outside).push(shown);
    }
    return { ok: true, paths, outside };
  } catch (error) {
    return refuse("unreadable", `${base}: ${codeOf(error)}`);
  }
}

function refuse(why: ReadFailure, message: string): { ok: false; why: ReadFailure; message: string } {
  return { ok: false, why, message };
}

/** The system's code of a file error, such as ENOENT. */
export function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : String(error);
}

/** A file that was asked for, and why there is none (GS7003). */
export function cannotWrite(path: string, error: unknown): WrittenDiagnostic {
  return { code: "GS7003", severity: "error", summary: `${path} cannot be written: ${codeOf(error)}` };
}

/** What helps where a file that exists cannot be replaced. */
export const MEND_FILE = "Mend the permissions of the file and its directory, or make room on the disk.";

/** A path as messages name it: from the working directory where it lies below it, whole otherwise. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === "" || below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below) ? path : below;
}
