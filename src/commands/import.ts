import { meansTheSame, openAddition } from "../config/emit/index.js";
import { type Diagnostic, failure, type Result } from "../diagnostics/index.js";
import { openIntents, type Takeover } from "../engine/import.js";
import type { ImportDocument } from "../state/import-document.js";
import type { PlanDocument } from "../state/plan-document.js";
import { changedMeanwhile } from "./config-files/changed-meanwhile.js";
import { rawFiles } from "./config-files/raw-files.js";
import { type CommandContext, type CommandResult, exitCodes, isStop, type Stop, stop } from "./context.js";
import { FRESH_MS } from "./fresh.js";
import { draftImport, type ImportDraft } from "./import/draft.js";
import { type Gathered, gather, listUnmanaged, type Read } from "./import/gather.js";
import { nameEntries } from "./import/name-entries.js";
import { pick } from "./import/pick.js";
import { reportImport } from "./import/report.js";
import { checkUsage, type ImportOptions } from "./import/usage.js";
import { writeImport } from "./import/write.js";
import { type Planned, planProject } from "./planning.js";
import { whileReading } from "./reading-progress.js";
import { type FailureDocument, interruptible, rehearsed } from "./result.js";
import { runReader } from "./run-reader.js";
import { inLockedScene, type Setting } from "./scene.js";

/**
 * Writes configuration and lockfile for objects that exist already, so that a plan right after is empty. The account
 * is only read. Nothing is written unless the configuration that would come of it is valid and has nothing to do.
 */
export async function importObjects(
  words: readonly string[],
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandResult<ImportDocument | FailureDocument>> {
  const result = await interruptible({ command: "import", options, context }, async () => {
    const requests = checkUsage(words, options, context);
    if (!requests.ok) return stop(exitCodes.error, requests.diagnostics);
    return inLockedScene("read", { options, context }, (scene) =>
      importLocked(requests.value, { scene, options, context }),
    );
  });
  return rehearsed(result, options);
}

async function importLocked(
  requests: readonly Takeover[],
  setting: Setting<ImportOptions>,
): Promise<CommandResult<ImportDocument> | Stop> {
  const chosen = await choose(requests, setting);
  if (isStop(chosen)) return chosen;
  const { planned, ids, unread } = chosen;
  const { scene, context } = setting;
  const read: Read = (reader) =>
    whileReading(context, (progress) => runReader(reader, scene.connection.api, progress));
  const gathered = await gather({ requests, ids }, { planned, read });
  if (!gathered.ok) return stop(exitCodes.error, scene.connection.mask(gathered.diagnostics));
  const drafted = await draft(gathered.value, planned, setting);
  if (!drafted.ok) return stop(exitCodes.error, scene.connection.mask(drafted.diagnostics));
  // Nothing is written yet: `interruptible` says so.
  if (context.signal.aborted) return stop(exitCodes.error, []);
  const said = [...scene.project.remarks().filter(isNote), ...unread, ...gathered.diagnostics];
  return finish(drafted.value, { setting, planned, gathered: gathered.value, said });
}

const isNote = ({ severity }: Diagnostic): boolean => severity === "note";

interface Chosen {
  readonly planned: Planned;
  readonly ids: ReadonlySet<string>;
  /** Lists that could not be read. */
  readonly unread: readonly Diagnostic[];
}

/** The plan as it is, and which of the unmanaged objects are to be imported beside the named ones. */
async function choose(
  requests: readonly Takeover[],
  setting: Setting<ImportOptions>,
): Promise<Chosen | Stop> {
  const planned = await planNow(setting);
  if (isStop(planned)) return planned;
  const { options, context } = setting;
  if (requests.length > 0 && options.all !== true) return { planned, ids: new Set(), unread: [] };
  const unmanaged = listUnmanaged(planned);
  const unread = findUnread(planned);
  if (options.all === true || unmanaged.length === 0) {
    return { planned, ids: new Set(unmanaged.map(({ live }) => live.id)), unread };
  }
  const askedAt = Date.now();
  const ids =
    (await pick(unmanaged, { ...context, mask: setting.scene.connection.mask })) ?? new Set<string>();
  if (ids.size === 0 || Date.now() - askedAt <= FRESH_MS) return { planned, ids, unread };
  const again = await planNow(setting);
  return isStop(again) ? again : { planned: again, ids, unread };
}

async function planNow({ scene, context }: Setting<ImportOptions>): Promise<Planned | Stop> {
  const planning = { command: "import", refresh: "auto", targets: [], allowances: [] } as const;
  const planned = await planProject(scene, planning, context);
  if (isStop(planned)) return planned;
  const intents = openIntents(planned.opened.lockfile);
  if (intents !== undefined) return stop(exitCodes.error, [intents]);
  return planned.plan.failed ? stop(exitCodes.error, errorsOf(planned.plan.document)) : planned;
}

/** From half a reading nothing is imported: what it lacks may be what an entry means. */
function errorsOf({ diagnostics }: PlanDocument): readonly Diagnostic[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, severity, summary, detail, remedy }) => ({
      // The document has the codes of our own diagnostics.
      code: code as Diagnostic["code"],
      ...{ severity, summary, detail },
      ...(remedy !== undefined && { remedy }),
    }));
}

