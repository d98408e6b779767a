import type { Subject } from "../subject.js";
import { viewPlan } from "../view/plan.js";
import { summaryLine } from "../view/summary-line.js";

export interface OutputFacts {
  readonly exitCode: number;
  /** Nobody can guess it, so no value can end itself early and set another output. */
  readonly delimiter: string;
  /** Where the comment for the pull request was written, if it was. */
  readonly commentFile?: string;
}

/** What later steps of a workflow read, for the file that GITHUB_OUTPUT names. */
export function renderOutputs(subject: Subject, { exitCode, delimiter, commentFile }: OutputFacts): string {
  const values = {
    "exit-code": String(exitCode),
    ...valuesOf(subject),
    summary: summaryLine(subject),
    ...(commentFile === undefined ? {} : { "comment-file": commentFile }),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join("");
}

function valuesOf(subject: Subject): Readonly<Record<string, string>> {
  switch (subject.is) {
    case "plan": {
      const { hash, changeCount, tripped } = viewPlan(subject.document);
      return {
        hash,
        "has-changes": String(changeCount > 0),
        changes: String(changeCount),
        "tripped-guards": String(tripped.length),
      };
    }
    case "apply": {
      const { hash, summary } = subject.document;
      return {
        hash,
        "has-changes": String(summary.done + summary.failed + summary.notAttempted > 0),
        done: String(summary.done),
        failed: String(summary.failed),
        "not-attempted": String(summary.notAttempted),
      };
    }
    case "drift": {
      const { driftKept } = viewPlan({ ...subject.document, changes: [] });
      return { "has-changes": String(driftKept.length > 0), changes: String(driftKept.length) };
    }
    case "problems":
      return {};
  }
}
