import type { PayerApi } from "../api/index.js";
import { renderPlan } from "../render/index.js";
import type { ApplyDocument } from "../state/apply-document.js";
import type { Allowance } from "../state/policy.js";
import { parseAllowances } from "./allowances.js";
import type { ApplyOptions } from "./apply/options.js";
import { type ApplyOutcome, reportApply } from "./apply/report.js";
import { runApply } from "./apply/run.js";
import { type CommandContext, type CommandResult, exitCodes, isStop, type Stop, stop } from "./context.js";
import { repeatedWords } from "./flags.js";
import { FRESH_MS } from "./fresh.js";
import { type Planned, type PlanningOptions, planProject } from "./planning.js";
import { type FailureDocument, interruptible } from "./result.js";
import { declined, isApproved, movedMeanwhile, type Reviewed, readReviewed, refuse } from "./review.js";
import { openScene, type Scene } from "./scene.js";
import { acquireLock, type Lock } from "./state-files/lock.js";
import { payersOf, verifyChanges } from "./verify/verify-changes.js";
import { WebhookKeys } from "./webhook-keys.js";
import { reported } from "./write-reports.js";

/** How long the API may still carry out what it did not answer, by default. */
const DEFAULT_SETTLE_MS = 10_000;
/** Changes under way at a time; the API port bounds the requests itself. */
const DEFAULT_WRITES = 4;

/** Makes the account what the configuration says: plan, review, write, read back. */
export function apply(
  options: ApplyOptions,
  context: CommandContext,
): Promise<CommandResult<ApplyDocument | FailureDocument>> {
  return reported({ command: "apply", options, context }, () =>
    interruptible({ command: "apply", options, context }, () => applyScene(options, context)),
  );
}

async function applyScene(
  options: ApplyOptions,
  context: CommandContext,
): Promise<CommandResult<ApplyDocument> | Stop> {
  const allowances = parseAllowances(options.allow ?? []);
  if (!allowances.ok) return stop(exitCodes.error, allowances.diagnostics);
  const reviewed = await readReviewed(options, context);
  if (isStop(reviewed)) return reviewed;
  const scene = await openScene("write", options, context);
  if (isStop(scene)) return scene;
  try {
    const keys =
      options.webhookKeys === undefined
        ? undefined
        : await WebhookKeys.open(options.webhookKeys, context.cwd);
    if (keys !== undefined && isStop(keys)) return keys;
    const payers = options.verify === true ? payersOf(scene, options, context) : undefined;
    if (payers !== undefined && isStop(payers)) return payers;
    const lock = await acquireLock(scene.project.lockfile);
    if (isStop(lock)) return lock;
    try {
      return await applyLocked(
        { ...scene, lock, allowances: allowances.value, reviewed, payers, keys },
        options,
        context,
      );
    } finally {
      await lock.release();
    }
  } finally {
    await scene.connection.close();
  }
}

interface ApplyScene extends Scene {
  readonly lock: Lock;
  readonly allowances: readonly Allowance[];
  readonly reviewed: Reviewed;
  /** With `--verify`. */
  readonly payers: PayerApi | undefined;
  /** With `--webhook-keys`. */
  readonly keys: WebhookKeys | undefined;
}

async function applyLocked(
  scene: ApplyScene,
  options: ApplyOptions,
  context: CommandContext,
): Promise<CommandResult<ApplyDocument> | Stop> {
  const planning: PlanningOptions = {
    command: "apply",
    refresh: options.refresh ?? "auto",
    targets: options.target ?? [],
    allowances: scene.allowances,
  };
  const planNow = () => planProject(scene, planning, context);
  const first = await planNow();
  if (isStop(first)) return first;
  // A plan from half a reading is none; `interruptible` says what happened.
  if (context.signal.aborted) return stop(exitCodes.error, []);
  const approved = await approve(first, { scene, planNow, options, context });
  if (isStop(approved)) return approved;
  const { planned, refusal } = approved;
  const outcome = refusal === undefined ? await carryOut(planned, { scene, options, context }) : { refusal };
  const interrupted = context.signal.aborted;
  return reportApply({ planned, options, connection: scene.connection, ...outcome, interrupted });
}

/** Writes what was approved; with `--verify`, payers' pages are looked at afterwards. */
async function carryOut(
  planned: Planned,
  { scene, options, context }: { scene: ApplyScene; options: ApplyOptions; context: CommandContext },
): Promise<Pick<ApplyOutcome, "applied" | "verification">> {
  const applied = await runApply({
    planned,
    api: scene.connection.api,
    lockfilePath: scene.project.lockfile,
    settleMs: options.settleMs ?? DEFAULT_SETTLE_MS,
    parallelism: options.parallelism ?? DEFAULT_WRITES,
    options,
    holdsKey: scene.connection.holdsKey,
    lock: scene.lock,
    keys: scene.keys,
    context,
  });
  const { payers } = scene;
  if (payers === undefined) return { applied };
  const verification = await verifyChanges(scene, { result: applied.result, payers, context });
  return { applied, verification };
}

interface Approval {
  readonly planned: Planned;
  readonly refusal: Stop | undefined;
}

/** Every phase between the plan and the first write; asks where somebody can be asked. */
async function approve(
  planned: Planned,
  {
    scene: { reviewed },
    planNow,
    options,
    context,
  }: {
    scene: ApplyScene;
    planNow: () => Promise<Planned | Stop>;
    options: ApplyOptions;
    context: CommandContext;
  },
): Promise<Approval | Stop> {
  const refusal = refuse(planned.plan, { reviewed, options, context });
  const isAsked = refusal === undefined && planned.plan.work.length > 0 && !isApproved(options);
  if (!isAsked) return { planned, refusal };
  const askedAt = Date.now();
  const shown = renderPlan(planned.plan.document, context.look, { ...repeatedWords(options), isAsked: true });
  const answer = await context.ask?.(
    `Apply this plan to the ${options.sandbox === true ? "sandbox" : "live account"}? Only "yes" is taken for yes: `,
    shown,
  );
  if (answer?.trim() !== "yes") return { planned, refusal: declined };
  if (Date.now() - askedAt <= FRESH_MS) return { planned, refusal: undefined };
  const again = await planNow();
  if (isStop(again)) return again;
  const isSame = again.plan.document.hash === planned.plan.document.hash;
  return {
    planned: again,
    refusal: isSame ? refuse(again.plan, { reviewed, options, context }) : movedMeanwhile,
  };
}
