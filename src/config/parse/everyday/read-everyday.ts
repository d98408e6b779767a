import type { MapNode } from "../node.js";
import { controlCharacter, MAX_CHARACTERS, type SourceFile } from "../source-file.js";
import { readBlockMap } from "./block.js";
import { Cursor, char, endLine, toContent, Unsure, unsure } from "./cursor.js";
import { readFlow } from "./flow.js";

/**
 * Reads what people write every day, block maps and lists, one-line values, JSON, ten times faster than the yaml
 * package: the same tree with the same places, and nothing to report. `undefined` at the first thing that is rarer or
 * could be wrong: then the package reads the whole file. test/config/everyday holds the two against each other.
 */
export function readEveryday(file: SourceFile): MapNode | undefined {
  const { text } = file;
  if (text.length > MAX_CHARACTERS || controlCharacter.test(text)) return undefined;
  // Tabs and carriage returns have rules of their own.
  if (text.includes("\t") || text.includes("\r")) return undefined;
  try {
    const cursor = new Cursor(file);
    const root = readRoot(cursor);
    return cursor.indent === -1 ? root : undefined;
  } catch (error) {
    if (error instanceof Unsure) return undefined;
    throw error;
  }
}

function readRoot(cursor: Cursor): MapNode {
  toContent(cursor);
  if (cursor.indent === 0 && cursor.text.startsWith("---\n", cursor.at)) {
    cursor.at += 4;
    toContent(cursor);
  }
  if (cursor.indent !== 0) unsure();
  const root =
    cursor.code === char.openMap ? readJson(cursor) : readBlockMap(cursor, { indent: 0, depth: 0 });
  return root;
}

function readJson(cursor: Cursor): MapNode {
  const root = readFlow(cursor, { indent: -1, depth: 0 });
  endLine(cursor);
  return root.kind === "map" ? root : unsure();
}
