import { basename } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { bind } from "../engine/bind.js";
import { readLists } from "../engine/observe.js";
import { makePlan, type Plan, type PlanInput } from "../engine/plan.js";
import type { Reader } from "../engine/reader.js";
import { type Survey, survey } from "../engine/survey.js";
import { provider } from "../resources/provider.js";
import { type Address, parseAddress } from "../state/address.js";
import type { Desired } from "../state/desired.js";
import { toPlanDiagnostic } from "../state/plan-diagnostic.js";
import type { Allowance } from "../state/policy.js";
import { type CommandContext, exitCodes, isStop, type Stop, stop } from "./context.js";
import { leaveOutImports } from "./embedded-sandbox.js";
import { writeCommand } from "./flags.js";
import { findLeaks, type HoldsKey } from "./leaks.js";
import { letOthersRun } from "./let-others-run.js";
import type { Project } from "./project.js";
import { whileReading } from "./reading-progress.js";
import { runReader } from "./run-reader.js";
import type { Scene } from "./scene.js";
import { readForeignIds } from "./state-files/foreign-ids.js";
import { journalPath } from "./state-files/journal-file.js";
import { isLockedElsewhere } from "./state-files/lock.js";
import type { FoundLockfile, OpenedLockfile } from "./state-files/lockfile-store.js";
import { findOwnLockfile } from "./state-files/own-lockfile.js";

export interface PlanningOptions {
  readonly command: string;
  readonly refresh: "auto" | "full";
  readonly targets: readonly string[];
  readonly allowances: readonly Allowance[];
}

/** A plan together with what it was made from. */
export interface Planned {
  readonly plan: Plan;
  readonly opened: OpenedLockfile;
  /** What the plan was computed from. */
  readonly input: PlanInput;
}

/**
 * Reads lockfile and account and computes the plan: the one way to a plan, for every command.
 * Exit 1 where there can be none: a lockfile that is not ours or not whole, another merchant's key, accounts that
 * cannot be read or resolved.
 */
export async function planProject(
  scene: Scene,
  options: PlanningOptions,
  context: CommandContext,
): Promise<Planned | Stop> {
  const planned = await computePlan(scene, options, context);
  const { mask } = scene.connection;
  if (isStop(planned)) return { ...planned, diagnostics: mask(planned.diagnostics) };
  return { ...planned, plan: { ...planned.plan, document: mask(planned.plan.document) } };
}

async function computePlan(
  scene: Scene,
  options: PlanningOptions,
  context: CommandContext,
): Promise<Planned | Stop> {
  const { project, connection } = scene;
  const gathered = await gather(scene, options, context);
  if (isStop(gathered)) return gathered;
  const { base, opened, seen, said } = gathered;
  const input: PlanInput = {
    ...base,
    kinds: provider.kinds,
    observed: seen.observed,
    accounts: seen.accounts,
    allowances: options.allowances,
    target: connection.target,
    origin: connection.api.origin,
    tool: { name: "gstable-sync", version: context.version },
    command: options.command,
    apiCalls: connection.api.stats.calls,
    diagnostics: said,
    tell: (one) => toPlanDiagnostic(writeCommand(one, project.options)),
  };
  return { plan: makePlan(input, seen.decided), opened, input };
}

/** What is known without the account: the configuration and the lockfiles, joined. */
interface Known {
  readonly base: Pick<PlanInput, "desired" | "lockfile" | "bindings" | "foreignIds" | "targets">;
  readonly opened: OpenedLockfile;
  readonly said: readonly Diagnostic[];
}

/**
 * Everything that a plan is made from. Nothing is asked before configuration and key are known to be good and the
 * lockfile to be the project's at this API; what else may be wrong with the lockfile is looked for while the answers
 * are on their way.
 */
async function gather(
  { project, connection }: Scene,
  options: PlanningOptions,
  context: CommandContext,
): Promise<(Known & { readonly seen: Survey }) | Stop> {
  const { desired, diagnostics: leftOut } = leaveOutImports(project.desired, connection);
  const at = { origin: connection.api.origin, cwd: context.cwd };
  const found = await findOwnLockfile(project, at);
  if (!found.ok) return stop(exitCodes.error, found.diagnostics);
  return whileReading(context, async (progress) => {
    const read = <T>(reader: Reader<T>) => runReader(reader, connection.api, progress);
    const { addresses } = found.value;
    const listing = addresses === undefined ? undefined : read(readLists(provider, addresses));
    // Where the lockfile turns out to be bad nobody waits for it: it ends with the connection, whichever way.
    listing?.catch(() => {});
    const { holdsKey } = connection;
    const known = await join(found.value, { desired, project, options, holdsKey, cwd: context.cwd });
    if (isStop(known)) return known;
    const { base, opened } = known;
    await letOthersRun();
    const remarks = project.remarks();
    const seen = await read(survey({ ...base, provider, refresh: options.refresh, lists: await listing }));
    const before = [...remarks, ...connection.diagnostics, ...leftOut, ...known.said];
    const said = [...before, ...seen.diagnostics];
    return seen.ok ? { base, opened, said, seen: seen.value } : stop(exitCodes.error, said);
  });
}

interface JoinRequest {
  readonly desired: Desired;
  readonly project: Pick<Project, "lockfile" | "otherLockfiles">;
  readonly options: Pick<PlanningOptions, "targets">;
  readonly holdsKey: HoldsKey;
  readonly cwd: string;
}

/** Checks the lockfiles and joins them with the configuration, in steps between which what has arrived is taken in. */
async function join(
  found: FoundLockfile,
  { desired, project, options, holdsKey, cwd }: JoinRequest,
): Promise<Known | Stop> {
  // A socket is opened in the first, and used in the second.
  await letOthersRun();
  await letOthersRun();
  const leaks = findLeaks(desired, holdsKey);
  if (leaks.length > 0) return stop(exitCodes.error, leaks);
  await letOthersRun();
  const opened = await found.check(letOthersRun);
  if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
  await letOthersRun();
  const { lockfile } = opened.value;
  const foreign = await readForeignIds(project.otherLockfiles, cwd);
  if (!foreign.ok) return stop(exitCodes.error, foreign.diagnostics);
  const bound = bind({ desired, lockfile, kinds: provider.kinds, foreignIds: foreign.value });
  if (!bound.ok) return stop(exitCodes.error, bound.diagnostics);
  const left = opened.value.interrupted ? [await sayJournal(project.lockfile)] : [];
  return {
    base: {
      desired,
      lockfile,
      bindings: bound.value,
      foreignIds: foreign.value,
      // What is named twice is one target: the same plan has one hash.
      targets: [...new Set(options.targets.map((one) => parseAddress(one)?.address ?? (one as Address)))],
    },
    opened: opened.value,
    said: [...left, ...bound.diagnostics],
  };
}

/** A journal is what an interrupted run left, unless the run is still at work. */
async function sayJournal(lockfile: string): Promise<Diagnostic> {
  if (await isLockedElsewhere(lockfile)) {
    return {
      code: "GS3016",
      severity: "note",
      summary: "Another run is applying at this moment: what it has done so far is taken into account",
      detail: "What is shown here may be done a moment later.",
      remedy: "Run the command again when the other run is over.",
    };
  }
  return {
    code: "GS3015",
    severity: "note",
    summary: "An earlier run was interrupted: what its journal holds is taken into account",
    detail: `${basename(journalPath(lockfile))} has ids and values that the lockfile lacks; the next apply folds them in.`,
  };
}
