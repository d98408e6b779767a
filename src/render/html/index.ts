import type { Subject } from "../subject.js";
import { htmlApply } from "./apply.js";
import { htmlDrift } from "./drift.js";
import { htmlPlan } from "./plan.js";
import { htmlProblems } from "./problems.js";

/** A report as one static file. */
export function renderHtml(subject: Subject): string {
  switch (subject.is) {
    case "plan":
      return htmlPlan(subject);
    case "apply":
      return htmlApply(subject);
    case "drift":
      return htmlDrift(subject);
    case "problems":
      return htmlProblems(subject);
  }
}
