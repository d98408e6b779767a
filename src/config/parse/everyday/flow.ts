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
  const start = cursor.at;
  const entries = new Map<string, Pair>();
  for (const _ of items(cursor, char.closeMap, place)) {
    const isQuoted = cursor.code === char.quote || cursor.code === char.apostrophe;
    const key = readKey(cursor) ?? unsure();
    // Without a space after the colon it is one text, unless the key is in quotes.
    if (!isQuoted && cursor.code !== char.space) unsure();
    skipBetween(cursor, place);
    if (entries.has(key.name)) unsure();
    entries.set(key.name, { key: key.span, value: readFlowValue(cursor, place) });
  }
  return { kind: "map", span: cursor.spanFrom(start), entries };
}

function readFlowList(cursor: Cursor, place: FlowPlace): ListNode {
  const start = cursor.at;
  const list: ConfigNode[] = [];
  for (const _ of items(cursor, char.closeList, place)) list.push(readFlowValue(cursor, place));
  return { kind: "list", span: cursor.spanFrom(start), items: list };
}

/** Stops at the start of each item, and goes on when it has been read, behind the closing bracket at last. */
function* items(cursor: Cursor, close: number, place: FlowPlace): Generator<void> {
  cursor.at += 1;
  skipBetween(cursor, place);
  while (cursor.code !== close) {
    yield;
    skipBetween(cursor, place);
    if (cursor.code === char.comma) {
      cursor.at += 1;
      skipBetween(cursor, place);
    } else if (cursor.code !== close) unsure();
  }
  cursor.at += 1;
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
