import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Plan } from "../engine/plan.js";
import type { PlanDocument } from "../state/plan-document.js";
import { readUrl } from "../state/read-url.js";
import type { ApplyOptions } from "./apply/options.js";
import { type CommandContext, exitCodes, type Stop, stop } from "./context.js";

/** What somebody reviewed: a plan, or no more than its hash. */
export interface Reviewed {
  readonly document: PlanDocument | undefined;
  readonly hash: string | undefined;
}

/** Whether nobody has to be asked any more. */
export function isApproved(options: ApplyOptions): boolean {
  return options.autoApprove === true || options.plan !== undefined || options.planHash !== undefined;
}

/** A plan file shows what somebody saw: only its hashes are looked at. Exit 1 where it is none. */
export async function readReviewed(options: ApplyOptions, context: CommandContext): Promise<Reviewed | Stop> {
  if (options.plan === undefined) return { document: undefined, hash: options.planHash };
  const path = resolve(context.cwd, options.plan);
  try {
    const { planDocumentSchema } = await import("../state/plan-document.js");
    const parsed = planDocumentSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (parsed.success) return { document: parsed.data, hash: options.planHash };
  } catch {
    // Falls through: unreadable and no JSON are the same to the user.
  }
  return stop(exitCodes.error, [noPlan(options.plan)]);
}

/** The phases before the first write, in the contract's order: what is not readable, stale, refused, or not approved. */
export function refuse(
  plan: Plan,
  { reviewed, options, context }: { reviewed: Reviewed; options: ApplyOptions; context: CommandContext },
): Stop | undefined {
  if (plan.failed) return stop(exitCodes.error, []);
  const unreviewed = checkReview(plan.document, reviewed);
  if (unreviewed !== undefined) return unreviewed;
  if (plan.refused) return stop(exitCodes.refused, [tripped(plan.document)]);
  if (plan.work.length > 0 && !isApproved(options) && context.ask === undefined) {
    return stop(exitCodes.refused, [notApproved(plan.document, options)]);
  }
  return undefined;
}

function checkReview(document: PlanDocument, reviewed: Reviewed): Stop | undefined {
  if (document.changes.length === 0) return undefined;
  if (reviewed.hash !== undefined && reviewed.hash !== document.hash) {
    return stop(exitCodes.stale, [movedOn(document, [])]);
  }
  const file = reviewed.document;
  if (file === undefined || file.hash === document.hash) return undefined;
  const seen = new Set(file.changes.map(({ hash }) => hash));
  const unseen = document.changes.filter(({ hash }) => !seen.has(hash)).map(({ address }) => address);
  // What is left of a reviewed plan after a run that stopped half-way still counts as reviewed.
  return isSameTarget(file, document) && unseen.length === 0
    ? undefined
    : stop(exitCodes.stale, [movedOn(document, unseen)]);
}

/** The hash of a change does not say where it goes, nor to which address an account pays: that of the plan does. */
function isSameTarget(seen: PlanDocument, now: PlanDocument): boolean {
  const payouts = new Map(seen.target.accounts.map(({ id, address }) => [id, address]));
  return (
    seen.project === now.project &&
    seen.environment === now.environment &&
    originOf(seen) === originOf(now) &&
    now.target.accounts.every(({ id, address }) => (payouts.get(id) ?? address) === address)
  );
}

const originOf = ({ target: { baseUrl } }: PlanDocument) => readUrl(baseUrl)?.origin ?? baseUrl;

/** The answer to the question was no, or none. */
export const declined: Stop = stop(exitCodes.refused, [
  { code: "GS4302", severity: "error", summary: "Declined: nothing was written" },
]);

/** Between question and answer the plan became another one. */
export const movedMeanwhile: Stop = stop(exitCodes.stale, [
  {
    code: "GS4304",
    severity: "error",
    summary: "The plan changed while the question was open: nothing was written",
    detail: "The answer took more than a minute, so the plan was computed again, and it is another one.",
    remedy: "Run apply again and look at the new plan.",
  },
]);

function notApproved({ hash }: PlanDocument, { allow = [] }: ApplyOptions): Diagnostic {
  const allowed = allow.flatMap((allowance) => ["--allow", allowance]);
  return {
    code: "GS4301",
    severity: "error",
    summary: "The plan is not approved",
    detail: "There is no terminal to ask on. Nothing was written.",
    remedy: "Once this plan is reviewed, apply it by its hash:",
    command: ["apply", "--plan-hash", hash, ...allowed],
  };
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

function noPlan(path: string): Diagnostic {
  return {
    code: "GS4305",
    severity: "error",
    summary: `The reviewed plan ${path} cannot be read`,
    detail: "It is missing, or no plan that gstable-sync wrote.",
    remedy: "Write one with:",
    command: ["plan", "--out", path],
  };
}
