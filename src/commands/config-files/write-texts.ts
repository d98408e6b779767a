import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostics/index.js";
import { cannotWrite, codeOf, MEND_FILE } from "../files.js";

/** A file that is to have another text; `path` as shown. */
export interface TextChange {
  readonly path: string;
  /** `undefined`: there must be no such file yet. */
  readonly before: string | undefined;
  readonly after: string;
}

interface Prepared extends TextChange {
  /** Where it really lies, links resolved. */
  readonly real: string;
  readonly temporary: string;
  readonly mode: number;
}

/**
 * Replaces all of these files or none: each new text is on disk under another name before the first one takes its
 * place, and what was replaced is put back when a later one cannot be. A file that changed since it was read, or that
 * a link brings in from outside the directory, stops all. Modes stay, links stay links.
 */
export async function writeTexts(
  changes: readonly TextChange[],
  { cwd, directory }: { cwd: string; directory: string },
): Promise<Diagnostic | undefined> {
  const prepared: Prepared[] = [];
  try {
    for (const change of changes) {
      const ready = await prepare(change, { cwd, directory });
      if ("code" in ready) return ready;
      prepared.push(ready);
    }
    return await replaceAll(prepared);
  } finally {
    await Promise.all(prepared.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

async function prepare(
  change: TextChange,
  { cwd, directory }: { cwd: string; directory: string },
): Promise<Prepared | Diagnostic> {
  try {
    const real = await (change.before === undefined ? findPlace : realpath)(resolve(cwd, change.path));
    const inside = relative(await realpath(directory), real);
    if (isAbsolute(inside) || inside.split(sep)[0] === "..") return notOurs(change.path, outside);
    const before = await readFile(real, "utf8").catch(orMissing);
    if (before !== change.before) return notOurs(change.path, changed);
    const mode = before === undefined ? NEW_MODE : (await stat(real)).mode & 0o7777;
    const temporary = join(dirname(real), `.${basename(real)}.${process.pid}.${randomUUID()}.tmp`);
    await writeSynced(temporary, { text: change.after, mode });
    return { ...change, real, temporary, mode };
  } catch (error) {
    return notChanged(change.path, error);
  }
}

/** Where a new file will lie, links resolved; its directory is made. */
async function findPlace(path: string): Promise<string> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  return join(await realpath(directory), basename(path));
}

const NEW_MODE = 0o644;

function orMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

async function writeSynced(path: string, { text, mode }: { text: string; mode: number }): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await chmod(path, mode);
}

async function replaceAll(prepared: readonly Prepared[]): Promise<Diagnostic | undefined> {
  const done: Prepared[] = [];
  for (const file of prepared) {
    try {
      await rename(file.temporary, file.real);
      done.push(file);
    } catch (error) {
      for (const { real, before, mode } of done) {
        if (before === undefined) await rm(real, { force: true });
        else await putBack(real, { text: before, mode });
      }
      return notChanged(file.path, error);
    }
  }
  return undefined;
}

async function putBack(real: string, old: { text: string; mode: number }): Promise<void> {
  const temporary = join(dirname(real), `.${basename(real)}.${process.pid}.${randomUUID()}.tmp`);
  await writeSynced(temporary, old);
  await rename(temporary, real);
}

const outside =
  "A link leads out of the directory of the root file; what lies there belongs to others as well.";
const changed = "It changed since it was read, so that the edit would overwrite what somebody else wrote.";

function notOurs(path: string, detail: string): Diagnostic {
  return {
    code: "GS7012",
    severity: "error",
    summary: `${path} was not overwritten; nothing was written`,
    detail,
    remedy: detail === changed ? "Run the command again." : "Edit that file by hand.",
  };
}

function notChanged(path: string, error: unknown): Diagnostic {
  return { ...cannotWrite(path, error), detail: "No file was changed.", remedy: MEND_FILE };
}
