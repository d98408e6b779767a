import { meansTheSame } from "../../config/emit/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { writeTexts } from "../config-files/write-texts.js";
import { type CommandContext, isStop, type NetworkOptions } from "../context.js";
import { openProject, type Project } from "../project.js";
import type { OpenedLockfile } from "../state-files/lockfile-store.js";
import { saveBaselines } from "../state-files/save-baselines.js";
import type { ImportDraft } from "./draft.js";

/** What could not be written: nothing then, or everything but the lockfile. */
export interface WriteTrouble {
  readonly files?: Diagnostic;
  readonly lockfile?: Diagnostic;
}

/**
 * Configuration first, then the lockfile. After a crash in between, the entries are there and the ids are not: the
 * next apply finds the objects equal and takes them over. The other way round it would close what the configuration
 * lacks.
 */
export async function writeImport(
  draft: ImportDraft,
  {
    project,
    opened,
    options,
    context,
  }: { project: Project; opened: OpenedLockfile; options: NetworkOptions; context: CommandContext },
): Promise<WriteTrouble> {
  const changes = [...draft.config.files].map(([path, texts]) => ({ path, ...texts }));
  const files = await writeTexts(changes, { cwd: context.cwd, directory: project.directory });
  if (files !== undefined) return { files };
  const reread = await openProject(options, context);
  if (isStop(reread) || !meansTheSame(reread.desired, draft.config.desired)) return { lockfile: otherwise };
  const failed = await saveBaselines(project.lockfile, { opened, records: draft.records });
  return failed === undefined ? {} : { lockfile: { ...failed, detail: notRecorded } };
}

const notRecorded =
  "The configuration was written, the ids were not. The next apply takes the objects over, because they equal their entries.";

const otherwise: Diagnostic = {
  code: "GS7012",
  severity: "error",
  summary: "Read back, the configuration is not what was written; the lockfile was left as it is",
  detail: notRecorded,
  remedy: "Look at what else writes these files, then run plan.",
};
