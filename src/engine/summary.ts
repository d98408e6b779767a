import { type ChangeAction, changeActions } from "../state/action.js";
import type { PlanChange, PlanSummary } from "../state/plan-document.js";
import type { Decision } from "./decision.js";
import { type Risk, risks } from "./kind.js";

/** The counts of a plan: changes by action and by risk, and what stays as it is. */
export function summarise({
  changes,
  decisions,
  unmanaged: strangers,
  apiCalls,
}: {
  changes: readonly Pick<PlanChange, "actions" | "risks">[];
  decisions: readonly Decision[];
  unmanaged: number;
  apiCalls: number;
}): PlanSummary {
  const withAction = (action: ChangeAction) =>
    changes.filter(({ actions }) => actions.includes(action)).length;
  const withRisk = (risk: Risk) => changes.filter((change) => change.risks.includes(risk)).length;
  const unchanged = decisions.filter(
    ({ actions, retire, pair: { live, unseen } }) =>
      actions.length === 0 && !retire && !unseen && live !== undefined,
  );
  return {
    ...(Object.fromEntries(changeActions.map((action) => [action, withAction(action)])) as Record<
      ChangeAction,
      number
    >),
    unchanged: unchanged.length,
    unmanaged: strangers,
    apiCalls,
    risks: Object.fromEntries(risks.map((risk) => [risk, withRisk(risk)])) as Record<Risk, number>,
  };
}