/** A small kind that the configuration does not use may have stayed unread: then it is not imported, and told. */
function findUnread({ input, input: { observed } }: Planned): readonly Diagnostic[] {
  return [...input.kinds.values()]
    .filter(({ kind }) => observed.kinds.get(kind)?.complete !== true)
    .map(({ label }) => ({
      code: "GS2002",
      severity: "error",
      summary: `The list of ${label}s could not be read completely`,
      detail: `Nothing is known of the ${label}s that it did not show; those were not imported.`,
      remedy: "Check what the key may read, and run the command again.",
    }));
}

/** The configuration and the records that would be written. */
async function draft(
  { candidates, observed }: Gathered,
  planned: Planned,
  { scene, options, context }: Setting<ImportOptions>,
): Promise<Result<ImportDraft>> {
  const opened = await openAddition({
    path: options.config,
    files: rawFiles(context.cwd, context.readStdin),
    variables: context.env,
    ...(options.env === undefined ? {} : { environment: options.env }),
  });
  if (!opened.ok) return opened;
  const addition = opened.value;
  if (!meansTheSame(addition.before, scene.project.desired)) return failure(changedMeanwhile);
  const named = nameEntries(candidates, {
    ...{ taken: addition.taken, planned },
    mask: scene.connection.mask<string>,
  });
  const splitInto = options.split === true ? DIRECTORY : options.split;
  return draftImport(named, {
    ...{ planned, addition, observed, splitInto },
    holdsKey: scene.connection.holdsKey,
  });
}

const DIRECTORY = "catalog";

async function finish(
  drafted: ImportDraft,
  {
    setting,
    planned,
    gathered,
    said,
  }: { setting: Setting<ImportOptions>; planned: Planned; gathered: Gathered; said: readonly Diagnostic[] },
): Promise<CommandResult<ImportDocument>> {
  const { scene, options, context } = setting;
  const { project, connection } = scene;
  const isEmpty = drafted.imported.length === 0;
  const trouble = isEmpty
    ? {}
    : await writeImport(drafted, { project, opened: planned.opened, options, context });
  return reportImport({
    mask: connection.mask,
    project: project.desired.project,
    environment: project.desired.environment,
    sandbox: connection.target.sandbox,
    options,
    apiCalls: connection.api.stats.calls,
    draft: isEmpty ? undefined : drafted,
    trouble,
    skipped: [...gathered.skipped, ...drafted.skipped],
    diagnostics: [...said, ...drafted.config.warnings],
  });
}
