import { isAlias, isMap, isSeq, type Pair, type YAMLMap } from "yaml";
import { convertNode } from "../parse/convert-node.js";
import { createSourceFile } from "../parse/source-file.js";
import { createCollector } from "../report.js";
import { afterColon, type Draft, pairEnd } from "./draft.js";
import { editFlow } from "./edit-flow.js";
import { editList } from "./edit-list.js";
import { isEmptyNode, isNode, keyOf } from "./edit-source.js";
import { applyPatch, type MapPatch, type Patch } from "./patch.js";
import {
  holdsEntries,
  isApart,
  renderBlock,
  renderFlow,
  renderInline,
  renderPair,
} from "./render-written.js";
import { replaceValue } from "./replace-value.js";
import { renderKey } from "./scalar.js";
import { type Written, type WrittenMap, writtenOf } from "./written.js";

/** Edits a map in place: values replaced, keys removed, missing keys added at its end. */
export function editMap(map: YAMLMap, patch: MapPatch, draft: Draft): void {
  const removed = new Set<number>();
  const added: [string, Written][] = [];
  for (const [key, part] of patch.entries) {
    const index = map.items.findIndex((pair) => keyOf(pair) === key);
    const pair = map.items[index];
    if (pair !== undefined && part.is === "remove") removed.add(index);
    else if (pair !== undefined) editPair(pair, { patch: part, flow: map.flow === true, draft });
    else {
      const value = applyPatch(undefined, part);
      if (value !== undefined) added.push([key, value]);
    }
  }
  if (removed.size === 0 && added.length === 0) return;
  if (map.flow === true) editFlowMap(map, { removed, added, draft });
  else editBlockMap(map, { removed, added, draft });
}

/** Whether nothing would be left of a map. */
function empties(map: YAMLMap, patch: MapPatch): boolean {
  const keys = map.items.map(keyOf);
  const isRemoved = (key: string | undefined) => key !== undefined && patch.entries.get(key)?.is === "remove";
  const adds = [...patch.entries].some(([key, part]) => part.is !== "remove" && !keys.includes(key));
  return !adds && keys.every(isRemoved);
}

function editPair(pair: Pair, { patch, flow, draft }: { patch: Patch; flow: boolean; draft: Draft }): void {
  const { value } = pair;
  const place = { flow, draft };
  if (patch.is === "map" && isMap(value)) {
    const bare = flow ? undefined : applyPatch(undefined, patch);
    if (empties(value, patch)) replaceValue(pair, { is: "map", entries: new Map() }, place);
    else if (bare?.is === "map" && holdsEntries(bare) && canUnfold(pair, draft)) unfold(pair, bare, draft);
    else editMap(value, patch, draft);
  } else if (patch.is === "list" && isSeq(value)) {
    editList(value, patch, { draft, editMap });
  } else {
    const after = applyPatch(patch.is === "map" ? aliased(value, draft) : undefined, patch);
    if (after !== undefined) replaceValue(pair, after, place);
  }
}

/** Whether `{}` may become lines of its own below its key. */
function canUnfold({ key, value }: Pair, draft: Draft): boolean {
  const { comments, style } = draft.source;
  return (
    isMap(value) &&
    isNode(value) &&
    isNode(key) &&
    !style.json &&
    value.flow === true &&
    value.items.length === 0 &&
    draft.beginsLine(key.range[0]) &&
    draft.tail(value.range[1]) !== undefined &&
    !comments.some(([start]) => start >= key.range[1] && start < value.range[1])
  );
}

function unfold({ key, value }: Pair, written: WrittenMap, draft: Draft): void {
  const from = afterColon(key, draft.source);
  if (from === undefined || !isNode(key) || !isNode(value)) {
    draft.obstruct("the key has no colon");
    return;
  }
  const { style } = draft.source;
  draft.replace(from, value.range[1], "");
  const column = draft.column(key.range[0]) + style.step;
  draft.insertLines(draft.nextLine(value.range[1]), renderBlock(written, { column, style }));
}

