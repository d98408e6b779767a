import { isMap, isScalar, isSeq } from "yaml";
import { type EditSource, isEmptyNode, isNode } from "./edit-source.js";

/** A part of the text and what stands there afterwards. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of one text in the making. They never overlap; where one cannot be made, it says why. */
export class Draft {
  readonly #splices: Splice[] = [];
  readonly obstacles: string[] = [];

  constructor(readonly source: EditSource) {}

  replace(start: number, end: number, text: string): void {
    this.#splices.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  obstruct(why: string): void {
    this.obstacles.push(why);
  }

  /** The text with all edits made; at one place insertions come in the order in which they were asked for. */
  text(): string {
    const parts: string[] = [];
    let at = 0;
    const sorted = this.#splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
    for (const { start, end, text } of sorted) {
      if (start < at) {
        this.obstruct("two edits meet in one place");
        continue;
      }
      parts.push(this.source.text.slice(at, start), text);
      at = end;
    }
    return parts.join("") + this.source.text.slice(at);
  }

  /** Whole lines at an offset that begins a line, or at the end of a text without a last newline. */
  insertLines(at: number, lines: readonly string[]): void {
    const { text, eol } = this.source;
    const isUnended = at === text.length && at > 0 && text[at - 1] !== "\n";
    const block = lines.join(eol);
    this.insert(at, isUnended ? `${eol}${block}` : `${block}${eol}`);
  }

  lineStart(offset: number): number {
    return this.source.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Where the line ends, before its newline. */
  lineEnd(offset: number): number {
    const { text } = this.source;
    const newline = text.indexOf("\n", offset);
    if (newline < 0) return text.length;
    return newline > offset && text[newline - 1] === "\r" ? newline - 1 : newline;
  }

  /** Where the next line begins. */
  nextLine(offset: number): number {
    const newline = this.source.text.indexOf("\n", offset);
    return newline < 0 ? this.source.text.length : newline + 1;
  }

  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** Whether only indentation stands before it in its line. */
  beginsLine(offset: number): boolean {
    return this.source.text.slice(this.lineStart(offset), offset).trim() === "";
  }

  /** What stands behind it in its line: nothing, or a comment with the space before; `undefined`: something else. */
  tail(offset: number): string | undefined {
    const rest = this.source.text.slice(offset, this.lineEnd(offset));
    return rest.trim() === "" || /^[ \t]+#/.test(rest) ? rest.trimEnd() : undefined;
  }

  hasComment(start: number, end: number): boolean {
    return this.source.comments.some(([from, to]) => from < end && to > start);
  }
}

/** Behind the colon of a key; `undefined` where there is none. */
export function afterColon(key: unknown, { text }: EditSource): number | undefined {
  if (!isNode(key)) return undefined;
  const colon = /^\s*:/.exec(text.slice(key.range[1], key.range[1] + 200))?.[0];
  return colon === undefined ? undefined : key.range[1] + colon.length;
}

/** Where the content of a value ends: before its trailing comment, before the last newline of a block. */
export function contentEnd(node: unknown, source: EditSource): number | undefined {
  if (!isNode(node)) return undefined;
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isSeq(node)) return contentEnd(last, source);
    const pair = node.items.at(-1);
    return pair === undefined ? undefined : pairEnd(pair, source);
  }
  if (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED")) {
    return node.range[0] + source.text.slice(node.range[0], node.range[1]).trimEnd().length;
  }
  return node.range[1];
}

/** Where a key with its value ends. */
export function pairEnd(
  { key, value }: { key: unknown; value: unknown },
  source: EditSource,
): number | undefined {
  return isEmptyNode(value) ? afterColon(key, source) : contentEnd(value, source);
}
