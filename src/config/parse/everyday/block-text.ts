import type { ScalarNode } from "../node.js";
import { type Cursor, char, toContent, unsure } from "./cursor.js";

const header = /([|>])(-?)\n( +)(?=[^ \n])/y;

/** A text of several lines after `|` or `>`, indented more than its key. Goes on to the next content. */
export function readBlockText(cursor: Cursor, parentIndent: number): ScalarNode {
  const { text, file } = cursor;
  const start = cursor.at;
  header.lastIndex = start;
  const [whole = "", style, chomp, indent = ""] = header.exec(text) ?? unsure();
  if (indent.length <= parentIndent) unsure();
  cursor.at = start + whole.length - indent.length;
  const { lines, end } = readLines(cursor, indent);
  const joined = style === "|" ? lines.join("\n") : fold(lines);
  const value = chomp === "-" ? joined : `${joined}\n`;
  cursor.at = end;
  toContent(cursor);
  return { kind: "scalar", file, start, end, value, raw: value };
}

/** The lines without their indentation, up to the last that has any content. */
function readLines(cursor: Cursor, indent: string): { lines: string[]; end: number } {
  const { text } = cursor;
  const lines: string[] = [];
  let filled = 0;
  let end = cursor.at;
  for (let at = cursor.at; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    if (newline < 0) unsure();
    if (newline === at) lines.push("");
    else if (text.startsWith(indent, at)) {
      lines.push(text.slice(at + indent.length, newline));
      filled = lines.length;
      end = newline + 1;
      // A line of spaces is content or none, depending on what surrounds it.
      if (text.slice(at, newline).trim() === "") unsure();
    } else if (text.charCodeAt(at) === char.space) {
      endsHere(text.slice(at, newline));
      break;
    } else break;
    at = newline + 1;
  }
  return { lines: lines.slice(0, filled), end };
}

/** A line that is indented less ends the text, if it has any content. */
function endsHere(line: string): void {
  if (line.trim() === "") unsure();
}

/** Single line breaks become spaces, empty lines become line breaks. Lines that are indented more stay as they are. */
function fold(lines: readonly string[]): string {
  if (lines.some((line) => line.startsWith(" "))) unsure();
  return lines.join("\n").replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks.slice(1)));
}
