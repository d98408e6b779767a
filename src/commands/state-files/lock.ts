import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import type { Diagnostic } from "../../diagnostics/index.js";
import { exitCodes, type Stop, stop } from "../context.js";
import { codeOf } from "../files.js";
import { lockCandidatePath, removeLeftOvers } from "./left-overs.js";
import { cannotSave } from "./lockfile-store.js";

/** A held lock: nobody else applies to the same lockfile on this machine. */
export interface Lock {
  /** False once another machine took it over: this one slept, or did not reach the disk, for two minutes. */
  isOurs(): boolean;
  release(): Promise<void>;
}

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the lock was taken, for people. */
  readonly startedAt: string;
  /** When the process began, as its system says it: a process id alone is given away again. Unset where none says. */
  readonly processStart?: string | undefined;
  /** Tells this lock from every other one. */
  readonly token: string;
}

const HEARTBEAT_MS = 10_000;
/** On another host nobody can see whether the process lives; two minutes without a heartbeat say no. */
const STALE_MS = 120_000;

/**
 * Takes the lock of a lockfile. One whose process is dead on this host is taken over at once; one of another host
 * when its last heartbeat is two minutes old.
 */
export async function acquireLock(lockfile: string): Promise<Lock | Stop> {
  const path = `${lockfile}.lock`;
  try {
    await mkdir(dirname(path), { recursive: true });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const own = await create(path);
      if (own !== undefined) {
        await removeLeftOvers(lockfile);
        return hold(path, own);
      }
      const text = await readFile(path, "utf8").catch(() => undefined);
      const holder = text === undefined ? undefined : parseOwner(text);
      if (holder !== undefined && (await isAlive(path, holder)))
        return stop(exitCodes.error, [held(path, holder)]);
      if (text !== undefined) await takeAway(path, text);
    }
    return stop(exitCodes.error, [held(path, undefined)]);
  } catch (error) {
    return stop(exitCodes.error, [cannotSave(path, error)]);
  }
}

/** Whether another run, of another process, holds the lock at this moment. */
export async function isLockedElsewhere(lockfile: string): Promise<boolean> {
  const path = `${lockfile}.lock`;
  const text = await readFile(path, "utf8").catch(() => undefined);
  const holder = text === undefined ? undefined : parseOwner(text);
  return (
    holder !== undefined && !heldHere.has(holder.token) && (await isAlive(path, holder).catch(() => false))
  );
}

/** Locks of this process: one with our process id that is not among them was left by a dead process. */
const heldHere = new Set<string>();

/** The lock appears whole or not at all: a complete file is linked to its name. */
async function create(path: string): Promise<string | undefined> {
  const own = lockCandidatePath(path);
  const owner: Owner = {
    host: hostname(),
    pid: process.pid,
    startedAt: new Date().toISOString(),
    processStart: await readProcessStart(process.pid),
    token: randomUUID(),
  };
  const text = `${JSON.stringify(owner)}\n`;
  try {
    await writeFile(own, text, { flag: "wx" });
    await link(own, path);
    heldHere.add(owner.token);
    return text;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return undefined;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes a dead lock, but not one that another process has taken in the meantime. */
async function takeAway(path: string, dead: string): Promise<void> {
  const own = lockCandidatePath(path);
  await rename(path, own).catch(() => undefined);
  const taken = await readFile(own, "utf8").catch(() => undefined);
  if (taken !== undefined && taken !== dead) await link(own, path).catch(() => undefined);
  await rm(own, { force: true });
}

function hold(path: string, own: string): Lock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const isOurs = (): boolean => readNow(path) === own;
  return {
    isOurs,
    release: async () => {
      clearInterval(heartbeat);
      const owner = parseOwner(own);
      if (owner !== undefined) heldHere.delete(owner.token);
      // After a long sleep of this machine another one may have taken it over.
      if (isOurs()) await rm(path, { force: true });
    },
  };
}

/** At once: it is asked before each write, and a few bytes are not worth the way through other threads. */
function readNow(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner: Partial<Owner> = JSON.parse(text);
    const { host, pid, startedAt, processStart, token } = owner;
    return typeof host === "string" && typeof pid === "number"
      ? { host, pid, startedAt: String(startedAt), processStart, token: String(token) }
      : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive(path: string, owner: Owner): Promise<boolean> {
  if (owner.host === hostname()) return isRunning(owner);
  const age = Date.now() - (await stat(path)).mtimeMs;
  return age < STALE_MS;
}

async function isRunning({ pid, processStart, token }: Owner): Promise<boolean> {
  // Containers with a fixed host name give every run the same process id.
  if (pid === process.pid) return heldHere.has(token);
  if (!isProcess(pid)) return false;
  const start = processStart === undefined ? undefined : await readProcessStart(pid);
  return start === undefined || start === processStart;
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Linux: the 22nd field of /proc/PID/stat, counted after the name, which may hold spaces. Elsewhere nothing. */
async function readProcessStart(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return text
    ?.slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .at(19);
}

function held(path: string, owner: Owner | undefined): Diagnostic {
  const who = owner === undefined ? "" : ` (process ${owner.pid} on ${owner.host}, since ${owner.startedAt})`;
  return {
    code: "GS3011",
    severity: "error",
    summary: `Another run holds the lock${who}`,
    detail: `Two applies at once could create everything twice. The lock is ${path}.`,
    remedy: "Wait for the other run; the lock of a dead process is taken over by itself.",
  };
}
