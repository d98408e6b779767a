import type { Tone } from "./tone.js";

/** A piece of a row. Its text may be a stranger's: the layout escapes whatever it is given. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** To be copied: never broken over lines, even where it is wider than the page. */
  readonly whole?: boolean;
}

/** One logical line: wrapped by the layout, continued `hang` columns further in. */
export interface Row {
  readonly indent: number;
  readonly hang: number;
  readonly spans: readonly Span[];
  /** Set at the right edge where there is room, else on the following line. */
  readonly right?: readonly Span[];
}

export const blank: Row = { indent: 0, hang: 0, spans: [] };

/** A row from texts and spans. */
export function row(indent: number, ...parts: readonly (string | Span)[]): Row {
  return { indent, hang: 2, spans: spansOf(parts) };
}

/** Sentences: their lines begin below each other. */
export function paragraph(indent: number, ...parts: readonly (string | Span)[]): Row {
  return { ...row(indent, ...parts), hang: 0 };
}

function spansOf(parts: readonly (string | Span)[]): readonly Span[] {
  return parts.map((part) => (typeof part === "string" ? { text: part } : part));
}

/** The number of a change, with room for three digits and what follows. */
export function sayNumber(number: number): Span {
  return say("strong", `#${number} `.padEnd(4));
}

/** A text in a tone. */
export function say(tone: Tone, text: string): Span {
  return { text, tone };
}

/** A command or flag to copy. */
export function copyable(text: string): Span {
  return { text, tone: "strong", whole: true };
}

/** A headline, its rows, and an empty line after them; nothing at all where there are no rows. */
export function section(title: readonly (string | Span)[], rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return [];
  return [row(0, ...title), ...rows, ...(rows.at(-1) === blank ? [] : [blank])];
}
