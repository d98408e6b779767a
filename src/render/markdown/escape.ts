import { safeText } from "../terminal-text.js";

/** Markdown of our own, or escaped: what a template takes as it is. */
export class Markdown {
  constructor(readonly text: string) {}
}

type Insert = string | number | Markdown | readonly Markdown[];

/**
 * Our words with values in them. A text is a stranger's and becomes a code span: inside of one nothing is a link, an
 * image, a mention, HTML, an emoji or a formula, on any platform. Escaping by backslash would not keep GitHub from
 * reading a mention or an issue into it, because it looks for them after the Markdown is gone.
 */
export function md(words: TemplateStringsArray, ...inserts: readonly Insert[]): Markdown {
  return new Markdown(glue(words.flatMap((word, index) => [word, textOf(inserts[index])])));
}

function textOf(insert: Insert | undefined): string {
  if (insert === undefined) return "";
  if (typeof insert === "string") return codeSpan(insert);
  if (typeof insert === "number") return String(insert);
  return insert instanceof Markdown ? insert.text : glue(insert.map(({ text }) => text));
}

/** Two code spans that touch would become one, and what is between them text. */
function glue(parts: readonly string[]): string {
  let text = "";
  for (const part of parts) text += text.endsWith("`") && part.startsWith("`") ? ` ${part}` : part;
  return text;
}

/** Our own words as they are. */
export function words(text: string): Markdown {
  return new Markdown(text);
}

/** The parts with Markdown of our own between them; code spans that would touch stay apart. */
export function join(parts: readonly Markdown[], between: string): Markdown {
  return new Markdown(glue(parts.flatMap(({ text }, index) => (index === 0 ? [text] : [between, text]))));
}

/** So much of a value is shown; the rest is counted. */
export const LONGEST = 2_000;
/** A fence of more backticks than this some parsers no longer take for one. */
const MOST_BACKTICKS = 8;

/** A text of anybody on one line, as code. A pipe would end a table's cell even in there. */
export function codeSpan(text: string): string {
  const shown = safeText(clip(text, LONGEST))
    .replaceAll("|", "\\u{7c}")
    .replace(/`{9,}/g, (run) => "\\u{60}".repeat(run.length));
  if (shown === "") return '`""`';
  const runs = shown.match(/`+/g) ?? [];
  const taken = new Set(runs.map((run) => run.length));
  const length = Array.from({ length: MOST_BACKTICKS + 1 }, (_, index) => index + 1).find(
    (one) => !taken.has(one),
  );
  const fence = "`".repeat(length ?? MOST_BACKTICKS + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The first characters of a text, and how many there are. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}

/** Words that no Markdown reads anything into: letters, and marks that sentences end with. */
const plainWord = /^[("]*[A-Za-z][A-Za-z'-]*[.,;:!?)"]*$/;
const plainNumber = /^\(?\d{1,3}(?:\.\d{1,3})?%?[.,;:!?)]*$/;

/**
 * A sentence with strangers' words in it. What is a plain English word stays one; quoted stretches and everything
 * else (an URL, a mention, an amount, another script) become code.
 */
export function prose(text: string, { atStart = true }: { atStart?: boolean } = {}): Markdown {
  const pieces = text
    .split(/(`[^`]*`)/)
    .flatMap((part, index) =>
      index % 2 === 1 ? [{ code: true, text: part.slice(1, -1) }] : splitWords(part, atStart && index === 0),
    );
  const merged: { code: boolean; text: string }[] = [];
  for (const { code, text: shown } of pieces.filter((one) => one.code || one.text !== "")) {
    const last = merged.at(-1);
    if (last !== undefined && last.code === code) last.text += shown;
    else merged.push({ code, text: shown });
  }
  return new Markdown(glue(merged.map((one) => (one.code ? codeSpan(one.text) : one.text))));
}

/** A number at the start of a line would begin a list. */
function splitWords(part: string, atStart: boolean): { code: boolean; text: string }[] {
  let isFirst = atStart;
  return part.split(/( +)/).flatMap((word) => {
    if (word === "") return [];
    if (/^ +$/.test(word)) return [{ code: false, text: " " }];
    const isPlain =
      plainWord.test(word) ||
      (!isFirst && plainNumber.test(word)) ||
      (!isFirst && /^[.,;:(]$|^\)[.,;:]?$/.test(word));
    isFirst = false;
    return isPlain ? [{ code: false, text: word }] : peel(word);
  });
}

/** Brackets and full stops around a word that becomes code stay outside of it. */
function peel(word: string): { code: boolean; text: string }[] {
  const [, before = "", core = "", after = ""] = /^([("]*)(.*?)([.,;:!?)"]*)$/su.exec(word) ?? [];
  if (core === "") return [{ code: true, text: word }];
  return [
    { code: false, text: before },
    { code: true, text: core },
    { code: false, text: after },
  ];
}

/** A word of a closed set, as it is; anything else becomes code. */
export function term(text: string): Markdown {
  return /^(?:[A-Za-z]+|GS\d{4})$/.test(text) ? words(text) : md`${text}`;
}

/** A fenced block to copy, for lines that may hold a stranger's words. */
export function fence(lines: readonly string[]): Markdown {
  const safe = lines.map((line) => safeText(line));
  const longest = Math.max(2, ...safe.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const mark = "`".repeat(longest + 1);
  return new Markdown([`${mark}sh`, ...safe, mark].join("\n"));
}

/** A text inside of an HTML block, where Markdown is not read. */
export function htmlCode(text: string): string {
  const shown = safeText(clip(text, 200)).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
  return `<code>${shown === "" ? '""' : shown}</code>`;
}

/** What finds the comment again: one a command, project and environment. Nothing in it can end an HTML comment. */
export function marker(command: string, project: string, environment: string | null): string {
  const name = [project, ...(environment === null ? [] : [environment])].map(encodeName).join("/");
  return `<!-- gstable-sync ${command}: ${name} -->`;
}

function encodeName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, "?"))
    .replace(/[!'()*~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/--/g, "-%2D")
    .replace(/^-|-$/g, "%2D");
}