/** What an alias stands for is copied to where it is used: the anchor belongs to others as well. */
function aliased(value: unknown, { source }: Draft): WrittenMap | undefined {
  const target = isAlias(value) ? value.resolve(source.document) : undefined;
  if (!isMap(target)) return undefined;
  const node = convertNode(target, createSourceFile("", source.text), createCollector());
  const written = writtenOf(node);
  return written.is === "map" ? written : undefined;
}

interface Changes {
  readonly removed: ReadonlySet<number>;
  readonly added: readonly (readonly [string, Written])[];
  readonly draft: Draft;
}

function editFlowMap(map: YAMLMap, { removed, added, draft }: Changes): void {
  const { json } = draft.source.style;
  const slots = map.items.map((pair) => {
    const start = isNode(pair.key) ? pair.key.range[0] : undefined;
    const end = isEmptyNode(pair.value) && isNode(pair.key) ? pair.key.range[1] : pairEnd(pair, draft.source);
    return start === undefined || end === undefined ? undefined : { start, end };
  });
  const colon = colonOf(map, draft);
  const texts = added.map(([key, value]) => `${renderKey(key, json)}${colon}${flowText(map, value, draft)}`);
  editFlow(map, { slots, removed, added: new Map([[slots.length, texts]]) }, draft);
}

/** Over several lines where the map's own entries stand on lines of their own. */
function flowText({ items: [first] }: YAMLMap, value: Written, draft: Draft): string {
  const { style, eol } = draft.source;
  const start = first !== undefined && isNode(first.key) ? first.key.range[0] : undefined;
  if (start === undefined || !draft.beginsLine(start)) return renderInline(value, style);
  return renderFlow(value, { margin: draft.column(start), style }).join(eol);
}

/** Between key and value as the map has it, so that compact JSON stays compact. */
function colonOf({ items: [first] }: YAMLMap, { source: { text } }: Draft): string {
  if (first === undefined || !isNode(first.key) || !isNode(first.value)) return ": ";
  const between = text.slice(first.key.range[1], first.value.range[0]);
  return /^ *: *$/.test(between) && (between.endsWith(" ") || text[first.key.range[0]] === '"')
    ? between
    : ": ";
}

function editBlockMap(map: YAMLMap, { removed, added, draft }: Changes): void {
  for (const index of removed) removeBlockPair(map, index, draft);
  if (added.length === 0) return;
  const last = map.items.at(-1);
  const end = last === undefined ? undefined : pairEnd(last, draft.source);
  if (!isNode(map) || end === undefined || draft.tail(end) === undefined) {
    draft.obstruct("the end of the map cannot be found");
    return;
  }
  const column = draft.column(map.range[0]);
  const { style } = draft.source;
  const lines = added.flatMap(([key, value]) => [
    ...(isApart(value) || (column === 0 && isSection(value)) ? [""] : []),
    ...renderPair(key, value, { column, style }),
  ]);
  draft.insertLines(draft.nextLine(end), lines);
}

/** A part of a file, such as all products. */
function isSection(written: Written): boolean {
  return written.is === "list" || (written.is === "map" && written.entries.size > 0);
}

/** The lines of a key with its value and its own trailing comment. */
function removeBlockPair(map: YAMLMap, index: number, draft: Draft): void {
  const pair = map.items[index];
  const end = pair === undefined ? undefined : pairEnd(pair, draft.source);
  if (pair === undefined || !isNode(pair.key) || end === undefined || draft.tail(end) === undefined) {
    draft.obstruct("the end of a value cannot be found");
    return;
  }
  const [start] = pair.key.range;
  if (draft.beginsLine(start)) {
    draft.replace(draft.lineStart(start), draft.nextLine(end), "");
    return;
  }
  const next = map.items[index + 1]?.key;
  if (isNode(next) && !draft.hasComment(start, next.range[0])) draft.replace(start, next.range[0], "");
  else draft.obstruct("the key stands in one line with something else");
}
