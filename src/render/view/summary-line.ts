import type { ApplyDocument } from "../../state/apply-document.js";
import type { Subject } from "../subject.js";
import { risksIn } from "./change.js";
import { type PlanView, viewPlan } from "./plan.js";
import { countProblems } from "./problems.js";
import { count } from "./words.js";

/** One line of our own words: `6 changes: 1 routing, 1 price, 1 cosmetic; 41 unchanged; 2 guards to approve`. */
export function summaryLine(subject: Subject): string {
  switch (subject.is) {
    case "plan":
      return ofPlan(viewPlan(subject.document));
    case "apply":
      return ofApply(subject.document);
    case "drift": {
      const { driftKept } = viewPlan({ ...subject.document, changes: [] });
      return driftKept.length === 0 ? "no drift" : `${count(driftKept.length, "object")} changed outside`;
    }
    case "problems":
      return countProblems(subject.diagnostics);
  }
}

function ofPlan({ summary, changeCount, tripped }: PlanView): string {
  const risks = risksIn(summary).map((risk) => `${summary.risks[risk]} ${risk}`);
  const changes = `${count(changeCount, "change")}${risks.length === 0 ? "" : `: ${risks.join(", ")}`}`;
  const guards = tripped.length === 0 ? [] : [`${count(tripped.length, "guard")} to approve`];
  return [changes, `${summary.unchanged} unchanged`, `${summary.unmanaged} unmanaged`, ...guards].join("; ");
}

function ofApply({ summary }: ApplyDocument): string {
  const { done, failed, notAttempted } = summary;
  return `${done} done, ${failed} failed, ${notAttempted} not attempted`;
}
