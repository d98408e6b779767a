import type { PlanOffer } from "../../state/plan-document.js";
import { canonicalJson } from "../../state/value.js";
import { type AmountChange, compareAmounts, dollars, readAmount } from "./money.js";
import { type Phrase, phrase, piece } from "./phrase.js";

/** What a buyer is charged, and was charged so far. */
export function sayPrice(before: PlanOffer | null, after: PlanOffer): Phrase {
  const [was, becomes] = [before?.total ?? null, after.total];
  const asBefore = before === null ? "." : ", as before.";
  if (becomes === null) {
    return before === null || was === null
      ? phrase(`The buyer enters the amount${asBefore}`)
      : phrase("The buyer enters the amount; so far it costs ", piece("was", dollars(was)), ".");
  }
  const price = phrase("It costs ", piece(was === becomes ? "value" : "becomes", dollars(becomes)));
  if (before === null || was === becomes) return phrase(price, asBefore);
  if (was === null) return phrase(price, "; so far the buyer enters the amount.");
  return phrase(price, " instead of ", piece("was", dollars(was)), ...sayDifference(was, becomes), ".");
}

function sayDifference(was: string, becomes: string): readonly (string | Phrase)[] {
  const [before, after] = [readAmount(was), readAmount(becomes)];
  const difference = before === undefined || after === undefined ? undefined : compareAmounts(before, after);
  return difference === undefined ? [] : [" (", [piece(...differencePiece(difference))], ")"];
}

function differencePiece(difference: AmountChange): ["alarm" | "words", string] {
  switch (difference.is) {
    case "percent":
      return ["words", difference.text];
    case "factor":
      return ["alarm", `exactly ${difference.factor} times ${difference.up ? "as much" : "less"}`];
    case "from zero":
      return ["alarm", "so far for free"];
    case "to zero":
      return ["alarm", "for free"];
  }
}

/** What is sold, where it is new or not as it was. */
export function sayItems(before: PlanOffer | null, after: PlanOffer): readonly Phrase[] {
  if (before !== null && canonicalJson(before.items) === canonicalJson(after.items)) return [];
  const isSameButPrice =
    before !== null && canonicalJson(before.items.map(what)) === canonicalJson(after.items.map(what));
  if (isSameButPrice && after.items.length === 1) return [];
  const old = before === null || isSameButPrice ? [] : ["; so far ", listItems(before.items)];
  return [phrase("It sells ", listItems(after.items), ...old, ".")];
}

type Item = PlanOffer["items"][number];

const what = ({ product, quantity }: Item) => ({ product, quantity });

function listItems(items: readonly Item[]): Phrase {
  const [only, ...more] = items;
  if (only === undefined) return phrase("nothing");
  // One of one thing costs what the page costs.
  if (more.length === 0 && only.quantity === 1) return sayItem({ ...only, unitPrice: null });
  return items.flatMap((item, index) => phrase(index === 0 ? "" : ", ", sayItem(item)));
}

function sayItem({ product, quantity, unitPrice }: Item): Phrase {
  return phrase(
    `${quantity} `,
    piece("times", ""),
    " ",
    piece("name", product),
    ...(unitPrice === null ? [] : [" at ", piece("value", dollars(unitPrice))]),
  );
}
