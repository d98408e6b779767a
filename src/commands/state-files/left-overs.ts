import { randomUUID } from "node:crypto";
import { readdir, realpath, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Where a text is written that is to be given this file's name. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

/** The same for a lock, which two attempts of one process may want at a time. */
export function lockCandidatePath(lock: string): string {
  return `${lock}.${process.pid}.${randomUUID()}`;
}

/** Whoever works on such a file gives it its name within moments; the clocks of two machines may differ. */
const LEFT_MS = 600_000;

/**
 * Removes what killed runs left beside a file: texts that were to be given its name, or that of its lock, and may hold
 * what the file does. Never the file, its lock or its journal. What cannot be removed is no reason to stop.
 */
export async function removeLeftOvers(name: string): Promise<void> {
  const path = await realpath(name).catch(() => name);
  await Promise.all([...new Set([name, path])].map(removeBeside));
}

async function removeBeside(path: string): Promise<void> {
  const directory = dirname(path);
  const names = await readdir(directory).catch(() => []);
  const left = names.filter((name) => isUnfinished(name, basename(path)));
  await Promise.all(left.map((name) => removeOld(join(directory, name))));
}

/** `.NAME.PID.tmp` and `NAME.lock.PID.UUID`. */
function isUnfinished(name: string, of: string): boolean {
  if (name.startsWith(`.${of}.`)) return /^\d+\.tmp$/.test(name.slice(of.length + 2));
  return name.startsWith(`${of}.lock.`) && /^\d+\.[0-9a-f-]{36}$/.test(name.slice(of.length + 6));
}

async function removeOld(path: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > LEFT_MS) await rm(path);
  } catch {
    // Somebody else removed it, or nobody may.
  }
}
