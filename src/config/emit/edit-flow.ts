import type { YAMLMap, YAMLSeq } from "yaml";
import type { Draft } from "./draft.js";
import { isNode } from "./edit-source.js";

/** Where one item stands, without its comma. */
export interface Slot {
  readonly start: number;
  readonly end: number;
}

export interface FlowChanges {
  readonly slots: readonly (Slot | undefined)[];
  readonly removed: ReadonlySet<number>;
  /** New items as text, by the index before which they come; the number of slots: at the end. */
  readonly added: ReadonlyMap<number, readonly string[]>;
}

/** Adds and removes items between brackets or braces; commas, line breaks and comments of the others stay. */
export function editFlow(
  collection: YAMLMap | YAMLSeq,
  { slots: found, removed, added }: FlowChanges,
  draft: Draft,
): void {
  const slots = found.filter((slot) => slot !== undefined);
  if (slots.length < found.length || !isNode(collection)) {
    draft.obstruct("an item cannot be found");
    return;
  }
  const kept = slots.filter((_, index) => !removed.has(index));
  if (kept.length === 0) {
    replaceAll(collection.range, [...added.values()].flat(), draft);
    return;
  }
  for (const [index, slot] of slots.entries()) {
    if (removed.has(index)) removeSlot(slots, { index, slot, removed }, draft);
  }
  for (const [index, texts] of added) {
    const before = slots.findLast((_, at) => at < index && !removed.has(at));
    const after = slots.find((_, at) => at >= index && !removed.has(at));
    if (texts.length === 0) continue;
    if (before !== undefined) insertAfter(before, texts, draft);
    else if (after !== undefined) insertBefore(after, texts, draft);
  }
}

function replaceAll(
  [start, end]: readonly [number, number, number],
  texts: readonly string[],
  draft: Draft,
): void {
  const { text, style } = draft.source;
  if (draft.hasComment(start, end)) {
    draft.obstruct("there are comments inside the value that would be lost");
    return;
  }
  const [open, close] = [text[start] ?? "", text[end - 1] ?? ""];
  const padding = open === "{" && texts.length > 0 && !style.json ? " " : "";
  draft.replace(start, end, `${open}${padding}${texts.join(", ")}${padding}${close}`);
}

/** Behind the comma that follows; `undefined` where the collection ends before one. */
function afterComma(offset: number, { source: { text, comments } }: Draft): number | undefined {
  let at = offset;
  for (;;) {
    const space = /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    at += space;
    const comment = comments.find(([start]) => start === at);
    if (comment === undefined) return text[at] === "," ? at + 1 : undefined;
    at = comment[1];
  }
}

function removeSlot(
  slots: readonly Slot[],
  { index, slot, removed }: { index: number; slot: Slot; removed: ReadonlySet<number> },
  draft: Draft,
): void {
  const comma = afterComma(slot.end, draft);
  const end = comma ?? slot.end;
  // The item before loses its comma when nothing follows any more, but for a comma at the very end.
  const before = slots.findLast((_, at) => at < index && !removed.has(at));
  const isLast = comma === undefined;
  const oldComma = before === undefined ? undefined : afterComma(before.end, draft);
  if (isLast && oldComma !== undefined) draft.replace(oldComma - 1, oldComma, "");
  if (draft.beginsLine(slot.start) && draft.tail(end) !== undefined) {
    draft.replace(draft.lineStart(slot.start), draft.nextLine(end), "");
    return;
  }
  const { text } = draft.source;
  const spaceAfter = isLast ? 0 : (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0);
  const spaceBefore = isLast ? (/[ \t]*$/.exec(text.slice(0, slot.start))?.[0].length ?? 0) : 0;
  const from = isLast && oldComma === slot.start - spaceBefore ? oldComma : slot.start;
  draft.replace(from, end + spaceAfter, "");
}

function insertAfter(slot: Slot, texts: readonly string[], draft: Draft): void {
  const { text, eol } = draft.source;
  if (!draft.beginsLine(slot.start)) {
    draft.insert(slot.end, texts.map((item) => `, ${item}`).join(""));
    return;
  }
  const margin = text.slice(draft.lineStart(slot.start), slot.start);
  const comma = afterComma(slot.end, draft);
  const rest = draft.tail(comma !== undefined && comma <= draft.lineEnd(slot.end) ? comma : slot.end);
  if (rest === undefined || rest.trim() === "") {
    draft.insert(slot.end, texts.map((item) => `,${eol}${margin}${item}`).join(""));
    return;
  }
  // The comment behind the comma belongs to the item before.
  const lines = texts.map((item) => `${eol}${margin}${item}`).join(",");
  if (comma === undefined) draft.insert(slot.end, ",");
  draft.insert(draft.lineEnd(slot.end), comma === undefined ? lines : `${lines},`);
}

function insertBefore(slot: Slot, texts: readonly string[], draft: Draft): void {
  const { text, eol } = draft.source;
  const margin = text.slice(draft.lineStart(slot.start), slot.start);
  const gap = draft.beginsLine(slot.start) ? `${eol}${margin}` : " ";
  draft.insert(slot.start, texts.map((item) => `${item},${gap}`).join(""));
}
