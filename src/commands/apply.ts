import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { describeDiagnostic } from "../engine/describe.js";
import type { Plan } from "../engine/plan.js";
import { renderApply, renderDiagnostics, renderPlan } from "../render/index.js";
import type { ApplyDocument } from "../state/apply-document.js";
import { type PlanDocument, planDocumentSchema } from "../state/plan-document.js";
import { type Account, openAccount } from "./account.js";
import { parseAllowances } from "./allowances.js";
import { type Applied, runApply } from "./applying.js";
import { type CommandContext, type CommandResult, exitCodes, isStop, type Stop, stop } from "./context.js";
import { repeatedFlags } from "./flags.js";
import { acquireLock } from "./lock.js";
import type { PlanOptions } from "./plan.js";
import { type Planned, planProject } from "./planning.js";
import { openProject, type Project } from "./project.js";
import { stopped } from "./result.js";

export interface ApplyOptions extends Omit<PlanOptions, "detailedExitcode" | "out"> {
  readonly autoApprove?: boolean;
  /** The file of a reviewed plan; only its hashes count. */
  readonly plan?: string;
  readonly planHash?: string;
}

/** How long the API may still carry out what it did not answer, by default. */
const DEFAULT_SETTLE_MS = 10_000;
/** Changes under way at a time; the API port bounds the requests itself. */
const DEFAULT_WRITES = 4;
/** An answer that took longer is an answer to an old question. */
const FRESH_MS = 60_000;

/** Makes the account what the configuration says: plan, review, write, read back. */
export async function apply(options: ApplyOptions, context: CommandContext): Promise<CommandResult> {
  const allowances = parseAllowances(options.allow ?? []);
  if (!allowances.ok) return stopped("apply", stop(exitCodes.error, allowances.diagnostics));
  const project = await openProject(options, context);
  if (isStop(project)) return stopped("apply", project);
  const account = await openAccount({ project, access: "write" }, options, context);
  if (isStop(account)) return stopped("apply", account);
  try {
    const lock = await acquireLock(project.lockfile);
    if (isStop(lock)) return stopped("apply", lock);
    try {
      return await applyLocked({ project, account, allowances: allowances.value }, options, context);
    } finally {
      await lock.release();
    }
  } finally {
    await account.close();
  }
}

interface Scene {
  readonly project: Project;
  readonly account: Account;
  readonly allowances: Parameters<typeof planProject>[1]["allowances"];
}

async function applyLocked(
  scene: Scene,
  options: ApplyOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const makePlan = () =>
    planProject(scene, {
      command: "apply",
      version: context.version,
      refresh: options.refresh ?? "auto",
      targets: options.target ?? [],
      allowances: scene.allowances,
    });
  let planned = await makePlan();
  if (isStop(planned)) return stopped("apply", planned);
  let refusal = await refuse(planned.plan, options, context);
  const isInteractive = refusal === undefined && planned.plan.work.length > 0 && !isApproved(options);
  if (isInteractive) {
    const askedAt = Date.now();
    refusal = await ask(planned.plan, options, context);
    if (refusal === undefined && Date.now() - askedAt > FRESH_MS) {
      const again = await makePlan();
      if (isStop(again)) return stopped("apply", again);
      if (again.plan.document.hash !== planned.plan.document.hash) refusal = movedMeanwhile();
      planned = again;
    }
  }
  if (refusal !== undefined) return report({ planned, options, account: scene.account, refusal });
  const applied = await runApply({
    planned,
    api: scene.account.api,
    lockfilePath: scene.project.lockfile,
    settleMs: options.settleMs ?? DEFAULT_SETTLE_MS,
    parallelism: options.parallelism ?? DEFAULT_WRITES,
    context,
  });
  return report({ planned, options, account: scene.account, applied, interrupted: context.signal.aborted });
}

function isApproved(options: ApplyOptions): boolean {
  return options.autoApprove === true || options.plan !== undefined || options.planHash !== undefined;
}

/** The phases before the first write, in the contract's order: what is not readable, stale, refused, or not approved. */
async function refuse(plan: Plan, options: ApplyOptions, context: CommandContext): Promise<Stop | undefined> {
  if (plan.failed) return stop(exitCodes.error, []);
  const unreviewed = await checkReview(plan.document, options, context);
  if (unreviewed !== undefined) return unreviewed;
  if (plan.refused) return stop(exitCodes.refused, [tripped(plan.document)]);
  if (plan.work.length > 0 && !isApproved(options) && context.ask === undefined) {
    return stop(exitCodes.refused, [notApproved]);
  }
  return undefined;
}

async function checkReview(
  document: PlanDocument,
  options: ApplyOptions,
  context: CommandContext,
): Promise<Stop | undefined> {
  if (options.planHash !== undefined && options.planHash !== document.hash) {
    return document.changes.length === 0 ? undefined : stop(exitCodes.stale, [movedOn(document, [])]);
  }
  if (options.plan === undefined) return undefined;
  const reviewed = await readReviewed(resolve(context.cwd, options.plan));
  if ("code" in reviewed) return stop(exitCodes.error, [reviewed]);
  if (reviewed.hash === document.hash) return undefined;
  const seen = new Set(reviewed.changes.map(({ hash }) => hash));
  const unseen = document.changes.filter(({ hash }) => !seen.has(hash)).map(({ address }) => address);
  const sameTarget = reviewed.project === document.project && reviewed.environment === document.environment;
  // What is left of a reviewed plan after a run that stopped half-way still counts as reviewed.
  return sameTarget && unseen.length === 0 ? undefined : stop(exitCodes.stale, [movedOn(document, unseen)]);
}

