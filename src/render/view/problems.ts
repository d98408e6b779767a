import type { Diagnostic } from "../../diagnostics/index.js";
import { toPlanDiagnostic } from "../../state/plan-diagnostic.js";
import type { ProblemsSubject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import { sortDiagnostics } from "./plan.js";
import { count } from "./words.js";

/** `2 errors, 1 warning`; `no problems`. */
export function countProblems(diagnostics: readonly Pick<Diagnostic, "severity">[]): string {
  const counts = (["error", "warning", "note"] as const)
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, number]) => number > 0);
  return counts.length === 0
    ? "no problems"
    : counts.map(([severity, number]) => count(number, severity)).join(", ");
}

/** What a page says of a command that came to nothing but diagnostics. */
export function viewProblems(subject: ProblemsSubject) {
  const { diagnostics, command, exitCode } = redactDeep(subject);
  const isCalm = exitCode === 0;
  const title =
    command === "validate"
      ? isCalm
        ? "The configuration is valid"
        : "The configuration is not valid"
      : `No ${command}`;
  return {
    title,
    isCalm,
    counts: countProblems(diagnostics),
    diagnostics: sortDiagnostics(diagnostics.map(toPlanDiagnostic)),
  };
}
