import type { Diagnostic, DiagnosticCode, Severity } from "../diagnostics/index.js";
import type { ConfigNode, Through } from "./parse/node.js";
import { type Span, sourceOf } from "./parse/source-file.js";

/** What is wrong, without the place. An error unless it says otherwise. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly severity?: Severity;
  readonly summary: string;
  readonly detail?: string;
  readonly remedy?: string;
}

/** Collects problems with their places. A value that came through a variable brings that place along. */
export interface Report {
  add(problem: Problem, place?: Span | ConfigNode, related?: readonly Through[]): void;
}

/** More places than these are not listed: a wrong default in thousands of entries is one mistake. */
const MAX_RELATED = 5;

/** A message quotes what was written, which may be a whole file. */
const MAX_TEXT = 600;

/** A report that holds each problem of one place once, with all places related to it. */
export function createCollector(): Report & { diagnostics(): readonly Diagnostic[] } {
  const found = new Map<string, Diagnostic>();
  return {
    add: (problem, place, related = []) => {
      const diagnostic = placed(problem, place, related);
      const { source } = diagnostic;
      const key = `${problem.code} ${source?.file}:${source?.line}:${source?.column} ${diagnostic.summary}`;
      const known = found.get(key);
      found.set(key, known === undefined ? diagnostic : withMoreRelated(known, diagnostic));
    },
    diagnostics: () => [...found.values()],
  };
}

/**
 * A report for one entry: what lies outside the entry's own text (a default, an override, an anchor)
 * is shown together with the entry that it is for.
 */
export function reportFor(report: Report, owner: Owner): Report {
  return {
    add: (problem, place, related = []) => {
      const inside =
        place !== undefined &&
        place.file === owner.body.file &&
        place.start >= Math.min(owner.key.start, owner.body.start) &&
        place.end <= Math.max(owner.key.end, owner.body.end);
      const through = inside ? [] : [{ label: `for \`${owner.label}\``, span: owner.key }];
      report.add(problem, place, [...related, ...through]);
    },
  };
}

/** An entry: its name, the place of its key and the text that it is written in. */
export interface Owner {
  readonly label: string;
  readonly key: Span;
  readonly body: Span;
}

function placed(
  { code, severity = "error", summary, detail, remedy }: Problem,
  place: Span | ConfigNode | undefined,
  related: readonly Through[],
): Diagnostic {
  const through = place !== undefined && "kind" in place ? (place.through ?? []) : [];
  const all = [...through, ...related].map((part) => ({ label: part.label, source: sourceOf(part.span) }));
  return {
    code,
    severity,
    summary: clip(summary),
    ...(detail !== undefined && { detail: clip(detail) }),
    ...(remedy !== undefined && { remedy: clip(remedy) }),
    ...(place !== undefined && { source: sourceOf(place) }),
    ...(all.length > 0 && { related: all }),
  };
}

function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function withMoreRelated(known: Diagnostic, other: Diagnostic): Diagnostic {
  const related = [...(known.related ?? [])];
  for (const part of other.related ?? []) {
    if (related.length >= MAX_RELATED) break;
    const twice = related.some(
      ({ label, source }) =>
        label === part.label && source.line === part.source.line && source.file === part.source.file,
    );
    if (!twice) related.push(part);
  }
  return related.length > 0 ? { ...known, related } : known;
}
