import type { FieldChange } from "../view/field.js";
import type { AmountChange } from "../view/money.js";
import type { Phrase, Piece } from "../view/phrase.js";
import type { Shown } from "../view/value.js";
import { Html, html, join, nothing, value } from "./template.js";

/** A value as it stands: money in the page's own type, texts quoted, the rest as code. */
export function valueHtml(shown: Shown): Html {
  switch (shown.is) {
    case "unset":
      return html`<span class="soft">unset</span>`;
    case "money":
      return html`<bdi>${shown.text}</bdi>`;
    case "text":
      return html`“<bdi>${shown.text}</bdi>”`;
    case "url":
    case "plain":
      return value(shown.text);
    case "list":
      return shown.parts.length === 0
        ? html`<span class="soft">empty</span>`
        : join(shown.parts.map(valueHtml), ", ");
    case "lineItem": {
      const price = shown.unitPrice === undefined ? nothing : html` at ${valueHtml(shown.unitPrice)}`;
      return html`<bdi>${shown.product}</bdi> × <bdi>${shown.quantity}</bdi>${price}`;
    }
    case "record":
      return join(
        shown.parts.map(({ name, value: part }) => html`<bdi>${name}</bdi>: ${valueHtml(part)}`),
        ", ",
      );
  }
}

/** What was, and what becomes of it. */
export function sides(change: FieldChange): readonly [before: Html, after: Html] {
  switch (change.is) {
    case "set":
      return [nothing, valueHtml(change.after)];
    case "replaced":
      return [html`<del>${valueHtml(change.before)}</del>`, html`<ins>${valueHtml(change.after)}</ins>`];
    case "itemAdded":
      return [nothing, html`<ins>${valueHtml(change.item)}</ins>`];
    case "itemRemoved":
      return [html`<del>${valueHtml(change.item)}</del>`, html`<span class="soft">removed</span>`];
    case "members":
      return [
        join(
          change.removed.map((one) => value(one, "was")),
          " ",
        ),
        html`${join(
          change.added.map((one) => value(one, "becomes")),
          " ",
        )} <span class="soft">(${change.kept} as before)</span>`,
      ];
    case "words":
      return [wordsHtml(change.parts, "removed"), wordsHtml(change.parts, "added")];
  }
}

function wordsHtml(parts: (FieldChange & { is: "words" })["parts"], side: "removed" | "added"): Html {
  const shown = parts.map(({ is, text }) => {
    if (is === "kept") return html`${text}`;
    if (is === "skipped") return html` <span class="soft">… ${text.length} characters as before …</span> `;
    if (is !== side) return nothing;
    return is === "removed" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
  });
  return html`“<bdi>${shown}</bdi>”`;
}

/** How much an amount moved. */
export function differenceHtml(difference: AmountChange | undefined): Html {
  if (difference === undefined) return nothing;
  switch (difference.is) {
    case "percent":
      return html`<span class="note"><b>${difference.text}</b></span>`;
    case "factor":
      return html`<span class="note danger">exactly ${difference.up ? "×" : "÷"}${difference.factor} (${difference.percent})</span>`;
    case "from zero":
    case "to zero":
      return html`<span class="note danger">${difference.is}</span>`;
  }
}

/** A sentence of the view. */
export function phraseHtml(sentence: Phrase): Html {
  return new Html(sentence.map((piece) => pieceHtml(piece).text).join(""));
}

function pieceHtml({ is, text, isCode }: Piece): Html {
  switch (is) {
    case "words":
      return html`${text}`;
    case "times":
      return html`×`;
    case "name":
      return html`“<bdi>${text}</bdi>”`;
    case "value":
      return isCode === true ? value(text) : html`<b><bdi>${text}</bdi></b>`;
    case "was":
    case "becomes":
      return value(text, is, isCode);
    case "alarm":
      return html`<b class="alarm">${text}</b>`;
  }
}

/** Our messages quote by backticks; what stands between them is set as code. */
export function messageHtml(text: string): Html {
  const parts = text.split(/(`[^`]*`)/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? value(part.slice(1, -1)) : html`<bdi>${part}</bdi>`))}`;
}

/** Words of our own, with the flags and settings in them set as code. */
export function ownWords(text: string): Html {
  const parts = text.split(/(--[a-z-]+|policy\.allow)/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code class="flag">${part}</code>` : html`${part}`))}`;
}
