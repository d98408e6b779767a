// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import type { ScalarNode } from "../node.js";
import type { Span } from "../source-file.js";
import { loneSurrogate } from "../surrogates.js";
import { type Cursor, char, unsure } from "./cursor.js";

export interface Key extends Span {
  readonly name: string;
}

/** Longer keys are an error of YAML. */
const LONGEST_KEY = 1000;

/** A key up to its colon, which is passed; `undefined` where none begins. */
export function readKey(cursor: Cursor): Key | undefined {
  const start = cursor.at;
  const isQuoted = cursor.code === char.quote || cursor.code === char.apostrophe;
  const name = isQuoted ? readQuoted(cursor).value : matchPlainKey(cursor);
  if (name === undefined) return undefined;
  const end = cursor.at;
  if (cursor.code !== char.colon || typeof name !== "string") unsure();
  if (end - start > LONGEST_KEY || name === "__proto__" || name.includes("${")) unsure();
  cursor.at += 1;
  return { name, file: cursor.file, start, end };
}

function matchPlainKey(cursor: Cursor): string | undefined {
  const { text, at: start } = cursor;
  if (!isWordCode(cursor.code)) return undefined;
  let end = start + 1;
  for (let code = text.charCodeAt(end); canBeInKey(code); code = text.charCodeAt(end)) end += 1;
  if (text.charCodeAt(end) !== char.colon) return undefined;
  const name = cursor.shared(text.slice(start, end), checkKey);
  cursor.at = end;
  return name;
}

/** `1` and `true` are no texts, and as keys an error. */
function checkKey(name: string): void {
  if (typeof resolvePlain(name) !== "string") unsure();
}

function canBeInKey(code: number): boolean {
  return isWordCode(code) || code === char.dash || code === char.dot;
}

function isWordCode(code: number): boolean {
  return isAlphanumeric(code) || code === char.underscore;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Characters that begin an unquoted value and mean nothing else there. A `.` could begin the end of the document. */
function canBegin(code: number): boolean {
  return (
    isAlphanumeric(code) || "$_/(+~".includes(String.fromCharCode(code)) || (code > 0x9f && code !== 0xfeff)
  );
}

/** An unquoted value on one line; inside brackets it also ends at `,`, `]` and `}`. */
export function readPlain(cursor: Cursor, isInFlow: boolean): ScalarNode {
  const { text } = cursor;
  const start = cursor.at;
  if (!canBegin(cursor.code)) unsure();
  let end = start;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === char.newline) break;
    if (code === char.space) continue;
    if (code === char.hash && text.charCodeAt(at - 1) === char.space) break;
    if (code === char.colon && endsKey(text.charCodeAt(at + 1), isInFlow)) unsure();
    if (isInFlow && isFlowIndicator(code)) break;
    end = at + 1;
  }
  cursor.at = end;
  const raw = text.slice(start, end);
  return { kind: "scalar", file: cursor.file, start, end, value: resolvePlain(raw), raw };
}

function endsKey(next: number, isInFlow: boolean): boolean {
  return (
    Number.isNaN(next) || next === char.space || next === char.newline || (isInFlow && isFlowIndicator(next))
  );
}

function isFlowIndicator(code: number): boolean {
  return (
    code === char.comma ||
    code === char.openList ||
    code === char.closeList ||
    code === char.openMap ||
    code === char.closeMap
  );
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...["~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
/** Whatever could be a number to YAML, and more; only the first form is certainly one, and exact. */
const wholeNumber = /^(?:0|[1-9]\d{0,14})$/;
const maybeNumber = /^[-+.]*(?:[\d.][\dA-Fa-fOoXx_.+-]*|inf|nan)$/i;

/** What YAML 1.2 core takes an unquoted text for. */
function resolvePlain(raw: string): string | number | boolean | null {
  if (raw.length <= 5) {
    const word = words.get(raw);
    if (word !== undefined) return word;
  }
  const first = raw.charCodeAt(0);
  const isWord = (first >= 65 && first <= 90) || first >= 97 || first === char.dollar;
  if (isWord && raw !== "~") return raw;
  if (wholeNumber.test(raw)) return Number(raw);
  return maybeNumber.test(raw) ? unsure() : raw;
}

const jsonEscapes = /^(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*$/;

/** A text in quotes, on one line. */
export function readQuoted(cursor: Cursor): ScalarNode {
  const start = cursor.at;
  const value = cursor.code === char.quote ? readDouble(cursor) : readSingle(cursor);
  return { kind: "scalar", file: cursor.file, start, end: cursor.at, value, raw: value };
}

function readDouble(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at + 1;
  let hasEscape = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === char.newline) unsure();
    if (code === char.backslash) {
      hasEscape = true;
      at += 1;
    } else if (code === char.quote) {
      cursor.at = at + 1;
      const inner = text.slice(start, at);
      return hasEscape ? readEscapes(inner) : inner;
    }
  }
  return unsure();
}

/** JSON and YAML agree on these escapes; half a character is for the other reader to report. */
function readEscapes(inner: string): string {
  if (!jsonEscapes.test(inner)) unsure();
  const text = JSON.parse(`"${inner}"`) as string;
  return loneSurrogate.test(text) ? unsure() : text;
}

function readSingle(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at + 1;
  let at = text.indexOf("'", start);
  while (at >= 0 && text.charCodeAt(at + 1) === char.apostrophe) at = text.indexOf("'", at + 2);
  if (at < 0) unsure();
  cursor.at = at + 1;
  const inner = text.slice(start, at);
  return inner.includes("\n") ? unsure() : inner.replaceAll("''", "'");
}
