import type { DriftSubject } from "../subject.js";
import { nextAfterDrift } from "../view/next.js";
import { type PlanView, viewPlan } from "../view/plan.js";
import { count } from "../view/words.js";
import { fence, words } from "./escape.js";
import type { Part } from "./fit.js";
import { accountParts, part, section, titleParts } from "./head.js";
import { driftPart, remarkParts, unmanagedParts } from "./lists.js";
import { type Page, renderPage } from "./page.js";

/** What moved outside since the last apply, and what is open that nobody declared. */
export function markdownDrift({ document, unmanagedCounts, flags }: DriftSubject, page: Page): string {
  const view = viewPlan({ ...document, changes: [] });
  const open = view.unmanaged.filter((object) => object.open);
  return renderPage(
    [
      ...titleParts("Drift of", view),
      countPart(view, { open: open.length, unmanagedCounts }),
      ...accountParts(view.target),
      ...section("Changed outside since the last apply", view.driftKept.map(driftPart)),
      ...unmanagedParts(open),
      ...remarkParts(view.diagnostics),
      ...nextAfterDrift(view, flags === undefined ? {} : { flags }).flatMap((next) => [
        part(words(next.words)),
        part(fence([next.command])),
      ]),
    ],
    { ...page, command: "drift", project: view.project, environment: view.environment },
  );
}

function countPart(
  view: PlanView,
  { open, unmanagedCounts }: { open: number; unmanagedCounts: boolean },
): Part {
  const counted = open === 0 || unmanagedCounts ? "" : ", not counted without `--unmanaged`";
  const rest = open === 0 ? "" : ` · ${open} open and not in the configuration${counted}`;
  if (!view.complete || view.errorCount > 0)
    return part(words("**Not known:** what was read is not enough to tell."));
  return view.driftKept.length === 0
    ? part(words(`**No drift.** Nothing changed outside since the last apply.${rest}`))
    : part(words(`**${count(view.driftKept.length, "object")} changed outside**${rest}`));
}
