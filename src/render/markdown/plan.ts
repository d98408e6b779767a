import type { PlanSubject } from "../subject.js";
import { nextStep } from "../view/next.js";
import { type GroupId, type PlanView, viewPlan } from "../view/plan.js";
import { groupTitles } from "../view/words.js";
import { changeBlock, changeLine } from "./change.js";
import { fence, md, words } from "./escape.js";
import type { Part } from "./fit.js";
import { guardHead, guardParts, policyParts } from "./guard.js";
import { accountParts, countParts, part, section, titleParts } from "./head.js";
import { buyerParts, driftParts, remarkParts, unmanagedParts } from "./lists.js";
import { type Page, renderPage } from "./page.js";

/** The plan for a pull request or a step summary: what can do harm first, details folded. */
export function markdownPlan(subject: PlanSubject, page: Page): string {
  const view = viewPlan(subject.document);
  return renderPage(
    [
      ...titleParts("Plan for", view),
      ...guardHead(view),
      ...(view.changeCount === 0 ? [] : countParts(view)),
      ...(view.changeCount === 0 ? [emptyPart(view)] : []),
      ...accountParts(view.target),
      ...policyParts(view),
      ...guardParts(view),
      ...buyerParts(view),
      ...groupParts(view),
      ...driftParts(view),
      ...unmanagedParts(view.unmanaged),
      ...remarkParts(view.diagnostics),
      ...nextParts(view, subject),
    ],
    { ...page, command: "plan", project: view.project, environment: view.environment },
  );
}

const harmOf: Record<GroupId, number> = { money: 7, reach: 5, rest: 2 };

/** The changes, dangerous groups first; those that move money are open. */
export function groupParts(view: PlanView): readonly Part[] {
  return view.groups.flatMap(({ id, changes }) =>
    section(
      groupTitles[id],
      changes.map((change) => ({
        full: changeBlock(change, id === "money").text,
        short: changeLine(change).text,
        harm: harmOf[id],
        what: "change",
      })),
    ),
  );
}

function emptyPart(view: PlanView): Part {
  if (!view.complete || view.errorCount > 0)
    return part(words("**No plan:** what was read is not enough to make one."));
  if (view.tripped.length > 0)
    return part(words("**No changes**, but apply refuses until what tripped is settled."));
  const { unchanged, unmanaged } = view.summary;
  return part(
    words(
      `**No changes.** The live account is as configured (${unchanged} unchanged, ${unmanaged} unmanaged).`,
    ),
  );
}

function nextParts(view: PlanView, subject: PlanSubject): readonly Part[] {
  if (view.changeCount === 0) return [];
  const { words: said, command } = nextStep(view, subject);
  return [
    part(words(said.replace(/--[a-z-]+/g, "`$&`"))),
    part(fence([command])),
    part(md`${words("Plan")} ${view.hash}`),
  ];
}
