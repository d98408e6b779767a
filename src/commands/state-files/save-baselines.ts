import type { Diagnostic } from "../../diagnostics/index.js";
import { foldJournal, type JournalRecord } from "../../state/journal.js";
import { encodeLockfile } from "../../state/lockfile-text.js";
import { Journal } from "./journal-file.js";
import { cannotSave, type OpenedLockfile, readIfThere, writeLockfile } from "./lockfile-store.js";

/**
 * Records the new baselines; the lock is held. Without this step the next plan only finds that baselines caught up:
 * what fails here loses nothing.
 */
export async function saveBaselines(
  path: string,
  { opened, records }: { opened: OpenedLockfile; records: readonly JournalRecord[] },
): Promise<Diagnostic | undefined> {
  const after = foldJournal(opened.lockfile, records);
  const encoded = encodeLockfile(after);
  if (!opened.interrupted && encoded === opened.text) return undefined;
  try {
    if ((await readIfThere(path)) !== opened.text) return changedMeanwhile(path);
    await writeLockfile(path, encoded);
    // What an interrupted run left is part of what was just written.
    await new Journal(path, after).end();
    return undefined;
  } catch (error) {
    return { ...cannotSave(path, error), detail: nothingLost };
  }
}

const nothingLost = "The configuration was written; the next apply records the new baselines.";

function changedMeanwhile(path: string): Diagnostic {
  return {
    code: "GS3012",
    severity: "error",
    summary: `${path} changed during the run, and was not overwritten`,
    detail: nothingLost,
    remedy: "Look at what changed the lockfile (a git checkout, perhaps).",
  };
}
