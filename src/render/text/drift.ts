import type { PlanDocument } from "../../state/plan-document.js";
import { type Look, signsOf } from "../look.js";
import { sortRisks } from "../view/change.js";
import { nextAfterDrift } from "../view/next.js";
import { type DriftView, type PlanView, viewPlan } from "../view/plan.js";
import { count } from "../view/words.js";
import { bannerRows } from "./banner.js";
import { driftEntryRows, unmanagedRows } from "./drift-list.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, copyable, type Row, row, type Span, say, section } from "./row.js";
import { riskTones } from "./words.js";

export interface DriftExtras {
  /** Whether open objects that nobody declared count as drift (`--unmanaged`). */
  readonly unmanagedCounts: boolean;
  readonly flags?: readonly string[];
}

/** What moved outside since the last apply, and what is open that nobody declared. */
export function renderDrift(document: PlanDocument, look: Look, extras: DriftExtras): string {
  const view = viewPlan({ ...document, changes: [] });
  const open = { ...view, unmanaged: view.unmanaged.filter((object) => object.open) };
  const entries = view.driftKept;
  const rows = [
    ...bannerRows({ ...view, command: "drift" }, look),
    ...section(
      [say("danger", "Changed outside since the last apply"), "  (last applied, then live)"],
      entries.length === 0
        ? []
        : [blank, ...entries.flatMap((entry) => [...driftEntryRows(entry, look), blank])],
    ),
    ...unmanagedRows(open, open.unmanaged.length),
    ...section([say("strong", "Remarks")], remarkRows(view.diagnostics)),
    ...summaryRows(entries, open, { look, ...extras }),
    ...nextRows(view, extras),
  ];
  return layOut(rows, look);
}

function summaryRows(
  entries: readonly DriftView[],
  view: PlanView,
  options: DriftExtras & { readonly look: Look },
): readonly Row[] {
  const { dot } = signsOf(options.look);
  const unmanaged = view.unmanaged.length;
  const counted = unmanaged === 0 || options.unmanagedCounts ? "" : ", not counted without --unmanaged";
  const tail = unmanaged === 0 ? "" : ` ${dot} ${unmanaged} open and not in the configuration${counted}`;
  const isCalm = entries.length === 0 && (unmanaged === 0 || !options.unmanagedCounts);
  if (isCalm && view.complete && view.errorCount === 0) {
    return [row(0, say("good", "No drift."), ` Nothing changed outside since the last apply.${tail}`)];
  }
  const ignored = entries.filter(isIgnored).length;
  return [
    row(
      0,
      say("strong", `Drift: ${count(entries.length, "object")}`),
      ...riskSpans(entries),
      ...(ignored === 0 ? [] : [` ${dot} ${ignored} ignored`]),
      tail,
    ),
  ];
}

function isIgnored(entry: DriftView): boolean {
  return entry.fields.every((field) => field.ignored);
}

/** Objects by the gravest of what moved in them. */
function riskSpans(entries: readonly DriftView[]): readonly Span[] {
  const gravest = entries.map((entry) => sortRisks(entry.fields.map((field) => field.risk))[0] ?? "cosmetic");
  return sortRisks(gravest).flatMap((risk, index) => [
    { text: index === 0 ? ": " : ", " },
    say(riskTones[risk], `${gravest.filter((other) => other === risk).length} ${risk}`),
  ]);
}

function nextRows(view: PlanView, extras: DriftExtras): readonly Row[] {
  const steps = nextAfterDrift(view, extras);
  return steps.length === 0
    ? []
    : [blank, ...steps.flatMap(({ words, command }) => [row(0, words), row(2, copyable(command))])];
}
