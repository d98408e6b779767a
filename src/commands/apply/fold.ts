import { KeyLeakError } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import type { ApplyRun } from "../../engine/apply/run.js";
import { encodeLockfile } from "../../state/lockfile-text.js";
import { describeBug } from "../bug.js";
import { type Journal, journalPath } from "../state-files/journal-file.js";
import { cannotSave, readIfThere, writeLockfile } from "../state-files/lockfile-store.js";
import type { ApplyShell, World } from "./world.js";

/** Puts the journal into the lockfile. If that fails the journal stays: it has everything. */
export async function fold(
  run: ApplyRun,
  { shell, journal, world: { broken, lockLost } }: { shell: ApplyShell; journal: Journal; world: World },
): Promise<readonly Diagnostic[]> {
  if (lockLost) {
    journal.close();
    return [lockTaken(shell.lockfilePath)];
  }
  const { text, interrupted } = shell.planned.opened;
  const after = run.lockfile();
  try {
    const encoded = encodeLockfile(after);
    const changed = text === undefined ? after.entries.size > 0 || after.intents.size > 0 : encoded !== text;
    if (changed && shell.holdsKey(encoded)) throw new KeyLeakError(shell.lockfilePath);
    if (changed && (await readIfThere(shell.lockfilePath)) !== text) {
      journal.close();
      return [changedMeanwhile(shell.lockfilePath)];
    }
    if (changed) await writeLockfile(shell.lockfilePath, encoded);
    if (broken === undefined || changed || interrupted) await journal.end();
    return broken === undefined ? [] : [unsaved(journalPath(shell.lockfilePath), broken)];
  } catch (error) {
    journal.close();
    return [unsaved(shell.lockfilePath, error)];
  }
}

function unsaved(path: string, error: unknown): Diagnostic {
  return error instanceof KeyLeakError ? describeBug(error) : cannotSave(path, error);
}

function lockTaken(lockfile: string): Diagnostic {
  return {
    code: "GS3017",
    severity: "error",
    summary: "Another run has taken over the lock: nothing more was sent",
    detail: `This machine slept, or did not reach its disk, for two minutes. What this run did is in ${journalPath(lockfile)}.`,
    remedy: "Wait for the other run, then run apply again.",
  };
}

/** The journal has everything that this run did; what the other one wrote is not overwritten with it. */
function changedMeanwhile(path: string): Diagnostic {
  return {
    code: "GS3012",
    severity: "error",
    summary: `${path} changed during the run, and was not overwritten`,
    detail: `What this run did is in ${journalPath(path)}; the next run puts both together.`,
    remedy: "Look at what changed the lockfile (a git checkout, perhaps), then run apply again.",
  };
}
