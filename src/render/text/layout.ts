import type { Look } from "../look.js";
import { safeText } from "../terminal-text.js";
import { charactersOf, characterWidth, isPlain } from "../text-width.js";
import type { Row, Span } from "./row.js";
import { paint, type Tone } from "./tone.js";

/** Narrower than this nothing is readable; the terminal then wraps by itself. */
const LEAST_WIDTH = 40;
/** What stands at the right edge does not wander off on a very wide terminal. */
const RIGHT_EDGE = 120;

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly tone: Tone | undefined;
  readonly whole: boolean;
}

interface Word {
  readonly gap: readonly Cell[];
  readonly body: readonly Cell[];
}

/**
 * The only way from rows to text: escapes every span, wraps, aligns, paints. No line ends in a space, is a workflow
 * command of a CI service, or holds a control character but our own SGR sequences.
 */
export function layOut(rows: readonly Row[], look: Look): string {
  const width = Math.max(look.width, LEAST_WIDTH);
  return rows.map((row) => layOutPlainly(row, width, look) ?? layOutWhole(row, width, look)).join("");
}

function layOutWhole(row: Row, width: number, { colour }: Look): string {
  return physicalLines(row, width)
    .map((line) => `${printLine(line, colour)}\n`)
    .join("");
}

/**
 * A row that stands on its line as it is: nothing in it to escape, wrap or align. Most rows are such, and of those
 * not each character needs a look.
 */
function layOutPlainly({ indent, spans, right }: Row, width: number, { colour }: Look): string | undefined {
  const text = spans.map((span) => span.text).join("");
  if (right !== undefined || indent > width - 20 || indent + text.length > width) return undefined;
  if (!isPlain(text) || text.includes("::") || text.includes("##")) return undefined;
  let left = text.trimEnd().length;
  if (left === 0) return "\n";
  const before = { text: " ".repeat(indent), tone: undefined };
  const cut = spans.map((span) => {
    const piece = { text: span.text.slice(0, Math.max(left, 0)), tone: span.tone };
    left -= span.text.length;
    return piece;
  });
  return `${print([before, ...cut], colour)}\n`;
}

/** One row on one line, however long; for progress. */
export function layOutLine(row: Row, look: Look): string {
  return layOut([row], { ...look, width: Number.MAX_SAFE_INTEGER }).trimEnd();
}

function physicalLines(row: Row, width: number): readonly (readonly Cell[])[] {
  const indent = Math.min(row.indent, width - 20);
  const hang = Math.min(indent + row.hang, width - 20);
  const lines = wrap(wordsOf(cellsOf(row.spans)), { first: width - indent, rest: width - hang });
  const placed = lines.map((line, index) => [...padding(index === 0 ? indent : hang), ...line]);
  if (row.right === undefined) return placed;
  const right = cellsOf(row.right);
  const room = Math.min(width, RIGHT_EDGE) - widthOf(placed[0] ?? []) - widthOf(right);
  if (placed.length === 1 && room >= 2) return [[...(placed[0] ?? []), ...padding(room), ...right]];
  return [...placed, ...physicalLines({ indent: hang, hang: 2, spans: row.right }, width)];
}

function cellsOf(spans: readonly Span[]): readonly Cell[] {
  return spans.flatMap((span) =>
    charactersOf(safeText(span.text)).map((text) => ({
      text,
      width: characterWidth(text),
      tone: span.tone,
      whole: span.whole ?? false,
    })),
  );
}

function wordsOf(cells: readonly Cell[]): readonly Word[] {
  const words: { gap: Cell[]; body: Cell[] }[] = [];
  for (const cell of cells) {
    const isGap = cell.text === " " && !cell.whole;
    const last = words.at(-1);
    if (last === undefined || (isGap && last.body.length > 0)) {
      words.push(isGap ? { gap: [cell], body: [] } : { gap: [], body: [cell] });
    } else (isGap ? last.gap : last.body).push(cell);
  }
  return words.map(({ gap, body }) => ({ gap, body: disarm(separateHashes(body)) }));
}

/** `##[` is an order to Azure's and GitHub's runners, also where our own mark of a word diff ends a stranger's `##`. */
function separateHashes(body: readonly Cell[]): readonly Cell[] {
  return body.flatMap((cell, index) => {
    const isOrder = cell.text === "#" && body[index + 1]?.text === "#" && body[index + 2]?.text === "[";
    return isOrder ? escaped(cell) : [cell];
  });
}

/**
 * `::` at the beginning of a line is an order to GitHub's runner, and any word may come to stand there. What is to be
 * copied can have spaces of its own in front.
 */
function disarm(body: readonly Cell[]): readonly Cell[] {
  const start = body.findIndex((cell) => cell.text.trim() !== "");
  const [first, second] = body.slice(Math.max(start, 0));
  if (first?.text !== ":" || second?.text !== ":") return body;
  return [...body.slice(0, start), ...escaped(first), ...body.slice(start + 1)];
}

function wrap(words: readonly Word[], room: { first: number; rest: number }): readonly (readonly Cell[])[] {
  const lines: Cell[][] = [[]];
  const roomNow = () => (lines.length === 1 ? room.first : room.rest);
  for (const word of words) {
    const line = lines.at(-1) ?? [];
    const fits = widthOf(line) + widthOf(word.gap) + widthOf(word.body) <= roomNow();
    if (fits) line.push(...word.gap, ...word.body);
    else if (word.body.length > 0) {
      if (line.length > 0) lines.push([]);
      const [head = [], ...tail] = pieces(word.body, roomNow(), room.rest);
      lines.at(-1)?.push(...head);
      lines.push(...tail.map((piece) => [...piece]));
    }
  }
  return lines;
}

/** A word wider than the page, cut where the page ends; all of it is shown. */
function pieces(body: readonly Cell[], first: number, rest: number): readonly (readonly Cell[])[] {
  if (widthOf(body) <= first || body.some((cell) => cell.whole)) return [body];
  const parts: Cell[][] = [[]];
  for (const cell of separateColons(body)) {
    const room = parts.length === 1 ? first : rest;
    if (widthOf(parts.at(-1) ?? []) + cell.width > room) parts.push([]);
    parts.at(-1)?.push(cell);
  }
  return parts;
}

function separateColons(body: readonly Cell[]): readonly Cell[] {
  return body.flatMap((cell, index) =>
    cell.text === ":" && body[index - 1]?.text === ":" ? escaped(cell) : [cell],
  );
}

/** A character of one UTF-16 unit as its escape, in the same tone. */
function escaped(cell: Cell): readonly Cell[] {
  const code = `\\u{${cell.text.charCodeAt(0).toString(16)}}`;
  return [...code].map((text) => ({ ...cell, text, width: 1 }));
}

function printLine(line: readonly Cell[], colour: boolean): string {
  return print(line.slice(0, line.findLastIndex((cell) => cell.text !== " ") + 1), colour);
}

/** Pieces behind each other; neighbours of one tone are painted together. */
function print(pieces: readonly Pick<Cell, "text" | "tone">[], colour: boolean): string {
  const runs: { tone: Tone | undefined; text: string }[] = [];
  for (const { text, tone } of pieces) {
    const last = runs.at(-1);
    if (last !== undefined && last.tone === tone) last.text += text;
    else if (text !== "") runs.push({ tone, text });
  }
  return runs.map((run) => (colour ? paint(run.text, run.tone) : run.text)).join("");
}

function padding(width: number): readonly Cell[] {
  return Array.from({ length: Math.max(width, 0) }, () => ({
    text: " ",
    width: 1,
    tone: undefined,
    whole: false,
  }));
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
