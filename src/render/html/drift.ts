import type { DriftSubject } from "../subject.js";
import { nextAfterDrift } from "../view/next.js";
import { type PlanView, viewPlan } from "../view/plan.js";
import { count } from "../view/words.js";
import { renderPage, section, verdict } from "./page.js";
import {
  driftCards,
  facts,
  marks,
  nextSection,
  placeHeading,
  placeName,
  remarkSection,
  unmanagedSection,
} from "./parts.js";
import type { Html } from "./template.js";

/** What moved outside since the last apply, and what is open that nobody declared. */
export function htmlDrift({ document, flags }: DriftSubject): string {
  const view = viewPlan({ ...document, changes: [] });
  const place = placeName(view);
  return renderPage({
    title: `Drift of ${place}: ${count(view.driftKept.length, "object")} changed outside`,
    kicker: "gstable-sync drift",
    heading: placeHeading(view),
    tool: document.tool,
    body: [
      marks(view),
      verdictOf(view),
      facts(view.target),
      section("Changed outside since the last apply", driftCards(view.driftKept)),
      unmanagedSection(view.unmanaged.filter(({ open }) => open)),
      remarkSection(view.diagnostics),
      nextSection(nextAfterDrift(view, flags === undefined ? {} : { flags })),
    ],
  });
}

function verdictOf({ driftKept, complete, errorCount }: PlanView): Html {
  if (!complete || errorCount > 0)
    return verdict("danger", "Not known", "What was read is not enough to tell.");
  return driftKept.length === 0
    ? verdict("good", "No drift", "Nothing changed outside since the last apply.")
    : verdict("warn", `${count(driftKept.length, "object")} changed outside`);
}
