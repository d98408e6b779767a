import type { PlanDocument } from "../../state/plan-document.js";
import type { Look } from "../look.js";
import type { RepeatedWords } from "../view/command.js";
import { type GroupId, type PlanView, viewPlan } from "../view/plan.js";
import { groupTitles } from "../view/words.js";
import { bannerRows } from "./banner.js";
import { buyerRows } from "./buyers.js";
import { changeRows, titleRow } from "./change.js";
import { driftRows, unmanagedRows } from "./drift-list.js";
import { guardRows, policyRows } from "./guard.js";
import { heading } from "./heading.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, type Row, row, say, section } from "./row.js";
import { nextRows, summaryRows } from "./summary.js";
import type { Tone } from "./tone.js";

export interface PlanExtras extends RepeatedWords {
  /** Only what can do harm, and the summary: harmless changes on a line each, no drift left alone, no remarks. */
  readonly quiet?: boolean;
  /** Where the plan was saved, for the command that applies it. */
  readonly planFile?: string;
  /** Somebody is asked right below it: no other command is to be recommended. */
  readonly isAsked?: boolean;
}

/** The plan as people read it: dangerous things first, then the rest, then what to do. */
export function renderPlan(document: PlanDocument, look: Look, extras: PlanExtras = {}): string {
  const view = viewPlan(document);
  const isQuiet = extras.quiet ?? false;
  const rows = [
    ...bannerRows(view, look),
    ...policyRows(view),
    ...guardRows(view),
    ...groupRows(view, look, isQuiet),
    ...(isQuiet ? [] : [...buyerRows(view, look), ...driftRows(view, look), ...unmanagedRows(view)]),
    ...diagnosticRows(view, isQuiet),
    ...(view.changeCount === 0
      ? emptyRows(view)
      : [...summaryRows(view, look), ...(extras.isAsked === true ? [] : nextRows(view, extras))]),
  ];
  return layOut(rows, look);
}

const titles: Record<GroupId, { readonly text: string; readonly tone: Tone }> = {
  money: { text: groupTitles.money, tone: "danger" },
  reach: { text: groupTitles.reach, tone: "warning" },
  rest: { text: groupTitles.rest, tone: "strong" },
};

function groupRows(view: PlanView, look: Look, isQuiet: boolean): readonly Row[] {
  return view.groups.flatMap(({ id, changes }) => {
    const title = heading(titles[id].text, titles[id].tone, look);
    if (isQuiet && id === "rest")
      return section(
        title,
        changes.map((change) => titleRow(change, look)),
      );
    return section(title, [blank, ...changes.flatMap((change) => changeRows(change, look))]);
  });
}

function diagnosticRows(view: PlanView, isQuiet: boolean): readonly Row[] {
  const shown = isQuiet ? view.diagnostics.filter(({ severity }) => severity === "error") : view.diagnostics;
  return section([say("strong", "Remarks")], remarkRows(shown));
}

function emptyRows(view: PlanView): readonly Row[] {
  if (!view.complete || view.errorCount > 0)
    return [row(0, "No plan: what was read is not enough to make one.")];
  if (view.tripped.length > 0)
    return [row(0, "No changes, but apply refuses until what tripped is settled.")];
  return [
    row(
      0,
      say("good", "No changes."),
      ` The live account is as configured (${view.summary.unchanged} unchanged, ${view.summary.unmanaged} unmanaged).`,
    ),
  ];
}
