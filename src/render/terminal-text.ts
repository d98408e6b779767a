import { textsOf } from "../state/texts.js";
import { isPlain } from "./text-width.js";

/**
 * Everything that a terminal, a log viewer or an eye would not show as what it is: control characters (newline, tab
 * and ESC among them), line separators, bidi controls, zero-width and other ignorable characters, tags, fillers,
 * spaces that are not a space, lone surrogates, private use.
 */
const unseen =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u2800\ufff9-\ufffb]|(?![ \u3000])\p{Zs}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** One selector after a character picks its shape; a run of them, or one without a character, carries hidden text. */
const strayMark = /^[\p{M}]|(?<=\p{Variation_Selector})\p{Variation_Selector}/gu;

/** GitHub and Azure take a command from anywhere in a line of their logs. */
const logCommand = /##(?=\[|vso\[)/giu;

/**
 * A stranger's text for one line of a terminal or a log: what is not seen, or would be obeyed, is shown as `\u{…}`.
 * Applying it twice changes nothing.
 */
export function safeText(text: string): string {
  // Most texts say in a moment that there is nothing to escape.
  if (isPlain(text) && !text.includes("##")) return text;
  return text
    .replace(unseen, escapeCharacter)
    .replace(strayMark, escapeCharacter)
    .replace(logCommand, "#\\u{23}");
}

/** The same for JSON, without loss: `\uXXXX` there means the character itself. */
export function safeJsonText(json: string): string {
  if (/^[\n\x20-\x7e]*$/.test(json) && !json.includes("##")) return json;
  return json
    .replace(unseen, (found) => (found === "\n" ? found : escapeUnits(found)))
    .replace(/(?<=\p{Variation_Selector})\p{Variation_Selector}/gu, escapeUnits)
    .replace(logCommand, "#\\u0023");
}

/** Keys of GStable, which no output may show, wherever a text has picked them up; `task_live_feed` is none. */
const credential = /(?<![A-Za-z])((?:sk|rk)_(?:live|test)_|wkk_)[A-Za-z0-9_-]{4,}/g;

/** Replaces what looks like an API key or a webhook's signing key. */
export function redactText(text: string): string {
  return text.replace(credential, "$1[hidden]");
}

/** The same value with every text in it redacted; the value itself where there is nothing to redact. */
export function redactDeep<T>(value: T): T {
  // Hardly ever is there anything, and all texts at once say so in a moment.
  const all = textsOf(value, { names: false }).join("\0");
  return redactText(all) === all ? value : (redactValue(value) as T); // keeps the shape: only texts are replaced, by texts
}

function redactValue(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, redactValue(part)]));
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}
