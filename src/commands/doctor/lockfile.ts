import { basename } from "node:path";
import { count } from "../../render/index.js";
import type { Lockfile } from "../../state/lockfile.js";
import type { Project } from "../project.js";
import { journalPath } from "../state-files/journal-file.js";
import type { OpenedLockfile } from "../state-files/lockfile-store.js";
import { openOwnLockfile } from "../state-files/own-lockfile.js";
import { type Finding, failedWith, fine, skipped, warned } from "./check.js";

/** The lockfile of the project, whether it is its own, and what an interrupted run left. `origin` unset: not compared. */
export async function checkLockfile(
  project: Project | undefined,
  origin: string | undefined,
): Promise<{ finding: Finding; lockfile: Lockfile | undefined }> {
  if (project === undefined) {
    return { finding: skipped("lockfile", "The configuration cannot be read"), lockfile: undefined };
  }
  const opened = await openOwnLockfile(project, { origin, cwd: project.directory });
  if (!opened.ok) {
    return { finding: failedWith("lockfile", opened.diagnostics, project.options), lockfile: undefined };
  }
  return { finding: describe(opened.value, project.lockfile), lockfile: opened.value.lockfile };
}

function describe({ lockfile, text, interrupted }: OpenedLockfile, path: string): Finding {
  const file = basename(path);
  const entries = [...lockfile.entries.values()];
  const retired = entries.filter((entry) => entry.retired === true).length;
  const held = `${count(entries.length, "entry", "entries")}${retired === 0 ? "" : `, ${retired} of them retired`}`;
  const summary = text === undefined ? `${file} does not exist yet: nothing was applied` : `${file}: ${held}`;
  const { project, environment, origin } = lockfile;
  const where = environment === null ? "" : `, environment \`${environment}\``;
  const detail = text === undefined ? "" : `Of project \`${project}\`${where}, at ${origin}.`;
  const open = lockfile.intents.size;
  if (!interrupted && open === 0) return fine("lockfile", summary, detail);
  const left = open === 0 ? "" : ` ${count(open, "create")} may or may not have been carried out.`;
  return warned("lockfile", `${summary}; an earlier run was interrupted`, {
    detail: `${detail} ${basename(journalPath(path))} holds what it did.${left}`.trim(),
    remedy: "Run apply: it finds out and goes on by itself.",
  });
}
