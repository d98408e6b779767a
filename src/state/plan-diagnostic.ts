import type { WrittenDiagnostic } from "../diagnostics/index.js";
import type { PlanDiagnostic } from "./plan-document.js";

/** A diagnostic as JSON documents carry it: its place without the source line, its related places in the detail. */
export function toPlanDiagnostic(diagnostic: WrittenDiagnostic): PlanDiagnostic {
  const { code, severity, summary, detail = "", remedy, source, related = [] } = diagnostic;
  const places = related.map(({ label, source: at }) => `${label}: ${at.file}:${at.line}:${at.column}`);
  return {
    code,
    severity,
    summary,
    detail: [detail, ...places].filter((part) => part !== "").join(" "),
    ...(remedy === undefined ? {} : { remedy }),
    ...(source === undefined
      ? {}
      : { source: { file: source.file, line: source.line, column: source.column } }),
  };
}
