import type { Subject } from "../subject.js";
import { safeText } from "../terminal-text.js";
import { type Annotation, viewAnnotations } from "../view/annotations.js";

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
 * their lines. Ordinary changes are no fault, and not in it. One that only moves keeps its fingerprint.
 */
export function renderCodeQuality(subject: Subject, facts: CodeQualityFacts): string {
  const seen = new Map<string, number>();
  const entries = viewAnnotations(subject)
    .filter(({ about }) => about !== "change")
    .map((annotation) => {
      const path = pathOf(annotation, facts);
      const key = [path, annotation.rule, annotation.title].join("\n");
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      return {
        description: safeText([annotation.title, ...annotation.message].join(" ").slice(0, 1_000)),
        check_name: safeText(`gstable-sync/${annotation.rule}`),
        fingerprint: facts.fingerprint(before === 0 ? key : `${key}\n${before}`),
        severity: severityOf(annotation),
        location: { path, lines: { begin: annotation.source?.line ?? 1 } },
      };
    });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function pathOf({ source }: Annotation, { locate, fallback }: CodeQualityFacts): string {
  return safeText((source === undefined ? undefined : locate(source.file)) ?? fallback);
}

function severityOf({ level, about }: Annotation): "blocker" | "critical" | "major" | "info" {
  if (about === "guard") return "blocker";
  return level === "error" ? "critical" : level === "warning" ? "major" : "info";
}
