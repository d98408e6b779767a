import type { Diagnostic } from "../../diagnostics/index.js";
import type { PlanGuard } from "../../state/plan-document.js";
import { type Allowance, type GuardId, guardIds } from "../../state/policy.js";
import { checkAllowances, lets, standsFor } from "./allowances.js";
import type { Review, Trip } from "./guard.js";
import { guards } from "./index.js";
import { describePolicy } from "./policy-words.js";

export interface Judgement {
  /** Tripped first, then in the order of the guards, then by address. */
  readonly guards: readonly PlanGuard[];
  readonly diagnostics: readonly Diagnostic[];
  /** Allowances in force and thresholds looser than the defaults, in words: the head of every plan. */
  readonly policy: readonly string[];
}

/** Runs all guards and judges their trips against the allowances of the policy and of `--allow` (`flags`). */
export function judge(review: Review, flags: readonly Allowance[]): Judgement {
  const { valid, diagnostics } = checkAllowances([...review.policy.allow, ...flags], review);
  const trips = guardIds.flatMap((guard) => guards[guard](review).map((trip) => ({ guard, trip })));
  const judged = trips.map(({ guard, trip }) => judgeTrip(guard, trip, valid));
  const idle = unneeded(valid, { trips, review });
  return {
    guards: judged.sort(byState),
    diagnostics: [...diagnostics, ...idle],
    policy: describePolicy(review.policy, valid),
  };
}

function judgeTrip(guard: GuardId, trip: Trip, allowances: readonly Allowance[]): PlanGuard {
  const named = allowances.filter((allowance) => standsFor(allowance, { guard, trip }));
  const allowed = named.some((allowance) => lets(allowance, { guard, trip }));
  const others = [...new Set(named.flatMap(({ value }) => value ?? []))].sort();
  const aside = others.length === 0 ? "" : ` What is allowed is another value: ${others.join(", ")}.`;
  return {
    id: guard,
    address: trip.address,
    state: allowed ? "allowed" : "tripped",
    message: allowed ? trip.message : `${trip.message}${aside}`,
    allowWith: `${guard}:${trip.address}=${trip.value}`,
    ...(trip.write === undefined ? {} : { write: [...trip.write] }),
  };
}

/** Tripped first, then in the order of the guards, then by address. */
function byState(a: PlanGuard, b: PlanGuard): number {
  const order: readonly string[] = guardIds;
  const rank = ({ id }: PlanGuard) => order.indexOf(id);
  if (a.state !== b.state) return a.state === "tripped" ? -1 : 1;
  return rank(a) - rank(b) || compare(a.address, b.address) || compare(a.allowWith, b.allowWith);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Allowances without a trip. Where only a part was looked at, what the policy allows may be needed elsewhere. */
function unneeded(
  allowances: readonly Allowance[],
  { trips, review }: { trips: readonly { guard: GuardId; trip: Trip }[]; review: Review },
): readonly Diagnostic[] {
  const inPart = review.partial || [...review.observed.kinds.values()].some(({ complete }) => !complete);
  return allowances
    .filter(({ origin }) => !(inPart && origin === "policy"))
    .filter((allowance) => !trips.some((one) => lets(allowance, one)))
    .map((allowance) => sayUnneeded(allowance, trips.find((one) => standsFor(allowance, one))?.trip));
}

function sayUnneeded(allowance: Allowance, other: Trip | undefined): Diagnostic {
  const { guard, address, value = "", source } = allowance;
  const named = `${guard}:${address}`;
  return {
    code: "GS4101",
    severity: "warning",
    ...(other === undefined
      ? {
          summary: `The allowance \`${named}\` lets through what nothing stops`,
          detail: "The guard does not trip there (any more).",
          remedy: "Remove it, so that it cannot let through something else one day.",
        }
      : {
          summary: `The allowance \`${named}\` is for another value, and lets nothing through`,
          detail: `It allows \`${value}\`; the plan would need \`${other.value}\`.`,
          remedy: "Write the value that the plan needs, if that is meant; otherwise remove the allowance.",
        }),
    ...(source === undefined ? {} : { source }),
  };
}
