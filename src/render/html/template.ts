import { safeText } from "../terminal-text.js";

/** HTML of our own, or escaped: what a template takes as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Insert = string | number | Html | readonly Html[] | undefined;

/** Our HTML with values in it. Texts are escaped for elements and quoted attributes; characters that hide are shown. */
export function html(markup: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(markup.map((part, index) => part + textOf(inserts[index])).join(""));
}

function textOf(insert: Insert): string {
  if (insert === undefined) return "";
  if (typeof insert === "string") return escapeText(insert);
  if (typeof insert === "number") return String(insert);
  return insert instanceof Html ? insert.text : insert.map(({ text }) => text).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return safeText(text).replace(/[&<>"']/g, (found) => entities[found] ?? found);
}

/** A stranger's value: set apart from our words, and its direction kept to itself. */
export function value(
  text: string,
  kind: "" | "name" | "was" | "becomes" = "",
  isCode: boolean | undefined = undefined,
): Html {
  const shown = text === "" ? '""' : text;
  const set = html`${isCode === true ? html` class="mono"` : undefined}`;
  if (kind === "was") return html`<del${set}><bdi>${shown}</bdi></del>`;
  if (kind === "becomes") return html`<ins${set}><bdi>${shown}</bdi></ins>`;
  return kind === "name" ? html`<b><bdi>${shown}</bdi></b>` : html`<code><bdi>${shown}</bdi></code>`;
}

/** The parts with a text of our own between them: it is not escaped. */
export function join(parts: readonly Html[], between: string): Html {
  return new Html(parts.map(({ text }) => text).join(between));
}

export const nothing = new Html("");
