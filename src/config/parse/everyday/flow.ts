import type { ConfigNode, ListNode, MapNode, Pair } from "../node.js";
import { type Cursor, char, unsure } from "./cursor.js";
import { readKey, readPlain, readQuoted } from "./scalars.js";

const MAX_DEPTH = 50;

/** Where a collection in brackets stands: lines inside it have to be indented more than `indent`. */
export interface FlowPlace {
  readonly indent: number;
  readonly depth: number;
}

/** A list or a map in brackets: JSON, and what people write on one line. */
export function readFlow(cursor: Cursor, place: FlowPlace): ListNode | MapNode {
  if (place.depth > MAX_DEPTH) unsure();
  const inside = { ...place, depth: place.depth + 1 };
  return cursor.code === char.openMap ? readFlowMap(cursor, inside) : readFlowList(cursor, inside);
}

function readFlowMap(cursor: Cursor, place: FlowPlace): MapNode {
  const mapStart = cursor.at;
  const entries = new Map<string, Pair>();
  for (enter(cursor, place); cursor.code !== char.closeMap; toNext(cursor, char.closeMap, place)) {
    const isQuoted = cursor.code === char.quote || cursor.code === char.apostrophe;
    const key = readKey(cursor) ?? unsure();
    // Without a space after the colon it is one text, unless the key is in quotes.
    if (!isQuoted && cursor.code !== char.space) unsure();
    skipBetween(cursor, place);
    if (entries.has(key.name)) unsure();
    const { file, start, end } = key;
    entries.set(key.name, { file, start, end, value: readFlowValue(cursor, place) });
  }
  cursor.at += 1;
  return { kind: "map", file: cursor.file, start: mapStart, end: cursor.at, entries };
}

function readFlowList(cursor: Cursor, place: FlowPlace): ListNode {
  const start = cursor.at;
  const items: ConfigNode[] = [];
  for (enter(cursor, place); cursor.code !== char.closeList; toNext(cursor, char.closeList, place)) {
    items.push(readFlowValue(cursor, place));
  }
  cursor.at += 1;
  // Copied to its size: an array that grew keeps room for seventeen.
  return { kind: "list", file: cursor.file, start, end: cursor.at, items: items.slice() };
}

/** Past the opening bracket, to the first item or the closing one. */
function enter(cursor: Cursor, place: FlowPlace): void {
  cursor.at += 1;
  skipBetween(cursor, place);
}

/** From behind an item to the next one, or to the closing bracket. */
function toNext(cursor: Cursor, close: number, place: FlowPlace): void {
  skipBetween(cursor, place);
  if (cursor.code === char.comma) enter(cursor, place);
  else if (cursor.code !== close) unsure();
}

function readFlowValue(cursor: Cursor, place: FlowPlace): ConfigNode {
  switch (cursor.code) {
    case char.openList:
    case char.openMap:
      return readFlow(cursor, place);
    case char.quote:
    case char.apostrophe:
      return readQuoted(cursor);
    default:
      return readPlain(cursor, true);
  }
}

function skipBetween(cursor: Cursor, { indent }: FlowPlace): void {
  cursor.skipSpaces();
  while (cursor.code === char.newline) {
    const lineStart = cursor.at + 1;
    cursor.at = lineStart;
    cursor.skipSpaces();
    if (cursor.code !== char.newline && cursor.at - lineStart <= indent) unsure();
  }
}
