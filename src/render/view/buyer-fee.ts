import type { PlanOffer } from "../../state/plan-document.js";
import { dollars, readAmount } from "./money.js";
import { type Phrase, phrase, piece } from "./phrase.js";

/** Who bears the fee and, where the capabilities tell, what is paid and what arrives. */
export function sayFee(before: PlanOffer | null, after: PlanOffer): readonly Phrase[] {
  const { feeBearer, fees } = after;
  if (feeBearer === null) return [];
  const isOther = before !== null && before.feeBearer !== null && before.feeBearer !== feeBearer;
  const rate = rangeOf(fees.map(({ percent }) => `${percent}%`));
  const much = rate === undefined ? "" : `, ${rate}${fees.length > 1 ? " by way of payment" : ""}`;
  const arrives = rangeOfAmounts(fees.map(({ merchantGets }) => merchantGets));
  if (feeBearer === "buyer") {
    const charged = rangeOfAmounts(fees.map(({ buyerPays }) => buyerPays));
    const who = isOther ? phrase(piece("becomes", "The buyer"), ", no longer the merchant,") : "The buyer";
    return [
      phrase(
        who,
        ` pays the fee on top${much}`,
        ...(charged === undefined ? [] : [": ", charged, " in all"]),
        ...(arrives === undefined ? [] : [". The merchant gets ", arrives]),
        ".",
      ),
    ];
  }
  const who = isOther
    ? phrase(piece("becomes", "The merchant"), ", no longer the buyer,")
    : phrase("The merchant");
  const net = arrives === undefined ? [] : [", and gets ", arrives, " of each payment"];
  return [phrase(who, ` bears the fee${much}`, ...net, ".")];
}

function rangeOf(texts: readonly string[]): string | undefined {
  const [first, last] = [texts[0], texts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return first === last ? first : `${first} to ${last}`;
}

/** Smallest first. Beyond cents an amount is "about": how GStable rounds is not documented. */
function rangeOfAmounts(amounts: readonly string[]): Phrase | undefined {
  const sorted = amounts.toSorted((a, b) => (microOf(a) < microOf(b) ? -1 : microOf(a) > microOf(b) ? 1 : 0));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const about = [least, most].some((amount) => toCents(amount) !== amount) ? "about " : "";
  const [low, high] = [dollars(toCents(least)), dollars(toCents(most))];
  return low === high
    ? phrase(about, piece("value", low))
    : phrase(about, piece("value", low), " to ", piece("value", high));
}

const microOf = (amount: string) => readAmount(amount) ?? 0n;

/** To whole cents, half up; amounts below a dollar stay as they are. */
function toCents(amount: string): string {
  const micro = microOf(amount);
  if (micro < 1_000_000n) return amount;
  const cents = (micro + 5_000n) / 10_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}
