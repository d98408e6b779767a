import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { lstat, mkdtemp, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { parseAddress } from "../state/address.js";
import { exitCodes, type Stop, stop } from "./context.js";
import { codeOf } from "./files.js";
import { removeLeftOvers, temporaryPath } from "./state-files/left-overs.js";

/**
 * The file that webhooks' signing keys go to, and the only place: JSON, address to key, for its owner alone, replaced
 * as a whole in one step. Never written through a link, which could lead a secret to where others read.
 */
export class WebhookKeys {
  /** As the command line names it. */
  readonly file: string;
  readonly #path: string;
  readonly #keys: Map<string, string>;
  readonly #put = new Set<string>();

  private constructor({ file, path }: { file: string; path: string }, keys: ReadonlyMap<string, string>) {
    this.file = file;
    this.#path = path;
    this.#keys = new Map(keys);
  }

  /** Checks, before anything is sent, that the file can be written and holds nothing else than keys. */
  static async open(file: string, cwd: string): Promise<WebhookKeys | Stop> {
    const path = resolve(cwd, file);
    const keys = await readKeys(path, file);
    if ("stop" in keys) return keys;
    try {
      // A directory of our own shows that one can be made there; nothing of the file is touched yet.
      await rm(await mkdtemp(join(dirname(path), ".gstable-keys-")), { recursive: true });
    } catch (error) {
      return unusable(`${file} cannot be written: ${codeOf(error)}`);
    }
    await removeLeftOvers(path);
    return new WebhookKeys({ file, path }, keys);
  }

  has(address: string): boolean {
    return this.#keys.has(address);
  }

  /** Whether this run has written it. */
  wasPut(address: string): boolean {
    return this.#put.has(address);
  }

  /** On disk, and synced, before it returns. Throws where the file cannot be written. */
  put(address: string, key: string): void {
    const keys = new Map(this.#keys).set(address, key);
    const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
    replaceSecretly(this.#path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
    this.#keys.set(address, key);
    this.#put.add(address);
  }
}

async function readKeys(path: string, shown: string): Promise<ReadonlyMap<string, string> | Stop> {
  try {
    const info = await lstat(path);
    if (info.isSymbolicLink()) return unusable(`${shown} is a link`);
    if (!info.isFile()) return unusable(`${shown} is no file`);
    const found: unknown = JSON.parse(await readFile(path, "utf8"));
    const entries = typeof found === "object" && found !== null ? Object.entries(found) : [];
    const isKeys =
      typeof found === "object" &&
      found !== null &&
      !Array.isArray(found) &&
      entries.every(([name, key]) => parseAddress(name)?.kind === "webhook" && typeof key === "string");
    return isKeys ? new Map(entries) : unusable(`${shown} holds something else than signing keys`);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    // What a parser says would quote the file.
    if (error instanceof SyntaxError) return unusable(`${shown} holds something else than signing keys`);
    return unusable(`${shown} cannot be read: ${codeOf(error)}`);
  }
}

/** Made for its owner alone from the start, and given its name when it is whole: the old name, link or not, is replaced. */
function replaceSecretly(path: string, text: string): void {
  const temporary = temporaryPath(path);
  rmSync(temporary, { force: true });
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function unusable(summary: string): Stop {
  const diagnostic: Diagnostic = {
    code: "GS2501",
    severity: "error",
    summary: `The file for signing keys cannot be used: ${summary}`,
    detail: "It is checked first: a key that could not be kept would be lost. Nothing was sent.",
    remedy: "Name a file of its own, in a directory that can be written: it is made where there is none.",
  };
  return stop(exitCodes.error, [diagnostic]);
}

/**
 * What to tell when the file cannot be written any more, though it could be before. An older key that it has under this
 * name would not be replaced by an apply: that takes it for the one in use.
 */
export function keyNotKept(address: string, error: unknown, keys: WebhookKeys): Diagnostic {
  const { file } = keys;
  const about = {
    code: "GS2502",
    severity: "error",
    summary: `The signing key of \`${address}\` could not be kept: ${codeOf(error)}`,
  } as const;
  if (keys.has(address)) {
    return {
      ...about,
      detail: `It is shown nowhere else. GStable has it; the one in ${file} is older, and invalid.`,
      remedy: "Make room or mend the permissions, then rotate once more:",
      command: ["webhook rotate", address, "--webhook-keys", file],
    };
  }
  return {
    ...about,
    detail: "It is shown nowhere else. GStable has it.",
    remedy: "Make room or mend the permissions, then complete the file:",
    command: ["apply", "--webhook-keys", file],
  };
}
