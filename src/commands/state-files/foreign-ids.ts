import { type Result, success } from "../../diagnostics/index.js";
import { openLockfile } from "./lockfile-store.js";

/**
 * What other environments manage is not ours to adopt, and neither is what a run of theirs has made and not folded into
 * its lockfile yet. A lockfile or a journal of theirs that cannot be read stops the run.
 */
export async function readForeignIds(
  lockfiles: readonly string[],
  cwd: string,
): Promise<Result<ReadonlySet<string>>> {
  const ids = new Set<string>();
  for (const path of lockfiles) {
    const opened = await openLockfile(path, undefined, cwd);
    if (!opened.ok) return opened;
    for (const { id } of opened.value.lockfile.entries.values()) ids.add(id);
  }
  return success(ids);
}
