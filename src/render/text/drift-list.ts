import type { Look } from "../look.js";
import type { DriftView, PlanView } from "../view/plan.js";
import { count } from "../view/words.js";
import { fieldRows } from "./field.js";
import { type Row, row, say, section } from "./row.js";

/** How many unmanaged objects a plan names; the rest is counted. */
const UNMANAGED_SHOWN = 5;

/** One object that moved outside: what was last applied, and what is live now. */
export function driftEntryRows(entry: DriftView, look: Look): readonly Row[] {
  const { source } = entry;
  return [
    {
      indent: 2,
      hang: 4,
      spans: [say("strong", entry.address), { text: `  "${entry.name}"` }],
      ...(source === undefined ? {} : { right: [say("muted", `${source.file}:${source.line}`)] }),
    },
    ...fieldRows(entry.fields, { indent: 6, source, showLines: true, driftWords: "" }, look),
  ];
}

/** Drift in a plan: what stays in full, what is put back by its number (the change itself shows it). */
export function driftRows(view: PlanView, look: Look): readonly Row[] {
  return [
    ...section(
      [say("warning", "Changed outside since the last apply, and left as it is")],
      view.driftKept.flatMap((entry) => driftEntryRows(entry, look)),
    ),
    ...section(
      [say("warning", "Changed outside since the last apply, and changed again by this plan")],
      view.driftUndone.map((entry) =>
        row(2, `#${entry.undoneBy} `, say("strong", entry.address), `  ${entry.paths.join(", ")}`),
      ),
    ),
  ];
}

/** What nobody declared; open things first, since they can take money. */
export function unmanagedRows(view: PlanView, most = UNMANAGED_SHOWN): readonly Row[] {
  const shown = view.unmanaged.slice(0, most);
  const left = view.unmanaged.length - shown.length;
  const rows = shown.map((object) => ({
    ...row(
      2,
      object.open ? say("warning", "open    ") : say("muted", "closed  "),
      `${object.kind}  "${object.name}"  `,
      say("muted", object.id),
      ...(object.url === null ? [] : ["  ", say("info", object.url)]),
    ),
    hang: 8,
  }));
  const rest = left > 0 ? [row(2, say("muted", `and ${left} more (all of them: --json)`))] : [];
  return section(
    [say("strong", `Not in the configuration: ${count(view.unmanaged.length, "object")}`)],
    [...rows, ...rest],
  );
}
