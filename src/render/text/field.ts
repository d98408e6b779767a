import { type Look, signsOf } from "../look.js";
import { safeText } from "../terminal-text.js";
import { textWidth } from "../text-width.js";
import type { FieldChange, FieldView } from "../view/field.js";
import { type Row, type Span, say } from "./row.js";
import { differenceSpan, toneOfAfter, valueText, wordSpans } from "./value.js";

/** Labels longer than this get a line of their own, so that one of them doesn't push all values to the right. */
const LONGEST_LABEL = 26;

export interface FieldTable {
  readonly indent: number;
  /** Where the entry stands: a field in the same file needs its line only. */
  readonly source?: FieldView["source"];
  readonly showLines: boolean;
  /** What is said of a field that was changed outside. */
  readonly driftWords: string;
}

/** One aligned table: name, before and after, what else there is to know; places at the right edge. */
export function fieldRows(fields: readonly FieldView[], table: FieldTable, look: Look): readonly Row[] {
  const widths = fields
    .map((field) => textWidth(safeText(field.path)))
    .filter((width) => width <= LONGEST_LABEL);
  const column = Math.max(0, ...widths) + 2;
  return fields.flatMap((field) => oneField(field, { ...table, column }, look));
}

function oneField(field: FieldView, table: FieldTable & { column: number }, look: Look): readonly Row[] {
  const indent = table.indent + table.column;
  const room = Math.max(look.width, 40) - indent;
  const [first = [], ...more] = bodyLines(field, room, look);
  const remarks = marks(field, table);
  const place = placeOf(field, table);
  const dotted = remarks.flatMap((span) => [{ text: ` ${signsOf(look).dot} ` }, span]);
  const placeWidth = place === undefined ? 0 : spansWidth([place]) + 2;
  const marksFit = more.length === 0 && spansWidth([...first, ...dotted]) + placeWidth <= room;
  const placeFits = spansWidth(first) + placeWidth <= room;
  const [head, ...below] = labelled(field.path, marksFit ? [...first, ...dotted] : first, table);
  const under = [...(marksFit ? [] : remarks), ...(placeFits || place === undefined ? [] : [place])];
  const underRow = under.flatMap((span, index) =>
    index === 0 ? [span] : [{ text: ` ${signsOf(look).dot} ` }, span],
  );
  return [
    ...(head === undefined ? [] : [place !== undefined && placeFits ? { ...head, right: [place] } : head]),
    ...below,
    ...more.map((spans) => ({ indent, hang: 2, spans })),
    ...(underRow.length === 0 ? [] : [{ indent, hang: 2, spans: underRow }]),
    ...detailRows(field, indent, look),
  ];
}

function labelled(
  label: string,
  body: readonly Span[],
  at: { readonly column: number; readonly indent: number },
): readonly Row[] {
  const gap = at.column - textWidth(safeText(label));
  const { indent } = at;
  if (gap < 2) {
    return [
      { indent, hang: 2, spans: [{ text: label }] },
      { indent: indent + at.column, hang: 2, spans: body },
    ];
  }
  return [{ indent, hang: at.column, spans: [{ text: label }, { text: " ".repeat(gap) }, ...body] }];
}

/** Before and after on one line where they fit, else below each other. */
function bodyLines(field: FieldView, room: number, look: Look): readonly (readonly Span[])[] {
  const { change } = field;
  if (change.is !== "replaced") return [oneLine(change, look)];
  const before = valueText(change.before, look);
  const after = valueText(change.after, look);
  const arrow: Span = { text: `${signsOf(look).arrow} ` };
  const news: Span[] = [arrow, say(toneOfAfter(change.after), after)];
  if (change.difference !== undefined) news.push({ text: "  " }, differenceSpan(change.difference, look));
  const together = [say("removed", before), { text: " " }, ...news];
  return spansWidth(together) <= room ? [together] : [[say("removed", before)], news];
}

function oneLine(change: Exclude<FieldChange, { is: "replaced" }>, look: Look): readonly Span[] {
  switch (change.is) {
    case "set":
      return [{ text: valueText(change.after, look) }];
    case "words":
      return wordSpans(change.parts, look);
    case "itemAdded":
      return [say("added", `+ ${valueText(change.item, look)}`)];
    case "itemRemoved":
      return [say("removed", `- ${valueText(change.item, look)}`)];
    case "members":
      return [
        ...change.added.flatMap((member) => [say("added", `+ ${member}`), { text: "  " }]),
        ...change.removed.flatMap((member) => [say("removed", `- ${member}`), { text: "  " }]),
        say("muted", `(${change.kept} as before)`),
      ];
  }
}

/** Who changed it, where it was not the configuration. */
function marks(field: FieldView, table: FieldTable): readonly Span[] {
  const words: Span[] = [];
  if (field.cause === "drift" && table.driftWords !== "") words.push(say("warning", table.driftWords));
  if (field.cause === "conflict") words.push(say("danger", "both! changed in YAML and outside"));
  if (field.cause === "unknown") words.push(say("warning", "nothing recorded to compare with"));
  if (field.ignored) words.push(say("muted", "ignored (ignoreChanges)"));
  if (field.looksTheSame) words.push(say("warning", "looks the same, other Unicode form"));
  return words;
}

/** What was last applied, and where the money goes: lines of their own under the field. */
function detailRows(field: FieldView, indent: number, look: Look): readonly Row[] {
  const rows: Row[] = [];
  const add = (...spans: readonly Span[]) => rows.push({ indent, hang: 2, spans });
  if (field.base !== undefined) add(say("muted", "last applied: "), { text: valueText(field.base, look) });
  if (field.payout !== undefined) {
    const { before, after } = field.payout;
    if (before !== undefined) add(say("muted", "from "), say("removed", before));
    if (after !== undefined)
      add(say("muted", before === undefined ? "pays out to " : "to   "), say("added", after));
  }
  return rows;
}

/** As it will be printed: escapes take room too. */
function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + textWidth(safeText(span.text)), 0);
}

function placeOf(field: FieldView, table: FieldTable): Span | undefined {
  if (field.source === undefined) return undefined;
  const { file, line } = field.source;
  if (file !== table.source?.file) return say("muted", `${file}:${line}`);
  if (!table.showLines || line === table.source.line) return undefined;
  return say("muted", `line ${line}`);
}
