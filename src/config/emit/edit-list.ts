import { isMap, type YAMLMap, type YAMLSeq } from "yaml";
import { contentEnd, type Draft } from "./draft.js";
import { editFlow } from "./edit-flow.js";
import { isNode } from "./edit-source.js";
import type { ListPatch, MapPatch } from "./patch.js";
import { renderInline, renderListItem } from "./render-written.js";
import { replaceNode } from "./replace-value.js";
import type { Written } from "./written.js";

/** How a map is edited; a record in a list is one. */
type EditMap = (map: YAMLMap, patch: MapPatch, draft: Draft) => void;

/** Edits a list in place: items changed, removed and added; those that stay keep order, text and comments. */
export function editList(
  list: YAMLSeq,
  { steps }: ListPatch,
  { draft, editMap }: { draft: Draft; editMap: EditMap },
): void {
  const removed = new Set(list.items.keys());
  const added = new Map<number, Written[]>();
  let next = 0;
  for (const step of steps) {
    if ("add" in step) {
      added.set(next, [...(added.get(next) ?? []), step.add]);
      continue;
    }
    removed.delete(step.from);
    next = step.from + 1;
    const item = list.items[step.from];
    if (step.patch?.is === "map" && isMap(item)) editMap(item, step.patch, draft);
    else if (step.patch !== undefined) replaceNode(item, step.whole, { flow: list.flow === true, draft });
  }
  if (removed.size === 0 && added.size === 0) return;
  if (list.flow === true) editFlowList(list, { removed, added, draft });
  else editBlockList(list, { removed, added, draft });
}

interface Changes {
  readonly removed: ReadonlySet<number>;
  readonly added: ReadonlyMap<number, readonly Written[]>;
  readonly draft: Draft;
}

function editFlowList(list: YAMLSeq, { removed, added, draft }: Changes): void {
  const { style } = draft.source;
  const slots = list.items.map((item) =>
    isNode(item) ? { start: item.range[0], end: item.range[1] } : undefined,
  );
  const texts = [...added].map(
    ([index, items]) => [index, items.map((item) => renderInline(item, style))] as const,
  );
  editFlow(list, { slots, removed, added: new Map(texts) }, draft);
}

interface BlockItem {
  readonly dash: number;
  readonly start: number;
  readonly end: number;
}

function editBlockList(list: YAMLSeq, { removed, added, draft }: Changes): void {
  const items = list.items.map((item) => findItem(item, draft));
  const found = items.filter((item) => item !== undefined);
  const [first] = found;
  if (first === undefined || found.length < items.length) {
    draft.obstruct("an item of the list cannot be found");
    return;
  }
  for (const [index, { dash, end }] of found.entries()) {
    if (removed.has(index)) draft.replace(draft.lineStart(dash), draft.nextLine(end), "");
  }
  const compact = list.items.every((item) => !isMap(item) || item.flow === true);
  const column = draft.column(first.dash);
  const gap = Math.min(first.start - first.dash - 1, 8);
  const { style } = draft.source;
  for (const [index, values] of added) {
    const lines = values.flatMap((value) => renderListItem(value, { column, style, compact, gap }));
    // Behind the item before it, removed or not: that is where the list goes on.
    const before = found[index - 1];
    draft.insertLines(before === undefined ? draft.lineStart(first.dash) : draft.nextLine(before.end), lines);
  }
}

/** An item with its dash; `undefined` where the dash is not on the same line. */
function findItem(item: unknown, draft: Draft): BlockItem | undefined {
  const end = contentEnd(item, draft.source);
  if (!isNode(item) || end === undefined || draft.tail(end) === undefined) return undefined;
  const [start] = item.range;
  const lineStart = draft.lineStart(start);
  const margin = /^ *-[ ]+$/.exec(draft.source.text.slice(lineStart, start))?.[0];
  if (margin === undefined) return undefined;
  return { dash: lineStart + margin.indexOf("-"), start, end };
}
