import type { PlanDrift } from "../../state/plan-document.js";

/** Whether drift is news to anybody: what `ignoreChanges` hands to the dashboard may change there. */
export function isUnexpected({ fields }: PlanDrift): boolean {
  return fields.some(({ ignored }) => ignored !== true);
}
