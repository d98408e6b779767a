import { type ConfigEdit, type EditedConfig, editConfig, meansTheSame } from "../config/emit/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { recordAccepted } from "../engine/accept.js";
import { mapReferences } from "../engine/kind.js";
import { renderDrift } from "../render/index.js";
import type { AcceptDocument } from "../state/accept-document.js";
import type { JournalRecord } from "../state/journal.js";
import type { PlanDocument } from "../state/plan-document.js";
import { type Choice, type Choices, chooseDrift } from "./accept/choose.js";
import { reportAccept } from "./accept/report.js";
import { changedMeanwhile } from "./config-files/changed-meanwhile.js";
import { rawFiles } from "./config-files/raw-files.js";
import { writeTexts } from "./config-files/write-texts.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  type Stop,
  stop,
} from "./context.js";
import { repeatedFlags } from "./flags.js";
import { type Planned, planProject } from "./planning.js";
import { collectReferences, type References } from "./references.js";
import { type FailureDocument, interruptible, rehearsed } from "./result.js";
import { inLockedScene, type Setting } from "./scene.js";
import { saveBaselines } from "./state-files/save-baselines.js";

export interface AcceptOptions extends NetworkOptions {
  /** Given with `drift`: take over instead of only telling. */
  readonly accept?: boolean;
}

type AcceptResult = CommandResult<AcceptDocument | PlanDocument>;

/**
 * `drift --accept`: writes the live values of what drifted into the configuration and records them as baseline, so
 * that a plan right after is empty. The API is only read. Without addresses: everything that drifted.
 */
export async function accept(
  addresses: readonly string[],
  options: AcceptOptions,
  context: CommandContext,
): Promise<CommandResult<AcceptDocument | PlanDocument | FailureDocument>> {
  const result = await interruptible({ command: "drift", options, context }, () =>
    acceptScene(addresses, options, context),
  );
  return rehearsed(result, options);
}

async function acceptScene(
  addresses: readonly string[],
  options: AcceptOptions,
  context: CommandContext,
): Promise<AcceptResult | Stop> {
  if (options.config === "-") return stop(exitCodes.error, [fromStdin]);
  return inLockedScene("read", { options, context }, (scene) =>
    acceptLocked(addresses, { scene, options, context }),
  );
}

async function acceptLocked(
  addresses: readonly string[],
  setting: Setting<AcceptOptions>,
): Promise<AcceptResult | Stop> {
  const { scene, options, context } = setting;
  const { desired } = scene.project;
  const { holdsKey } = scene.connection;
  const planning = {
    command: "drift",
    refresh: options.refresh ?? "full",
    targets: [],
    allowances: [],
  } as const;
  const planned = await planProject(scene, planning, context);
  if (isStop(planned)) return planned;
  if (planned.plan.failed) return notSeen(planned.plan.document, options);
  const references = collectReferences(planned, desired);
  const chosen = chooseDrift(addresses, { planned, desired, references, holdsKey });
  if (!chosen.ok) return stop(exitCodes.error, chosen.diagnostics);
  const edited = await edit(chosen.value, setting);
  if (!edited.ok) return stop(exitCodes.error, edited.diagnostics);
  // Nothing is written yet: `interruptible` says so.
  if (context.signal.aborted) return stop(exitCodes.error, []);
  const trouble = await write(edited.value, { chosen: chosen.value, planned, references, setting });
  const { project, environment } = desired;
  return reportAccept({
    ...{ project, environment, sandbox: scene.connection.target.sandbox, options },
    chosen: chosen.value,
    edited: edited.value,
    interrupted: context.signal.aborted,
    trouble,
    diagnostics: chosen.diagnostics,
  });
}

/** From half a reading nothing is accepted. */
function notSeen(whole: PlanDocument, options: AcceptOptions): AcceptResult {
  const document: PlanDocument = { ...whole, exitCode: exitCodes.error };
  const extras = { unmanagedCounts: false, flags: repeatedFlags(options) };
  return {
    exitCode: exitCodes.error,
    document,
    stream: "stdout",
    render: (look) => renderDrift(document, look, extras),
  };
}

/** The configuration as it would be; the one that the plan was made from, edited. */
async function edit({ entries }: Choices, { scene, options, context }: Setting<AcceptOptions>) {
  const edits = entries.flatMap(({ acceptance: { address, edits: found } }) =>
    found.map(({ field, value }): ConfigEdit => ({ address, field, value })),
  );
  const edited = await editConfig({
    path: options.config,
    files: rawFiles(context.cwd, context.readStdin),
    variables: context.env,
    ...(options.env === undefined ? {} : { environment: options.env }),
    edits,
  });
  if (!edited.ok || meansTheSame(edited.value.before, scene.project.desired)) return edited;
  return { ok: false, diagnostics: [changedMeanwhile] } as const;
}

/** Files first, then the lockfile: after a crash in between, the next plan shows nothing, or only baselines. */
async function write(
  edited: EditedConfig,
  {
    chosen,
    planned,
    references,
    setting: { scene, context },
  }: { chosen: Choices; planned: Planned; references: References; setting: Setting<AcceptOptions> },
): Promise<{ files?: Diagnostic; lockfile?: Diagnostic }> {
  if (edited.made.length === 0) return {};
  const changes = [...edited.files].map(([path, texts]) => ({ path, ...texts }));
  const { directory, lockfile } = scene.project;
  const files = await writeTexts(changes, { cwd: context.cwd, directory });
  if (files !== undefined) return { files };
  const records = chosen.entries.flatMap((choice) => recordOf(choice, { edited, references }));
  const failed = await saveBaselines(lockfile, { opened: planned.opened, records });
  return failed === undefined ? {} : { lockfile: failed };
}

function recordOf(
  { decision }: Choice,
  { edited, references }: { edited: EditedConfig; references: References },
): JournalRecord[] {
  const { address, definition } = decision.pair;
  const desired = edited.desired.entries.get(address);
  const fields = edited.made.flatMap(({ edit: one }) => (one.address === address ? [one.field] : []));
  if (desired === undefined || fields.length === 0) return [];
  const wanted = mapReferences(definition, desired.values, references.idOf);
  const record = recordAccepted(decision, { desired, wanted, fields });
  return record === undefined ? [] : [{ type: "entry", ...record }];
}

const fromStdin: Diagnostic = {
  code: "GS7010",
  severity: "error",
  summary: "A configuration from standard input cannot be edited",
  detail: "What is accepted is written into the file that holds the entry, and there is none.",
  remedy: "Name the file with --config FILE.",
};
