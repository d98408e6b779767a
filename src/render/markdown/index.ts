import type { Subject } from "../subject.js";
import { markdownApply } from "./apply.js";
import { markdownDrift } from "./drift.js";
import type { Page } from "./page.js";
import { markdownPlan } from "./plan.js";
import { markdownProblems } from "./problems.js";

/** Markdown for pull requests and step summaries; strangers' texts are code spans in it, and nothing else. */
export function renderMarkdown(subject: Subject, page: Page = {}): string {
  switch (subject.is) {
    case "plan":
      return markdownPlan(subject, page);
    case "apply":
      return markdownApply(subject, page);
    case "drift":
      return markdownDrift(subject, page);
    case "problems":
      return markdownProblems(subject, page);
  }
}
