import type { Subject } from "../subject.js";
import { type Finding, viewFindings } from "../view/findings.js";
import { workflowCommand } from "./workflow-command.js";

/** GitHub shows so many of each level a step, and silently drops the rest. */
const MOST = 10;

/**
 * Lines for the log of a workflow that GitHub shows at the lines of the configuration: worst first, at most ten of a
 * level, the last one saying how many there are besides. `locate` gives a file's path in the repository.
 */
export function renderAnnotations(
  subject: Subject,
  { locate }: { readonly locate: (file: string) => string | undefined },
): string {
  const findings = viewFindings(subject);
  const levels: readonly Finding["level"][] = ["error", "warning", "notice"];
  return levels
    .flatMap((level) => shown(findings.filter((finding) => finding.level === level)))
    .map((finding) => `${annotation(finding, locate)}\n`)
    .join("");
}

function shown(findings: readonly Finding[]): readonly Finding[] {
  const more = findings.length - MOST;
  if (more <= 0) return findings;
  const first = findings.slice(0, MOST);
  return first.map((finding, index) =>
    index === MOST - 1
      ? {
          ...finding,
          title: `${finding.title} (+${more} more)`,
          message: [...finding.message, `+${more} more; the step summary has all of them.`],
        }
      : finding,
  );
}

function annotation(finding: Finding, locate: (file: string) => string | undefined): string {
  const { level, title, message, source } = finding;
  const file = source === undefined ? undefined : locate(source.file);
  const place =
    source === undefined || file === undefined
      ? {}
      : { file, line: source.line, col: source.column, endColumn: source.endColumn };
  return workflowCommand(level, { ...place, title }, message);
}
