import { isUtf8 } from "node:buffer";
import { lstat, mkdir, readFile, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { foldJournal } from "../../state/journal.js";
import { decodeJournal } from "../../state/journal-text.js";
import { emptyLockfile, type Lockfile } from "../../state/lockfile.js";
import { checkLockfile, type LockfileOwner, parseLockfile, placeAt } from "../../state/lockfile-text.js";
import { cannotWrite, codeOf, MEND_FILE, shownPath } from "../files.js";
import { journalPath } from "./journal-file.js";
import { replaceFile, syncDirectory } from "./replace-file.js";
import { findSharedId } from "./shared-id.js";

/** A lockfile as found on disk, with the journal of an interrupted run folded in. */
export interface OpenedLockfile {
  readonly lockfile: Lockfile;
  /** The bytes that were read; `undefined`: there was no lockfile. */
  readonly text: string | undefined;
  /** Whether an interrupted run left a journal. */
  readonly interrupted: boolean;
}

/** Whose lockfile it has to be. `origin` undefined: not compared. */
interface Owner {
  readonly project: string;
  readonly environment: string | null;
  readonly origin: string | undefined;
}

/** A lockfile whose owner was compared, read as far as that takes. */
export interface FoundLockfile {
  /** What it has entries for, not checked yet; `undefined`: there was no lockfile. */
  readonly addresses: readonly string[] | undefined;
  /** Reads on to the end. `pause` comes between steps that take their time. */
  check(pause?: () => Promise<void>): Promise<Result<OpenedLockfile>>;
}

/**
 * Reads lockfile and journal. Without a lockfile the project has applied nothing yet. One of another project,
 * environment or API stops the command: its ids name other objects. Without an `owner` it may be anybody's. Messages
 * name the files as seen from `cwd`.
 */
export async function openLockfile(
  path: string,
  owner: Owner | undefined,
  cwd: string,
): Promise<Result<OpenedLockfile>> {
  const found = await findLockfile(path, owner, cwd);
  return found.ok ? found.value.check() : found;
}

/** The beginning of `openLockfile`: reads the files, and says whether the lockfile is the owner's. */
export async function findLockfile(
  path: string,
  owner: Owner | undefined,
  cwd: string,
): Promise<Result<FoundLockfile>> {
  const shown = shownPath(path, cwd);
  // The journal first: a run that ends in between has its ids in the lockfile by then, and folding them in again does nothing.
  const journalText = await readIfThere(journalPath(path), journalPath(shown));
  if (typeof journalText === "object") return failure(journalText);
  const text = await readIfThere(path, shown);
  if (typeof text === "object") return failure(text);
  if (text !== undefined && (await isMisread(path, text)))
    return failure(unreadable(shown, "it is not UTF-8"));
  const parsed = text === undefined ? undefined : parseLockfile(text, shown);
  if (parsed !== undefined && !parsed.ok) return parsed;
  const written = parsed?.value;
  const foreign =
    written?.owner === undefined || owner === undefined
      ? undefined
      : checkOwner(shown, { found: written.owner, owner, text: text ?? "" });
  if (foreign !== undefined) return failure(foreign);
  return success({
    addresses: written?.addresses,
    check: async (pause) => {
      const base = written === undefined ? undefined : await checkLockfile(written, shown, pause);
      if (base !== undefined && !base.ok) return base;
      const start = base?.value ?? emptyLockfile({ ...(owner ?? nobody), origin: owner?.origin ?? "" });
      if (journalText === undefined) return success({ lockfile: start, text, interrupted: false });
      const folded = await addJournal(journalText, { shown, owner, start, isFirst: base === undefined });
      return folded.ok ? success({ ...folded.value, text }) : folded;
    },
  });
}

/** What an interrupted run did, on top of the lockfile that it `start`ed from. */
async function addJournal(
  text: string,
  {
    shown,
    owner,
    start,
    isFirst,
  }: { shown: string; owner: Owner | undefined; start: Lockfile; isFirst: boolean },
): Promise<Result<Omit<OpenedLockfile, "text">>> {
  const path = journalPath(shown);
  const journal = await decodeJournal(text);
  if (!journal.ok) return failure(brokenJournal(shown, journal));
  const foreign =
    journal.owner === undefined || owner === undefined
      ? undefined
      : checkOwner(path, { found: journal.owner, owner, text });
  if (foreign !== undefined) return failure(foreign);
  const origin = (isFirst ? journal.owner?.origin : undefined) ?? start.origin;
  const lockfile = foldJournal({ ...start, origin }, journal.records);
  const shared = findSharedId(lockfile, { path, text });
  if (shared !== undefined) return failure(shared);
  return success({ lockfile, interrupted: journal.records.length > 0 });
}

const nobody = { project: "", environment: null };

/**
 * Replaces the lockfile in one step: whoever reads it sees the old one or the new one, never half of one. Where the
 * name is a link, the file that it leads to is replaced, and the link stays.
 */
export async function writeLockfile(name: string, encoded: string): Promise<void> {
  const path = await realpath(name).catch(() => name);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, encoded);
  syncDirectory(dirname(path));
}

