import type { Source } from "../../diagnostics/index.js";
import { type Look, signsOf } from "../look.js";
import { safeText } from "../terminal-text.js";
import { charactersOf, characterWidth, textWidth } from "../text-width.js";
import { type Row, row, type Span, say } from "./row.js";
import type { Tone } from "./tone.js";

/** The place, and where the line is known, the line with a mark under what is meant. */
export function frameRows(source: Source, tone: Tone, look: Look): readonly Row[] {
  const { arrow, bar } = signsOf(look);
  const place = row(
    1,
    say("muted", arrow),
    " ",
    say("info", `${source.file}:${source.line}:${source.column}`),
  );
  if (source.lineText === undefined) return [place];
  const number = String(source.line);
  const gutter = (text: string): Span => say("muted", ` ${text.padStart(number.length)} ${bar} `);
  const cut = windowOf(source, Math.max(look.width, 40) - number.length - 6, look);
  // Whole: a frame is a picture, wrapping it would move the mark away from what it marks.
  return [
    place,
    { indent: 0, hang: 0, spans: [whole(gutter(number)), whole({ text: cut.line })] },
    {
      indent: 0,
      hang: 0,
      spans: [
        whole(gutter("")),
        whole({ text: " ".repeat(cut.before) }),
        whole(say(tone, "^".repeat(cut.marked))),
      ],
    },
  ];
}

function whole(span: Span): Span {
  return { ...span, whole: true };
}

/** As much of a source line as fits, with the marked part in it; what is left out shows as a sign. */
function windowOf(
  source: Source,
  room: number,
  look: Look,
): { line: string; before: number; marked: number } {
  const text = source.lineText ?? "";
  const { cut } = signsOf(look);
  const start = Math.min(Math.max(source.column - 1, 0), text.length);
  const end = Math.min(
    Math.max((source.endColumn ?? source.column + 1) - 1, start + 1),
    Math.max(text.length, start + 1),
  );
  const head = shownText(text.slice(0, start));
  const marked = shownText(text.slice(start, end));
  const tail = shownText(text.slice(end));
  const shortHead = keepEnd(head, Math.max(Math.floor(room / 2), room - textWidth(marked + tail)), cut);
  const shortMarked = keepStart(marked, room - textWidth(shortHead), cut);
  const shortTail = keepStart(tail, room - textWidth(shortHead + shortMarked), cut);
  return {
    line: shortHead + shortMarked + shortTail,
    before: textWidth(shortHead),
    marked: Math.max(textWidth(shortMarked), 1),
  };
}

/** As it will be printed; a tab is indentation here and nothing else. */
function shownText(text: string): string {
  return safeText(text.replaceAll("\t", "  "));
}

function keepEnd(text: string, room: number, cut: string): string {
  if (textWidth(text) <= room) return text;
  return (
    cut +
    fitting(charactersOf(text).toReversed(), room - cut.length)
      .reverse()
      .join("")
  );
}

function keepStart(text: string, room: number, cut: string): string {
  if (textWidth(text) <= room) return text;
  return fitting(charactersOf(text), room - cut.length).join("") + cut;
}

/** As many of the characters, from the first on, as have room. */
function fitting(characters: readonly string[], room: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += characterWidth(character);
    return used > room;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}