/** A plan file shows what somebody saw: only its hashes are looked at. */
async function readReviewed(path: string): Promise<PlanDocument | Diagnostic> {
  try {
    const parsed = planDocumentSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (parsed.success) return parsed.data;
  } catch {
    // Falls through: unreadable and no JSON are the same to the user.
  }
  return {
    code: "GS4305",
    severity: "error",
    summary: `The reviewed plan ${path} cannot be read`,
    detail: "It is missing, or no plan that gstable-sync wrote.",
    remedy: "Write one with:\n  gstable-sync plan --out FILE",
  };
}

async function ask(plan: Plan, options: ApplyOptions, context: CommandContext): Promise<Stop | undefined> {
  context.progress(renderPlan(plan.document, context.look, { flags: repeatedFlags(options) }));
  const answer = await context.ask?.('Apply this plan to the live account? Only "yes" is taken for yes: ');
  return answer?.trim() === "yes" ? undefined : stop(exitCodes.refused, [declined]);
}

const notApproved: Diagnostic = {
  code: "GS4301",
  severity: "error",
  summary: "The plan is not approved",
  detail: "There is no terminal to ask on. Nothing was written.",
  remedy: "Apply the plan that was reviewed, by its hash:\n  gstable-sync apply --plan-hash HASH",
};

const declined: Diagnostic = {
  code: "GS4302",
  severity: "error",
  summary: "Declined: nothing was written",
};

function movedMeanwhile(): Stop {
  return stop(exitCodes.stale, [
    {
      code: "GS4304",
      severity: "error",
      summary: "The plan changed while the question was open: nothing was written",
      detail: "The answer took more than a minute, so the plan was computed again, and it is another one.",
      remedy: "Run apply again and look at the new plan.",
    },
  ]);
}

function tripped({ guards, diagnostics }: PlanDocument): Diagnostic {
  const ids = guards.filter(({ state }) => state === "tripped").map(({ id, address }) => `${id}:${address}`);
  const hurdles = diagnostics.filter(({ code, severity }) => code.startsWith("GS42") && severity === "error");
  return {
    code: "GS4303",
    severity: "error",
    summary: `Refused, nothing was written: ${[...ids, ...hurdles.map(({ code }) => code)].join(", ")}`,
    detail: "The plan above says what would happen, and what would let exactly that through.",
  };
}

function movedOn(document: PlanDocument, unseen: readonly string[]): Diagnostic {
  return {
    code: "GS4304",
    severity: "error",
    summary: "The reviewed plan is no longer the plan: nothing was written",
    detail:
      unseen.length === 0
        ? `The plan is ${document.hash} now.`
        : `These changes are not as they were reviewed: ${unseen.join(", ")}.`,
    remedy: "Review the new plan.",
  };
}

interface Report {
  readonly planned: Planned;
  readonly options: ApplyOptions;
  readonly account: Account;
  readonly refusal?: Stop;
  readonly applied?: Applied;
  readonly interrupted?: boolean;
}

function report({ planned, options, account, refusal, applied, interrupted }: Report): CommandResult {
  const { document: planDocument, work } = planned.plan;
  const done = applied?.result.done ?? [];
  const failed = applied?.result.failed ?? [];
  const notAttempted =
    applied?.result.notAttempted ??
    work.flatMap(({ number, address, decision }) =>
      decision.actions.map((action) => ({
        number,
        address,
        action,
        id: decision.pair.live?.id ?? null,
        because: "nothing was written",
      })),
    );
  const exitCode = refusal?.exitCode ?? (interrupted ? exitCodes.interrupted : exitCodeOf(applied));
  const said = [...(refusal?.diagnostics ?? []), ...(applied?.diagnostics ?? [])];
  const document: ApplyDocument = {
    formatVersion: 1,
    command: "apply",
    exitCode,
    hash: planDocument.hash,
    plan: { ...planDocument, exitCode: planned.plan.failed ? exitCodes.error : exitCodes.done },
    done,
    failed,
    notAttempted,
    summary: {
      done: done.length,
      failed: failed.length,
      notAttempted: notAttempted.length,
      apiCalls: account.api.stats.calls,
      writes: applied?.writes ?? 0,
    },
    diagnostics: [...planDocument.diagnostics, ...said.map(describeDiagnostic)],
  };
  return {
    exitCode,
    document,
    stream: "stdout",
    render: (look) => {
      const flags = repeatedFlags(options);
      if (refusal !== undefined) {
        return `${renderPlan(document.plan, look, { quiet: options.quiet === true, flags })}\n${renderDiagnostics(refusal.diagnostics, look)}`;
      }
      return renderApply(document, look, {
        quiet: options.quiet === true,
        flags,
        ...(options.plan === undefined ? {} : { planFile: options.plan }),
      });
    },
  };
}

/** Which exit code a run that wrote, or tried to, has earned. */
function exitCodeOf(applied: Applied | undefined): number {
  if (applied === undefined) return exitCodes.done;
  const { done, failed, notAttempted } = applied.result;
  const isWhole = failed.length === 0 && notAttempted.length === 0;
  if (isWhole)
    return applied.diagnostics.some(({ severity }) => severity === "error")
      ? exitCodes.partial
      : exitCodes.done;
  const nothingWritten =
    done.length === 0 && failed.every(({ error }) => ["refused", "stale"].includes(error.outcome));
  if (!nothingWritten) return exitCodes.partial;
  return failed.some(({ error }) => error.outcome === "stale") ? exitCodes.stale : exitCodes.error;
}
