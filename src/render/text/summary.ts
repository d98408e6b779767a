import { changeActions } from "../../state/action.js";
import { type Look, signsOf } from "../look.js";
import { risksIn } from "../view/change.js";
import type { RepeatedWords } from "../view/command.js";
import { sayIrreversible } from "../view/irreversible.js";
import { nextStep } from "../view/next.js";
import type { PlanView } from "../view/plan.js";
import { count, verbOf } from "../view/words.js";
import { blank, copyable, type Row, row, type Span, say } from "./row.js";
import { riskTones } from "./words.js";

/** `Plan: 3 changes: 1 routing, 1 price, 1 cosmetic · 41 unchanged · 2 unmanaged`, then how it is made up. */
export function summaryRows(view: PlanView, look: Look): readonly Row[] {
  const { dot } = signsOf(look);
  const { summary } = view;
  const risks = risksIn(summary).flatMap((risk, index): Span[] => [
    { text: index === 0 ? ": " : ", " },
    say(riskTones[risk], `${summary.risks[risk]} ${risk}`),
  ]);
  const verbs = changeActions
    .filter((action) => summary[action] > 0)
    .map((action) => `${summary[action]} ${verbOf(action, "")}`);
  const lasting = sayIrreversible(view);
  const guards: readonly Span[] =
    view.tripped.length === 0
      ? []
      : [{ text: " " }, { ...say("danger", `${dot} ${view.tripped.length} to approve`), whole: true }];
  return [
    row(
      0,
      say("strong", `Plan: ${count(view.changeCount, "change")}`),
      ...risks,
      " ",
      unbroken(`${dot} ${summary.unchanged} unchanged`),
      " ",
      unbroken(`${dot} ${summary.unmanaged} unmanaged`),
      ...guards,
    ),
    ...(lasting === undefined ? [] : [row(2, say("warning", lasting))]),
    row(2, say("muted", [...verbs, count(summary.apiCalls, "API call")].join(` ${dot} `))),
    row(2, say("muted", `hash ${view.hash}`)),
    blank,
  ];
}

/** A count stays beside its dot. */
function unbroken(text: string): Span {
  return { text, whole: true };
}

/** What to do with this plan. */
export function nextRows(
  view: PlanView,
  extras: RepeatedWords & { readonly planFile?: string },
): readonly Row[] {
  const { words, command } = nextStep(view, extras);
  return [row(0, words), row(2, copyable(command))];
}
