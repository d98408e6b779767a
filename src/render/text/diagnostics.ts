import type { Severity, Source, WrittenDiagnostic } from "../../diagnostics/index.js";
import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { compare } from "../view/plan.js";
import { count } from "../view/words.js";
import { frameRows } from "./frame.js";
import { layOut } from "./layout.js";
import { remedyRows, severityTones } from "./remark.js";
import { blank, paragraph, type Row, row, type Span, say } from "./row.js";

/** Every problem as a compiler shows it, in the order of the files; then how many there are. */
export function renderDiagnostics(diagnostics: readonly WrittenDiagnostic[], look: Look): string {
  if (diagnostics.length === 0) return "";
  const sorted = redactDeep(diagnostics).toSorted(
    (a, b) => bySource(a.source, b.source) || compare(a.code, b.code) || compare(a.summary, b.summary),
  );
  const rows = [...sorted.flatMap((diagnostic) => oneDiagnostic(diagnostic, look)), countRow(diagnostics)];
  return layOut(rows, look);
}

function oneDiagnostic(diagnostic: WrittenDiagnostic, look: Look): readonly Row[] {
  const { severity, code, summary, source, detail, remedy, related = [] } = diagnostic;
  return [
    row(0, say(severityTones[severity], `${severity} ${code}`), "  ", say("strong", summary)),
    ...(source === undefined ? [] : frameRows(source, severityTones[severity], look)),
    ...(detail === undefined || detail === "" ? [] : [paragraph(2, detail)]),
    ...remedyRows(remedy, 2),
    ...related.flatMap(({ label, source: place }) => [
      row(2, say("muted", `${label}: `), `${place.file}:${place.line}:${place.column}`),
      ...frameRows(place, "info", look).slice(1),
    ]),
    blank,
  ];
}

/** What has no place comes last: it is about the whole. */
function bySource(a: Source | undefined, b: Source | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function countRow(diagnostics: readonly WrittenDiagnostic[]): Row {
  const severities: readonly Severity[] = ["error", "warning", "note"];
  const spans = severities.flatMap((severity): readonly Span[] => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [say(severityTones[severity], count(number, severity))];
  });
  return row(0, ...spans.flatMap((span, index) => (index === 0 ? [span] : [", ", span])));
}
