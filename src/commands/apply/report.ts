import type { Work } from "../../engine/work.js";
import { renderApply, renderDiagnostics, renderPlan, renderVerification } from "../../render/index.js";
import type { ApplyDocument, NotAttempted } from "../../state/apply-document.js";
import { toPlanDiagnostic } from "../../state/plan-diagnostic.js";
import type { PlanDiagnostic } from "../../state/plan-document.js";
import type { Verification } from "../../state/verify-document.js";
import type { Connection } from "../connection.js";
import { type CommandResult, exitCodes, type Stop } from "../context.js";
import { repeatedWords, writeCommands } from "../flags.js";
import type { Planned } from "../planning.js";
import { exitCodeOfVerification, sayVerification } from "../verify/say.js";
import type { ApplyOptions } from "./options.js";
import type { Applied } from "./run.js";

export interface ApplyOutcome {
  readonly planned: Planned;
  readonly options: ApplyOptions;
  readonly connection: Connection;
  /** Why nothing was tried. */
  readonly refusal?: Stop;
  readonly applied?: Applied;
  readonly verification?: Verification | undefined;
  readonly interrupted: boolean;
}

/** What an apply prints: the plan, what became of it, and the exit code that it has earned. */
export function reportApply(outcome: ApplyOutcome): CommandResult<ApplyDocument> {
  const { planned, options, refusal, verification } = outcome;
  const document = outcome.connection.mask(describe(outcome));
  return {
    exitCode: document.exitCode,
    document,
    wrote: document.summary.writes > 0,
    stream: "stdout",
    subject: {
      is: "apply",
      document,
      ...repeatedWords(options),
      approval: approvalAgain(options, document),
    },
    render: (look) => {
      const words = repeatedWords(options);
      if (refusal !== undefined) {
        const plan = renderPlan(planned.plan.document, look, { quiet: options.quiet === true, ...words });
        return `${plan}\n${renderDiagnostics(writeCommands(refusal.diagnostics, options), look)}`;
      }
      const quiet = options.quiet === true;
      const extras = { quiet, ...words, approval: approvalAgain(options, document) };
      if (verification === undefined) return renderApply(document, look, extras);
      // What it says is shown page by page.
      const verified = new Set(verificationDiagnostics(verification, options).map(({ summary }) => summary));
      const diagnostics = document.diagnostics.filter(({ summary }) => !verified.has(summary));
      const report = renderApply({ ...document, diagnostics }, look, extras);
      return `${report}\n${renderVerification(verification, look, { quiet })}`;
    },
  };
}

/** What approves the rest of this run. The hash of a plan is no longer its hash once a part of it is done. */
function approvalAgain(options: ApplyOptions, { done, hash }: ApplyDocument): readonly string[] {
  const { webhookKeys, verify } = options;
  const allowed = [
    ...(options.allow ?? []).flatMap((allowance) => ["--allow", allowance]),
    ...(webhookKeys === undefined ? [] : ["--webhook-keys", webhookKeys]),
    ...(verify === true ? ["--verify"] : []),
  ];
  if (options.plan !== undefined) return ["--plan", options.plan, ...allowed];
  if (options.autoApprove === true) return ["--auto-approve", ...allowed];
  return options.planHash !== undefined && done.length === 0 ? ["--plan-hash", hash, ...allowed] : allowed;
}

function describe(outcome: ApplyOutcome): ApplyDocument {
  const { planned, options, connection, refusal, applied, interrupted, verification } = outcome;
  const { document: plan, work, failed: unplannable } = planned.plan;
  const lists = applied?.result ?? { done: [], failed: [], notAttempted: work.flatMap(untouched) };
  const { done, failed, notAttempted } = lists;
  const said = [...(refusal?.diagnostics ?? []), ...(applied?.diagnostics ?? [])];
  return {
    formatVersion: 1,
    command: "apply",
    exitCode: interrupted ? exitCodes.interrupted : (refusal?.exitCode ?? exitCodeOf(outcome)),
    hash: plan.hash,
    plan: { ...plan, exitCode: unplannable ? exitCodes.error : exitCodes.done },
    done,
    failed,
    notAttempted,
    summary: {
      done: done.length,
      failed: failed.length,
      notAttempted: notAttempted.length,
      apiCalls: connection.api.stats.calls,
      writes: applied?.writes ?? 0,
    },
    ...(verification === undefined ? {} : { verification }),
    diagnostics: [
      ...plan.diagnostics,
      ...writeCommands(said, options).map(toPlanDiagnostic),
      ...verificationDiagnostics(verification, options),
    ],
  };
}

function untouched({ number, address, decision }: Work): readonly NotAttempted[] {
  const id = decision.pair.live?.id ?? null;
  return decision.actions.map((action) => ({
    number,
    address,
    action,
    id,
    because: "nothing was written",
  }));
}

function verificationDiagnostics(
  verification: Verification | undefined,
  options: ApplyOptions,
): readonly PlanDiagnostic[] {
  const said = verification === undefined ? [] : sayVerification(verification);
  return writeCommands(said, options).map(toPlanDiagnostic);
}

/** Which exit code a run that wrote, or tried to, has earned. Written, and not seen to agree: partial. */
function exitCodeOf({ applied, verification }: ApplyOutcome): number {
  if (applied === undefined) return exitCodes.done;
  const isVerified = verification === undefined || exitCodeOfVerification(verification) === exitCodes.done;
  const exitCode = exitCodeOfWrites(applied);
  return isVerified || exitCode !== exitCodes.done ? exitCode : exitCodes.partial;
}

function exitCodeOfWrites(applied: Applied): number {
  const { done, failed, notAttempted } = applied.result;
  const isWhole = failed.length === 0 && notAttempted.length === 0;
  const isTrouble = applied.diagnostics.some(({ severity }) => severity === "error");
  if (isWhole && !isTrouble) return exitCodes.done;
  const nothingWritten =
    applied.writes === 0 ||
    (done.length === 0 && failed.every(({ error }) => ["refused", "stale"].includes(error.outcome)));
  if (!nothingWritten) return exitCodes.partial;
  return failed.some(({ error }) => error.outcome === "stale") ? exitCodes.stale : exitCodes.error;
}
