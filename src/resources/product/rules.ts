import { formatDollars } from "../../state/money.js";
import { type KindRules, limitItems, limitTexts, type RuleEntry } from "../resource-kind.js";
import { productListLimits, productTextLimits } from "./limits.js";

export const productRules: KindRules = {
  entry: [limitTexts(productTextLimits), limitItems(productListLimits), checkPrices],
  all: [],
};

/** Fact gap G14: the API documents neither zero nor repeated prices: most likely mistakes, and they charge nobody. */
function checkPrices(entry: RuleEntry): void {
  const prices = entry.values.commonPrices;
  if (!Array.isArray(prices)) return;
  const seen = new Set<unknown>();
  prices.forEach((price: unknown, index) => {
    const path = `commonPrices[${index}]`;
    if (price === 0) {
      entry.report(path, {
        code: "GS1405",
        severity: "warning",
        summary: "A price of zero",
        detail: "The API does not say whether it takes one; a link cannot sell for it.",
        remedy: "Remove it.",
      });
    } else if (typeof price === "number" && seen.has(price)) {
      entry.report(path, {
        code: "GS1405",
        severity: "warning",
        summary: `${formatDollars(price)} is listed twice`,
        remedy: "Remove one of the two.",
      });
    }
    seen.add(price);
  });
}
