import type { ConfigNode, ListNode, MapNode, Pair, ScalarNode } from "../node.js";
import { readBlockText } from "./block-text.js";
import { type Cursor, char, endLine, toContent, unsure } from "./cursor.js";
import { readFlow } from "./flow.js";
import { type Key, readKey, readPlain, readQuoted } from "./scalars.js";

const MAX_DEPTH = 50;

/** The column of a collection's items, and how many collections it is in. */
interface Block {
  readonly indent: number;
  readonly depth: number;
}

/** A map with a line for each key, beginning at the cursor. Goes on to the content after it. */
export function readBlockMap(cursor: Cursor, block: Block): MapNode {
  return readPairs(cursor, block, readKey(cursor) ?? unsure());
}

function readPairs(cursor: Cursor, { indent, depth }: Block, first: Key): MapNode {
  if (depth > MAX_DEPTH) unsure();
  const entries = new Map<string, Pair>();
  let end = cursor.at;
  for (let key = first; ; key = readKey(cursor) ?? unsure()) {
    if (entries.has(key.name)) unsure();
    const value = readValue(cursor, { indent, depth: depth + 1 });
    entries.set(key.name, { file: key.file, start: key.start, end: key.end, value });
    end = value.end;
    if (cursor.indent !== indent) break;
  }
  if (cursor.indent > indent) unsure();
  return { kind: "map", file: cursor.file, start: first.start, end, entries };
}

/** What stands behind a key. */
function readValue(cursor: Cursor, block: Block): ConfigNode {
  const afterColon = cursor.at;
  cursor.skipSpaces();
  const isComment = cursor.code === char.hash && cursor.at > afterColon;
  if (cursor.isAtLineEnd || isComment) return readNested(cursor, block);
  if (cursor.at === afterColon) unsure();
  if (cursor.code === char.pipe || cursor.code === char.greater) return readBlockText(cursor, block.indent);
  return readInline(cursor, block);
}

/** A value that ends on its line, or in the line of its closing bracket. */
function readInline(cursor: Cursor, block: Block): ConfigNode {
  const value = readUpToEnd(cursor, block);
  endLine(cursor);
  return value;
}

function readUpToEnd(cursor: Cursor, block: Block): ConfigNode {
  switch (cursor.code) {
    case char.openList:
    case char.openMap:
      return readFlow(cursor, block);
    case char.quote:
    case char.apostrophe:
      return readQuoted(cursor);
    default:
      return readPlain(cursor, false);
  }
}

/** What is in the lines below a key: more indented, or a list at the key's own column; or nothing. */
function readNested(cursor: Cursor, { indent, depth }: Block): ConfigNode {
  const nothing: ScalarNode = { kind: "scalar", ...cursor.spanFrom(cursor.at), value: null, raw: "" };
  endComment(cursor);
  const below = { indent: cursor.indent, depth };
  if (isAtItem(cursor) && cursor.indent >= indent) return readBlockList(cursor, below);
  return cursor.indent > indent ? readBlockMap(cursor, below) : nothing;
}

function endComment(cursor: Cursor): void {
  const end = cursor.text.indexOf("\n", cursor.at);
  cursor.at = end < 0 ? cursor.text.length : end + 1;
  toContent(cursor);
}

function isAtItem(cursor: Cursor): boolean {
  return cursor.code === char.dash && cursor.text.charCodeAt(cursor.at + 1) === char.space;
}

function readBlockList(cursor: Cursor, { indent, depth }: Block): ListNode {
  if (depth > MAX_DEPTH) unsure();
  const start = cursor.at;
  const items: ConfigNode[] = [];
  do {
    const dash = cursor.at;
    cursor.at += 1;
    cursor.skipSpaces();
    items.push(readItem(cursor, { indent, depth: depth + 1 }, indent + cursor.at - dash));
  } while (cursor.indent === indent && isAtItem(cursor));
  if (cursor.indent > indent) unsure();
  const end = items.at(-1)?.end ?? start;
  // Copied to its size: an array that grew keeps room for seventeen.
  return { kind: "list", file: cursor.file, start, end, items: items.slice() };
}

/** An item behind its dash: a value, or a map whose keys stand at `column`. */
function readItem(cursor: Cursor, block: Block, column: number): ConfigNode {
  const isQuoted = cursor.code === char.quote || cursor.code === char.apostrophe;
  const start = cursor.at;
  const key = isQuoted ? undefined : readKey(cursor);
  if (key !== undefined && (cursor.code === char.space || cursor.isAtLineEnd)) {
    return readPairs(cursor, { indent: column, depth: block.depth }, key);
  }
  cursor.at = start;
  return readInline(cursor, block);
}
