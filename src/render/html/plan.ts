import type { PlanSubject } from "../subject.js";
import { sayIrreversible } from "../view/irreversible.js";
import { nextStep } from "../view/next.js";
import { type PlanView, viewPlan } from "../view/plan.js";
import { count, groupTitles, notices } from "../view/words.js";
import { buyerSection } from "./buyers.js";
import { changeCard } from "./change.js";
import { renderPage, section, verdict } from "./page.js";
import {
  driftSections,
  facts,
  guardSection,
  marks,
  nextSection,
  placeHeading,
  placeName,
  policySection,
  remarkSection,
  riskTiles,
  tiles,
  unmanagedSection,
} from "./parts.js";
import { type Html, html } from "./template.js";

/** The plan for people who approve money changes: what can do harm first, old and new side by side. */
export function htmlPlan(subject: PlanSubject): string {
  const { document } = subject;
  const view = viewPlan(document);
  const said = verdictOf(view);
  const place = placeName(view);
  return renderPage({
    title: `Plan for ${place}: ${said.title}`,
    kicker: "gstable-sync plan",
    heading: placeHeading(view),
    tool: document.tool,
    body: [
      marks(view),
      verdict(said.grade, said.title, said.more),
      ...(view.changeCount === 0 ? [] : [countTiles(view)]),
      facts(view.target),
      policySection(view),
      guardSection(view),
      buyerSection(view),
      ...groupSections(view),
      driftSections(view),
      unmanagedSection(view.unmanaged),
      remarkSection(view.diagnostics),
      ...(view.changeCount === 0 ? [] : [nextSection([nextStep(view, subject)])]),
      html`<p class="small soft">Plan ${view.hash}</p>`,
    ],
  });
}

function countTiles(view: PlanView): Html {
  const { summary, tripped } = view;
  const counts = tiles([
    { number: tripped.length, word: "to approve", grade: "danger" },
    ...riskTiles(summary.risks),
    { number: summary.unchanged, word: "unchanged" },
    { number: summary.unmanaged, word: "unmanaged" },
  ]);
  const lasting = sayIrreversible(view);
  return lasting === undefined ? counts : html`${counts}<p>${lasting}</p>`;
}

/** The changes, dangerous groups first. */
export function groupSections(view: PlanView): readonly Html[] {
  return view.groups.map(({ id, changes }) => section(groupTitles[id], changes.map(changeCard)));
}

function verdictOf(view: PlanView): { grade: "danger" | "warn" | "good"; title: string; more: string } {
  const { tripped, changeCount, summary, complete, errorCount } = view;
  if (!complete || errorCount > 0)
    return {
      grade: "danger",
      title: "No plan to act upon",
      more: "What was read is not enough to make one.",
    };
  if (tripped.length > 0) {
    const title = `${count(tripped.length, "guard")} to approve, ${count(changeCount, "change")}`;
    return { grade: "danger", title, more: notices.howToAllow };
  }
  if (changeCount === 0) {
    const more = `The live account is as configured (${summary.unchanged} unchanged, ${summary.unmanaged} unmanaged).`;
    return { grade: "good", title: "No changes", more };
  }
  const money = view.groups.find(({ id }) => id === "money")?.changes.length ?? 0;
  const title = count(changeCount, "change");
  if (money > 0) {
    const which =
      money === changeCount
        ? money === 1
          ? "It moves"
          : "All of them move"
        : `${money} of them ${money === 1 ? "moves" : "move"}`;
    return { grade: "warn", title, more: `${which} money: prices, routes or where buyers are sent.` };
  }
  const none = `${changeCount === 1 ? "It does not move" : "None of them moves"} a price, a route or where buyers are sent`;
  const isReached = view.groups.some(({ id }) => id === "reach");
  return isReached
    ? { grade: "warn", title, more: `${none}, but what payers can reach changes.` }
    : { grade: "good", title, more: `${none}.` };
}
