import { isList, isMap } from "../../state/value.js";
import type { KindRules, RuleEntry } from "../resource-kind.js";
import { checkEqualLinks, checkNamedPrices, checkPricesOfProducts, checkSites } from "./consistency.js";

/** Documented when this was written; the list grows. Fact F45. */
const knownSettlementTokens = [
  "ethereum::usdt",
  "ethereum::usdc",
  "base::usdc",
  "arbitrumone::usdt",
  "arbitrumone::usdc",
  "polygon::usdt",
  "polygon::usdc",
] as const;

const tokenPattern = /^[a-z0-9][a-z0-9_-]*::[a-z0-9][a-z0-9._-]*$/;

export const paymentLinkRules: KindRules = {
  entry: [checkToken, checkFixedPrices, checkCustomPrices, checkQuantities, checkTotal],
  all: [],
  across: [checkPricesOfProducts, checkEqualLinks, checkNamedPrices, checkSites],
};

function checkToken(entry: RuleEntry): void {
  const token = entry.values.settlementToken;
  if (typeof token !== "string" || (knownSettlementTokens as readonly string[]).includes(token)) return;
  if (!tokenPattern.test(token)) {
    const lower = token.trim().toLowerCase().replace(/[:/]+/, "::");
    entry.report("settlementToken", {
      code: "GS1215",
      summary: `\`${token}\` is not a token id`,
      detail: "Token ids are `network::symbol`, in lower case.",
      remedy: entry.suggest(lower, knownSettlementTokens) ?? "Write e.g. `polygon::usdc`.",
    });
    return;
  }
  // Not an error: the list grows without us, and the plan asks the live one.
  entry.report("settlementToken", {
    code: "GS1216",
    severity: "warning",
    summary: `\`${token}\` is not a documented settlement token`,
    remedy: suggestToken(entry, token),
  });
}

/** The network counts more than the letters: `arbitrum::usdc` means `arbitrumone::usdc`, not `ethereum::usdc`. */
function suggestToken(entry: RuleEntry, token: string): string {
  const [network = "", symbol = ""] = token.split("::");
  const sameNetwork = knownSettlementTokens.find(
    (known) => known.startsWith(network) && known.endsWith(`::${symbol}`),
  );
  if (sameNetwork !== undefined) return `Did you mean \`${sameNetwork}\`?`;
  return entry.suggest(token, knownSettlementTokens) ?? "Check the spelling.";
}

/** Fact F31: a fixed link has a unit price above zero in each item. */
function checkFixedPrices(entry: RuleEntry): void {
  if (entry.values.linkType !== "fixed") return;
  itemsOf(entry).forEach((item, index) => {
    if (item.unitPrice === null) {
      entry.report(`lineItems[${index}]`, {
        code: "GS1103",
        summary: `\`lineItems[${index}].unitPrice\` is missing`,
        detail: "A link of type `fixed` has a price for each item.",
        remedy: "Write `unitPrice: $9.99`, or `linkType: custom` where the payer enters the amount.",
      });
    } else if (item.unitPrice === 0) {
      entry.report(`lineItems[${index}].unitPrice`, {
        code: "GS1403",
        summary: "A fixed link cannot sell for zero",
        remedy: "Write the price, or `linkType: custom` where the payer enters the amount.",
      });
    }
  });
}

/** Fact F31: `user_priced` items have no unit price, or 0, which says the same less clearly. */
function checkCustomPrices(entry: RuleEntry): void {
  if (entry.values.linkType !== "custom") return;
  itemsOf(entry).forEach((item, index) => {
    if (typeof item.unitPrice !== "number") return;
    entry.report(`lineItems[${index}].unitPrice`, {
      code: "GS1404",
      summary: "A custom link has no unit price",
      detail: "On a link of type `custom` the payer enters the amount.",
      remedy: "Remove `unitPrice`, or write `linkType: fixed`.",
    });
  });
}

function checkQuantities(entry: RuleEntry): void {
  itemsOf(entry).forEach((item, index) => {
    if (typeof item.quantity !== "number" || item.quantity >= 1) return;
    entry.report(`lineItems[${index}].quantity`, {
      code: "GS1208",
      summary: `A quantity of ${item.quantity} is not possible`,
      remedy: "Write 1 or more.",
    });
  });
}

function checkTotal(entry: RuleEntry): void {
  const total = itemsOf(entry).reduce(
    (sum, { unitPrice, quantity }) =>
      typeof unitPrice === "number" && typeof quantity === "number"
        ? sum + BigInt(unitPrice) * BigInt(quantity)
        : sum,
    0n,
  );
  if (total <= BigInt(Number.MAX_SAFE_INTEGER)) return;
  entry.report("lineItems", {
    code: "GS1207",
    summary: "The total of the link is too big",
    detail: "It is past 2^53 - 1 Micro-USD, about nine billion dollars, where numbers stop being exact.",
    remedy: "Check the quantities and unit prices.",
  });
}

function itemsOf(entry: RuleEntry) {
  const items = entry.values.lineItems;
  return isList(items) ? items.filter(isMap) : [];
}
