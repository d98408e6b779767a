import type { Source } from "../../diagnostics/index.js";

/** A text with its name. Lines are only counted when a diagnostic or an entry asks for a place. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** Offsets at which lines begin. */
  lineStarts(): readonly number[];
}

/** A part of a text: offsets, the end excluded. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A longer text is not read. */
export const MAX_CHARACTERS = 8 * 1024 * 1024;
/** What no text contains. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Of a longer line only the beginning is kept: minified JSON would put megabytes into each diagnostic. */
const MAX_LINE_TEXT = 1000;

/** A leading byte order mark is dropped: it belongs to no line. */
export function createSourceFile(name: string, content: string): SourceFile {
  const text = content.charCodeAt(0) === 0xfeff ? content.slice(1) : content;
  let starts: readonly number[] | undefined;
  return {
    name: name === "-" ? "<stdin>" : name,
    text,
    lineStarts: () => {
      starts ??= findLineStarts(text);
      return starts;
    },
  };
}

/** The place of a span, with its line for the frame; of several lines, the first. */
export function sourceOf(span: Span): Source {
  const { text, name } = span.file;
  const starts = span.file.lineStarts();
  const index = lineAt(starts, span.start);
  const lineStart = starts[index] ?? 0;
  const lineEnd = endOfLine(text, starts[index + 1]);
  const column = span.start - lineStart + 1;
  const last = Math.min(span.end, lineEnd) - lineStart + 1;
  const line = index + 1;
  const endColumn = Math.max(last, column + 1);
  if (column > MAX_LINE_TEXT) return { file: name, line, column, endColumn };
  const lineText = text.slice(lineStart, Math.min(lineEnd, lineStart + MAX_LINE_TEXT));
  return { file: name, line, column, endColumn, lineText };
}

function endOfLine(text: string, nextStart: number | undefined): number {
  const end = nextStart === undefined ? text.length : nextStart - 1;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
