import type { Subject } from "../subject.js";
import { safeText } from "../terminal-text.js";
import { type Finding, viewFindings } from "../view/findings.js";

export interface CodeQualityFacts {
  /** A file's path in the repository. */
  readonly locate: (file: string) => string | undefined;
  /** Where something belongs that has no line of its own. */
  readonly fallback: string;
  /** A short name of a text: the same for the same text, another one for another. */
  readonly fingerprint: (text: string) => string;
}

/**
 * GitLab's code quality report (`artifacts:reports:codequality`): guards, diagnostics, drift and failed actions at
 * their lines. Ordinary changes are no fault, and not in it. A finding that only moves keeps its fingerprint.
 */
export function renderCodeQuality(subject: Subject, facts: CodeQualityFacts): string {
  const seen = new Map<string, number>();
  const entries = viewFindings(subject)
    .filter(({ about }) => about !== "change")
    .map((finding) => {
      const path = pathOf(finding, facts);
      const key = [path, finding.rule, finding.title].join("\n");
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      return {
        description: safeText([finding.title, ...finding.message].join(" ").slice(0, 1_000)),
        check_name: safeText(`gstable-sync/${finding.rule}`),
        fingerprint: facts.fingerprint(before === 0 ? key : `${key}\n${before}`),
        severity: severityOf(finding),
        location: { path, lines: { begin: finding.source?.line ?? 1 } },
      };
    });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function pathOf({ source }: Finding, { locate, fallback }: CodeQualityFacts): string {
  return safeText((source === undefined ? undefined : locate(source.file)) ?? fallback);
}

function severityOf({ level, about }: Finding): "blocker" | "critical" | "major" | "info" {
  if (about === "guard") return "blocker";
  return level === "error" ? "critical" : level === "warning" ? "major" : "info";
}
