import type { PlanDiagnostic } from "../../state/plan-document.js";
import { remedyLines } from "../view/remedy.js";
import { copyable, paragraph, type Row, row, say } from "./row.js";
import type { Tone } from "./tone.js";

export const severityTones: Record<PlanDiagnostic["severity"], Tone> = {
  error: "danger",
  warning: "warning",
  note: "info",
};

/** The diagnostics of a plan, shortly: no source frame, the document does not carry the lines. */
export function remarkRows(diagnostics: readonly PlanDiagnostic[]): readonly Row[] {
  return diagnostics.flatMap((diagnostic) => {
    const { severity, code, summary, source } = diagnostic;
    return [
      {
        ...row(2, say(severityTones[severity], `${severity} ${code}`), `  ${summary}`),
        ...(source === undefined ? {} : { right: [say("muted", `${source.file}:${source.line}`)] }),
      },
      ...(diagnostic.detail === "" ? [] : [paragraph(4, diagnostic.detail)]),
      ...remedyRows(diagnostic.remedy, 4),
    ];
  });
}

/** What to do, and below it what is to be copied. A newline that is a stranger's is shown as an escape. */
export function remedyRows(remedy: string | undefined, indent: number): readonly Row[] {
  return remedyLines(remedy).map((line, index) =>
    index === 0 ? paragraph(indent, line) : row(indent + 2, copyable(line.trimStart())),
  );
}
