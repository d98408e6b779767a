import { sayFailure } from "../../diagnostics/index.js";
import type { AppliedAction, ApplyDocument } from "../../state/apply-document.js";
import { type Look, signsOf } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { sortActions } from "../view/actions.js";
import type { RepeatedWords } from "../view/command.js";
import { nextAfterApply } from "../view/next.js";
import { sortDiagnostics } from "../view/plan.js";
import { count, kindOfAddress, outcomeWords, verbOf } from "../view/words.js";
import { bannerRows } from "./banner.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { copyable, paragraph, type Row, row, type Span, say, sayNumber, section } from "./row.js";
import { signOf } from "./words.js";

export interface ApplyExtras extends RepeatedWords {
  /** Only what failed or was not attempted, and the summary. */
  readonly quiet?: boolean;
  /** How the run was approved, as typed: the command that resumes repeats it. Unset: by the hash of the plan. */
  readonly approval?: readonly string[];
}

/** What became of a plan, with the plan's numbers: done, failed, not attempted, and how to go on. */
export function renderApply(original: ApplyDocument, look: Look, extras: ApplyExtras = {}): string {
  const document = redactDeep(original);
  const lists = [
    ...(extras.quiet === true ? [] : doneRows(document, look)),
    ...failedRows(document, look),
    ...notAttemptedRows(document, look),
  ];
  const rows = [
    ...bannerRows({ ...document.plan, command: "apply" }, look),
    ...lists,
    ...section([say("strong", "Remarks")], remarkRows(sortDiagnostics(document.diagnostics))),
    ...summaryRows(document, look),
    ...nextRows(document, extras),
  ];
  return layOut(rows, look);
}

function doneRows(document: ApplyDocument, look: Look): readonly Row[] {
  return section(
    [say("good", `Done: ${document.done.length}`)],
    sortActions(document.done).map((action) => actionRow(action, look)),
  );
}

function failedRows(document: ApplyDocument, look: Look): readonly Row[] {
  return section(
    [say("danger", `Failed: ${document.failed.length}`)],
    sortActions(document.failed).flatMap((action) => [
      actionRow(action, look),
      paragraph(6, say("danger", action.error.outcome), `: ${outcomeWords[action.error.outcome]}`),
      paragraph(6, sayFailure(action.error)),
    ]),
  );
}

/** A reason that several in a row share is told once, below the last of them. */
function notAttemptedRows(document: ApplyDocument, look: Look): readonly Row[] {
  const actions = sortActions(document.notAttempted);
  let alike = 0;
  const rows = actions.flatMap((action, index) => {
    alike += 1;
    if (actions[index + 1]?.because === action.because) return [actionRow(action, look)];
    const which = alike === 1 ? "" : `these ${alike}: `;
    alike = 0;
    return [actionRow(action, look), paragraph(6, say("muted", `${which}${action.because}`))];
  });
  return section([say("warning", `Not attempted: ${actions.length}`)], rows);
}

function actionRow(action: AppliedAction, look: Look): Row {
  const sign = signOf([action.action], look);
  const id: readonly Span[] = action.id === null ? [] : [{ text: "  " }, say("muted", action.id)];
  return {
    indent: 2,
    hang: 4,
    spans: [
      sayNumber(action.number),
      say(sign.tone, `${sign.text} ${verbOf(action.action, kindOfAddress(action.address))}`),
      { text: "  " },
      say("strong", action.address),
      ...id,
    ],
  };
}

function summaryRows(document: ApplyDocument, look: Look): readonly Row[] {
  const { summary } = document;
  const { dot } = signsOf(look);
  if (summary.done + summary.failed + summary.notAttempted === 0) {
    return [row(0, say("good", "Nothing to do."), " The live account is as configured.")];
  }
  const part = (number: number, word: string, tone: "danger" | "warning"): Span =>
    number === 0 ? { text: `${number} ${word}` } : say(tone, `${number} ${word}`);
  return [
    row(
      0,
      ...[say("strong", "Apply: "), say("good", `${summary.done} done`), ` ${dot} `],
      ...[part(summary.failed, "failed", "danger"), ` ${dot} `],
      part(summary.notAttempted, "not attempted", "warning"),
      ` ${dot} ${count(summary.apiCalls, "API call")}, ${count(summary.writes, "write")}`,
    ),
  ];
}

function nextRows(document: ApplyDocument, extras: ApplyExtras): readonly Row[] {
  const next = nextAfterApply(document, extras);
  return next === undefined ? [] : [row(0, next.words), row(2, copyable(next.command))];
}
