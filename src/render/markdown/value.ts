import type { FieldChange } from "../view/field.js";
import type { AmountChange } from "../view/money.js";
import type { Phrase, Piece } from "../view/phrase.js";
import type { Shown } from "../view/value.js";
import { join, LONGEST, type Markdown, md, prose, words } from "./escape.js";

/** A value in one line, as code; what is not a value in our words. */
export function valueMd(shown: Shown): Markdown {
  switch (shown.is) {
    case "unset":
      return words("_unset_");
    case "text":
    case "url":
    case "plain":
    case "money":
      return md`${shown.text}`;
    case "list":
      return shown.parts.length === 0 ? words("_empty_") : join(shown.parts.map(valueMd), ", ");
    case "lineItem": {
      const price = shown.unitPrice === undefined ? words("") : md` at ${valueMd(shown.unitPrice)}`;
      return md`${shown.product} × ${shown.quantity}${price}`;
    }
    case "record":
      return join(
        shown.parts.map(({ name, value }) => md`${name}: ${valueMd(value)}`),
        ", ",
      );
  }
}

/** The cells now and after. */
export function changeCells(change: FieldChange): readonly [now: Markdown, after: Markdown] {
  const none = words("");
  switch (change.is) {
    case "set":
      return [none, valueMd(change.after)];
    case "replaced": {
      const [before, after] = fromTheDifference(change.before, change.after);
      return [valueMd(before), valueMd(after)];
    }
    case "itemAdded":
      return [none, md`**+** ${valueMd(change.item)}`];
    case "itemRemoved":
      return [md`~~${valueMd(change.item)}~~`, words("_removed_")];
    case "members":
      return memberCells(change);
    case "words":
      return wordCells(change.parts);
  }
}

function memberCells({
  added,
  removed,
  kept,
}: FieldChange & { is: "members" }): readonly [Markdown, Markdown] {
  const gone = removed.map((member) => md`~~${member}~~`);
  const come = added.map((member) => md`**+** ${member}`);
  return [join(gone, " "), join([...come, words(`(${kept} as before)`)], " ")];
}

type Words = (FieldChange & { is: "words" })["parts"];

/** The old text with what goes struck out, the new one with what comes in bold. */
function wordCells(parts: Words): readonly [Markdown, Markdown] {
  const side = (changed: "removed" | "added", mark: (text: string) => Markdown): Markdown =>
    join(
      parts.flatMap(({ is, text }) => {
        if (is === changed) return [mark(text)];
        if (is === "kept") return [md`${text}`];
        return is === "skipped" ? [words("…")] : [];
      }),
      " ",
    );
  return [side("removed", (text) => md`~~${text}~~`), side("added", (text) => md`**${text}**`)];
}

/** A little of what both have in common is enough before the place where they part. */
const COMMON = 200;

/** Of two texts that are cut, what is shown has to show where they differ: both begin a little before. */
function fromTheDifference(before: Shown, after: Shown): readonly [Shown, Shown] {
  if (!("text" in before) || !("text" in after)) return [before, after];
  const [was, becomes] = [before.text, after.text];
  const shorter = Math.min(was.length, becomes.length);
  if (Math.max(was.length, becomes.length) <= LONGEST) return [before, after];
  let common = 0;
  while (common < shorter && was[common] === becomes[common]) common += 1;
  const start = common - COMMON;
  if (start <= 0) return [before, after];
  const from = (shown: typeof before): Shown => ({
    ...shown,
    text: `… (${start} characters as before) …${shown.text.slice(start).replace(/^[\udc00-\udfff]/, "")}`,
  });
  return [from(before), from(after)];
}

/** How much an amount moved. */
export function differenceMd(difference: AmountChange | undefined): readonly Markdown[] {
  if (difference === undefined) return [];
  switch (difference.is) {
    case "percent":
      return [words(`**${difference.text.replace("<", "&lt;")}**`)];
    case "factor":
      return [words(`**${difference.up ? "×" : "÷"}${difference.factor}** (${difference.percent})`)];
    case "from zero":
    case "to zero":
      return [words(`**${difference.is}**`)];
  }
}

/** A sentence of the view. */
export function phraseMd(sentence: Phrase): Markdown {
  return join(sentence.map(pieceMd), "");
}

function pieceMd({ is, text }: Piece): Markdown {
  switch (is) {
    case "words":
      return prose(text, { atStart: false });
    case "times":
      return words("×");
    case "name":
    case "value":
      return md`${text}`;
    case "was":
      return md`~~${text}~~`;
    case "becomes":
      return md`**${text}**`;
    case "alarm":
      return md`**${prose(text, { atStart: false })}**`;
  }
}