/** What to tell when the lockfile or its journal cannot be written. */
export function cannotSave(path: string, error: unknown): Diagnostic {
  return {
    ...cannotWrite(path, error),
    code: "GS3010",
    detail: "Without it no id is safe, so nothing more is sent.",
    remedy: MEND_FILE,
  };
}

/**
 * The text of a state file; `undefined` where there is none; why, where it cannot be read. A link that leads nowhere
 * is no missing file: what it should lead to has the ids.
 */
export async function readIfThere(path: string, shown = path): Promise<string | undefined | Diagnostic> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (codeOf(error) === "ENOENT" && !isLink) return undefined;
    return unreadable(shown, isLink ? "it is a link to a file that is not there" : codeOf(error));
  }
}

/** Whether the file was saved in another encoding: its texts would look as if somebody had changed them. */
async function isMisread(path: string, text: string): Promise<boolean> {
  return text.includes("\uFFFD") && !isUtf8(await readFile(path).catch(() => Buffer.of()));
}

function unreadable(shown: string, why: string): Diagnostic {
  return {
    code: "GS3010",
    severity: "error",
    summary: `${shown} cannot be read: ${why}`,
    detail: "It maps names to the ids of live objects; without it everything would be created a second time.",
  };
}

function checkOwner(
  path: string,
  {
    found,
    owner,
    text,
  }: {
    found: LockfileOwner;
    owner: Owner;
    text: string;
  },
): Diagnostic | undefined {
  const differing = [
    found.project === owner.project ? [] : [`project \`${found.project}\`, not \`${owner.project}\``],
    found.environment === owner.environment
      ? []
      : [`environment ${sayEnvironment(found.environment)}, not ${sayEnvironment(owner.environment)}`],
    owner.origin === undefined || found.origin === owner.origin
      ? []
      : [`API ${found.origin}, not ${owner.origin}`],
  ].flat();
  if (differing.length === 0) return undefined;
  return {
    code: "GS3007",
    severity: "error",
    summary: `${path} belongs to ${differing.join("; ")}`,
    detail: "Its ids name other objects than this configuration means. Nothing was compared or written.",
    remedy:
      "Use the lockfile of this project and environment (--lockfile), or the base URL that it was made with.",
    source: placeAt(text, path, text.indexOf(`"${differingKey(found, owner)}"`)),
  };
}

function differingKey(
  found: Pick<Lockfile, "project" | "environment">,
  owner: { project: string; environment: string | null },
): string {
  if (found.project !== owner.project) return "project";
  return found.environment === owner.environment ? "origin" : "environment";
}

function sayEnvironment(environment: string | null): string {
  return environment === null ? "none" : `\`${environment}\``;
}

function brokenJournal(path: string, { line, why }: { line: number; why: string }): Diagnostic {
  return {
    code: "GS3009",
    severity: "error",
    summary: `The journal of an interrupted run is damaged: ${why}`,
    detail: "It holds ids that the lockfile lacks; skipping them could create objects a second time.",
    remedy: "Restore it from where the interrupted run saved it.",
    source: { file: journalPath(path), line, column: 1 },
  };
}
