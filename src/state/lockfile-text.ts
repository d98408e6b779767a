import { type Diagnostic, failure, type Result, type Source, success } from "../diagnostics/index.js";
import { type Address, parseAddress } from "./address.js";
import { findRepeatedKeys } from "./json-keys.js";
import { findSyntaxError } from "./json-syntax.js";
import { LOCKFILE_VERSION, type Lockfile } from "./lockfile.js";
import { hasFormOfLockfile } from "./lockfile-form.js";
import type { LockfileDocument } from "./lockfile-schema.js";

/** A lockfile's text as whole JSON, of a version that is read here. What it says is still to be checked. */
export interface WrittenLockfile {
  /** Without a byte order mark. */
  readonly text: string;
  readonly data: unknown;
  /** Whose it says to be; `undefined` where it does not say so as a lockfile does. */
  readonly owner: LockfileOwner | undefined;
  /** The keys of its entries, good or not. */
  readonly addresses: readonly string[];
}

export type LockfileOwner = Pick<Lockfile, "project" | "environment" | "origin">;

/**
 * Reads a lockfile. Whatever could make it stand for something else than what was applied stops with a place:
 * half a file, conflict markers, a newer version, an entry or an id that is there twice.
 */
export async function decodeLockfile(bytes: string, file: string): Promise<Result<Lockfile>> {
  const written = parseLockfile(bytes, file);
  return written.ok ? checkLockfile(written.value, file) : written;
}

/** The first half of reading a lockfile: enough to say whose it is. */
export function parseLockfile(bytes: string, file: string): Result<WrittenLockfile> {
  // Some editors put a byte order mark in front of what they save.
  const text = bytes.replace(/^\uFEFF/, "");
  const data = parseJson(text);
  if (data === undefined) return failure(findConflictMarker(text, file) ?? brokenJson(text, file));
  const { lockfileVersion: version, project, environment, origin } = Object(data);
  if (typeof version === "number" && version > LOCKFILE_VERSION) return failure(tooNew(version, text, file));
  const isOwned =
    typeof project === "string" &&
    (environment === null || typeof environment === "string") &&
    typeof origin === "string";
  const owner = isOwned ? { project, environment, origin } : undefined;
  return success({ text, data, owner, addresses: writtenKeys(data, "entries") });
}

/** The second half: whether it is right in everything. `pause` comes between its steps, each of which takes its time. */
export async function checkLockfile(
  { text, data, addresses }: WrittenLockfile,
  file: string,
  pause: () => Promise<void> = async () => {},
): Promise<Result<Lockfile>> {
  const shaped = hasFormOfLockfile(data) ? success(data) : await checkShape(data, text, file);
  if (!shaped.ok) return shaped;
  const { entries, intents = {}, accounts, ...head } = shaped.value;
  await pause();
  // What JSON.parse drops is not written again: the usual text, as it is encoded, needs no search.
  const repeated = text === writeJson(data) ? [] : repeatedKeys(text, file);
  await pause();
  const problems = [
    ...badAddresses([...addresses, ...writtenKeys(data, "intents")], text, file),
    ...(writtenKeys(data, "accounts").includes("__proto__")
      ? [wrongShape(["accounts", "__proto__"], "This is no name of an account.", text, file)]
      : []),
    ...repeated,
    ...sharedIds(Object.entries(entries), text, file),
  ];
  if (problems.length > 0) return failure(...problems);
  return success({
    project: head.project,
    environment: head.environment,
    origin: head.origin,
    accounts: new Map(Object.entries(accounts)),
    entries: new Map(sorted(entries) as [Address, (typeof entries)[string]][]),
    intents: new Map(sorted(intents) as [Address, (typeof intents)[string]][]),
    versionCodesUnreliable: head.versionCodesUnreliable ?? false,
  });
}

/** What the schema makes of a lockfile that is not plainly right: it says where and why, or fills in what was left out. */
async function checkShape(data: unknown, text: string, file: string): Promise<Result<LockfileDocument>> {
  const { lockfileSchema } = await import("./lockfile-schema.js");
  const parsed = lockfileSchema.safeParse(data);
  if (parsed.success) return success(parsed.data);
  return failure(
    ...parsed.error.issues.map((issue) => wrongShape(issue.path.map(String), issue.message, text, file)),
  );
}

/** The lockfile's bytes: sorted, one block an entry, final newline; the same for the same state. */
export function encodeLockfile(lockfile: Lockfile): string {
  const { project, environment, origin, accounts, entries, intents } = lockfile;
  const document = {
    lockfileVersion: LOCKFILE_VERSION,
    project,
    environment,
    origin,
    accounts: sortKeys(Object.fromEntries(accounts)),
    entries: sortKeys(Object.fromEntries(entries)),
    ...(intents.size > 0 ? { intents: sortKeys(Object.fromEntries(intents)) } : {}),
    ...(lockfile.versionCodesUnreliable ? { versionCodesUnreliable: true } : {}),
  };
  return writeJson(document);
}

function writeJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    sorted(value as { [key: string]: unknown }).map(([key, part]) => [key, sortKeys(part)]),
  );
}

function sorted<T>(map: { readonly [key: string]: T }): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Line and column of an offset; of the text's beginning where there is none (-1). */
export function placeAt(text: string, file: string, offset: number): Source {
  const before = text.slice(0, Math.max(offset, 0));
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return { file, line, column, lineText: text.split("\n")[line - 1] ?? "" };
}

function findConflictMarker(text: string, file: string): Diagnostic | undefined {
  const match = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/m.exec(text);
  if (match === null) return undefined;
  return {
    code: "GS3002",
    severity: "error",
    summary: "The lockfile has a git conflict in it",
    detail: "Both sides may hold ids of live objects; nothing is read until a person has merged them.",
    remedy: "Keep every entry of both sides, remove the markers, and run plan.",
    source: placeAt(text, file, match.index),
  };
}

function brokenJson(text: string, file: string): Diagnostic {
  return {
    code: "GS3001",
    severity: "error",
    summary: text.trim() === "" ? "The lockfile is empty" : "The lockfile is not whole: it is no valid JSON",
    detail:
      "It maps names to the ids of live objects; read as empty, everything would be created a second time.",
    remedy: "Take the last good one from git: git checkout -- <lockfile>",
    source: placeAt(text, file, findSyntaxError(text)),
  };
}

function tooNew(version: number, text: string, file: string): Diagnostic {
  return {
    code: "GS3003",
    severity: "error",
    summary: `The lockfile has version ${version}; this gstable-sync writes version ${LOCKFILE_VERSION}`,
    detail: "A newer gstable-sync wrote it, and may have stored what this one would lose.",
    remedy: "Use at least the version of gstable-sync that wrote it.",
    source: placeAt(text, file, text.indexOf('"lockfileVersion"')),
  };
}

function wrongShape(path: readonly string[], message: string, text: string, file: string): Diagnostic {
  const address = path[0] === "entries" || path[0] === "intents" ? path[1] : path[0];
  return {
    code: "GS3004",
    severity: "error",
    summary:
      path.length === 0 ? "The lockfile is damaged" : `The lockfile is damaged at \`${path.join(".")}\``,
    detail: message,
    remedy: "Take the last good one from git: git checkout -- <lockfile>",
    source: placeAt(text, file, text.indexOf(`"${address ?? /"([^"]+)"/.exec(message)?.[1] ?? ""}"`)),
  };
}

/** The keys as they are written: the schema drops `__proto__` without a word. */
function writtenKeys(data: unknown, ...maps: readonly string[]): readonly string[] {
  return maps.flatMap((map) => Object.keys(Object(Reflect.get(Object(data), map))));
}

function badAddresses(addresses: readonly string[], text: string, file: string): Diagnostic[] {
  return addresses
    .filter((address) => parseAddress(address) === undefined)
    .map((address) =>
      wrongShape(["entries", address], "This is no address such as product.NAME.", text, file),
    );
}

/** JSON keeps the last of two equal keys and drops the other without a word: a bad merge would lose an id. */
function repeatedKeys(text: string, file: string): Diagnostic[] {
  return findRepeatedKeys(text).map(({ offset, path }) => ({
    code: "GS3005",
    severity: "error",
    summary: `The lockfile has \`${path[1] ?? path[0]}\` twice`,
    detail: `Only one of the two would be kept (\`${path.join(".")}\`); an object could be lost sight of.`,
    remedy: "Remove the one that is not live, or give it back its own name.",
    source: placeAt(text, file, offset),
  }));
}

function sharedIds(
  entries: readonly [string, { readonly id: string }][],
  text: string,
  file: string,
): Diagnostic[] {
  return findSharedIds(entries).map(({ id, owner, address }) => ({
    code: "GS3006",
    severity: "error",
    summary: `The lockfile gives the id \`${id}\` to both \`${owner}\` and \`${address}\``,
    detail: "One live object cannot be two entries: each would undo what the other writes.",
    remedy:
      "Take the block of the name that it does not belong to out of the file; nothing reads the file until then.",
    source: placeAt(text, file, text.indexOf(`"${address}"`)),
    related: [{ label: "also here", source: placeAt(text, file, text.indexOf(`"${owner}"`)) }],
  }));
}

/** Ids that an earlier entry, the `owner`, has already. */
export function findSharedIds(
  entries: Iterable<readonly [address: string, entry: { readonly id: string }]>,
): readonly { readonly id: string; readonly owner: string; readonly address: string }[] {
  const owners = new Map<string, string>();
  const shared: { id: string; owner: string; address: string }[] = [];
  for (const [address, { id }] of entries) {
    const owner = owners.get(id);
    if (owner === undefined) owners.set(id, address);
    else shared.push({ id, owner, address });
  }
  return shared;
}
