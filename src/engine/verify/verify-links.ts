import type { Call, Outcome } from "../../state/call.js";
import type { PayerSight } from "../../state/payer-page.js";
import { PATIENCE_MS } from "../apply/patience.js";
import type { AppliedLink, Surroundings } from "./applied-link.js";
import { comparePage } from "./compare-page.js";
import type { Verdict } from "./verdict.js";

/** What verifying asks of its shell: some looks, side by side, or some time. */
export type VerifyStep =
  | { readonly do: "look"; readonly calls: readonly Call<"paymentLink.detail">[] }
  | { readonly do: "wait"; readonly waitMs: number };

/** How an outcome of the payers' host is to be read. */
export type ReadSight = (outcome: Outcome) => PayerSight;

/**
 * Looks at the page of each link, and again at those that do not agree: payers may see a write later than the
 * merchant does. Bounded like the looks after a write. Pure: the shell makes the looks and lets the time pass.
 */
export function* verifyLinks(
  links: readonly AppliedLink[],
  { around, readSight }: { around: Surroundings; readSight: ReadSight },
): Generator<VerifyStep, ReadonlyMap<AppliedLink, Verdict>, readonly Outcome[]> {
  const verdicts = new Map<AppliedLink, Verdict>();
  let left = links;
  for (const waitMs of PATIENCE_MS) {
    if (left.length === 0) break;
    if (waitMs > 0) yield { do: "wait", waitMs };
    const calls = left.map(({ id }) => ({ method: "paymentLink.detail" as const, args: [id] }));
    const outcomes = yield { do: "look", calls };
    for (const [index, link] of left.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) verdicts.set(link, comparePage(link, readSight(outcome), around));
    }
    left = left.filter((link) => verdicts.get(link)?.state !== "agrees");
  }
  return verdicts;
}
