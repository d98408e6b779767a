import type { Diagnostic, Result } from "../../diagnostics/index.js";
import type { GuardTrial } from "../../state/doctor-document.js";
import type { PlanGuard } from "../../state/plan-document.js";
import type { GuardId } from "../../state/policy.js";
import type { CommandContext } from "../context.js";
import { type Tried, tryApply } from "./rehearsal.js";
import type { Situation } from "./situations.js";
import { openStage, type Stage } from "./stage.js";

/** Makes a situation on an account of its own, and sees whether the guard stops the apply. */
export async function tryGuard(
  id: GuardId,
  { built, situation, note }: { built: Stage; situation: Situation; note: string | undefined },
  context: CommandContext,
): Promise<GuardTrial> {
  const stage = await again(built, situation.desired);
  situation.outside?.(stage.sandbox.dashboard);
  const tried = await tryApply(stage, context);
  const notes = [situation.note, note].filter((one) => one !== undefined);
  return {
    id,
    how: situation.how,
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    ...judge(tried, { id, address: situation.address }),
  };
}

/** The account as it was built, under a configuration that somebody has edited since. */
export function again({ sandbox, lockfile }: Stage, desired: Stage["desired"]): Promise<Stage> {
  return openStage(desired, { lockfile, seed: sandbox.snapshot() });
}

type Verdict = Pick<GuardTrial, "tripped" | "message" | "allowWith" | "writes">;

function judge(tried: Result<Tried>, wanted: { id: GuardId; address: string }): Verdict {
  if (!tried.ok) return { ...silent, message: `It could not be tried. ${sayAll(tried.diagnostics)}` };
  const { plan, refused, writes } = tried.value;
  const found = plan.document.guards.find(
    ({ id, address }) => id === wanted.id && address === wanted.address,
  );
  if (found?.state === "tripped" && refused && writes === 0) {
    return { tripped: true, message: found.message, allowWith: found.allowWith, writes };
  }
  return { ...silent, message: sayFailure(found, tried.value), writes };
}

const silent = { tripped: false, allowWith: "", writes: 0 } as const;

function sayFailure(found: PlanGuard | undefined, { refused, writes }: Tried): string {
  if (found?.state === "allowed") return `\`policy.allow\` lets exactly this through: ${found.allowWith}`;
  const end = refused
    ? "something else refused the apply"
    : `the apply went on, with ${writes} ${writes === 1 ? "write" : "writes"}`;
  return found === undefined ? `It did not trip: ${end}.` : `It tripped, but ${end}.`;
}

/** Diagnostics in one line. */
export function sayAll(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ summary, detail }) => (detail ? `${summary}: ${detail}` : summary)).join(" ");
}
