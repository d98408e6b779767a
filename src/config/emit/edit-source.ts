import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from "yaml";
import { compose } from "../parse/compose.js";
import { readTokens } from "../parse/read-tokens.js";
import { createSourceFile } from "../parse/source-file.js";
import { createCollector } from "../report.js";
import type { WritingStyle } from "./render-written.js";

/** One text that is to be edited: its tree with places, its comments, its habits. */
export interface EditSource {
  /** Without a byte order mark. */
  readonly text: string;
  readonly root: YAMLMap;
  readonly document: Document.Parsed<ParsedNode>;
  /** Offsets of comments, from `#` to the end of the line. */
  readonly comments: readonly (readonly [start: number, end: number])[];
  readonly eol: "\n" | "\r\n";
  readonly style: WritingStyle;
}

/** Characters by which the lexer says something of its own; they are not in the text. */
const signs = new Set(["\u0002", "\u0018", "\u001f"]);

/** A text as something to edit; `undefined` where it is no map, which the reader has reported before. */
export function readEditSource(name: string, text: string): EditSource | undefined {
  const collector = createCollector();
  const tokens = readTokens(createSourceFile(name, text), collector);
  if (tokens === undefined) return undefined;
  const [document] = compose(tokens, text.length);
  if (document === undefined || !isMap(document.contents)) return undefined;
  const root: YAMLMap = document.contents;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const style = { json: isJson(name, text), step: findStep(root, text), literals: eol === "\n" };
  return { text, root, document, comments: findComments(text), eol, style };
}

/** The key of a pair as text. */
export function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) && typeof key.value === "string" ? key.value : undefined;
}

/** The pair behind a key. */
export function pairAt(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}

/** The value at a path, aliases followed. */
export function lookUp(source: EditSource, path: readonly string[]): Node | undefined {
  let node: Node | undefined = source.root;
  for (const key of path) {
    const map = followAlias(node, source);
    if (!isMap(map)) return undefined;
    const value = pairAt(map, key)?.value;
    node = isNode(value) ? value : undefined;
  }
  return node;
}

/** What an alias stands for; any other node as it is. */
export function followAlias(node: Node | undefined, { document }: EditSource): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

/** Whether something behind a key is a value, with a place in the text. */
export function isNode(value: unknown): value is Node & { range: readonly [number, number, number] } {
  return (
    (isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)) &&
    value.range !== undefined &&
    value.range !== null
  );
}

/** Whether nothing stands there: `key:`. */
export function isEmptyNode(value: unknown): boolean {
  return !isNode(value) || (isScalar(value) && value.range?.[0] === value.range?.[1]);
}

function isJson(name: string, text: string): boolean {
  if (!/\.json$/i.test(name) && !text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** How far the first nested block map is indented. */
function findStep(root: YAMLMap, text: string): number {
  for (const { value } of root.items) {
    if (!isMap(value) || value.flow === true || !value.range) continue;
    const start = value.range[0];
    const column = start - (text.lastIndexOf("\n", start - 1) + 1);
    if (column > 0 && column <= 8) return column;
  }
  return 2;
}

function findComments(text: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let offset = 0;
  let afterMark = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (signs.has(lexeme)) {
      afterMark = lexeme === "\u001f";
      continue;
    }
    if (!afterMark && lexeme.startsWith("#")) found.push([offset, offset + lexeme.length]);
    // The header of a block text ends with a comment of its own.
    afterMark = false;
    offset += lexeme.length;
  }
  return found;
}
