import { formatUsd } from "../../state/money.js";
import type { PayerItem, ShownUsd } from "../../state/payer-page.js";
import { sameSpelling } from "../../state/value.js";
import type { AppliedItem } from "./applied-link.js";
import type { Comparison, PageDifference } from "./verdict.js";

/**
 * The items of a page against those that were applied. A page names products and no ids, so items are paired by what
 * they share most: all of it, the product's title, quantity and price, and at last the order.
 */
export function compareItems(expected: readonly AppliedItem[], shown: readonly PayerItem[]): Comparison {
  const pairs = pairUp(expected, shown);
  const left = shown.filter((item) => !pairs.some((pair) => pair === item));
  const parts = expected.map((item, index) => compareItem(`lineItems[${index}]`, item, pairs[index]));
  const extra = left.map((item, index) => ({
    path: `lineItems[${expected.length + index}]`,
    expected: null,
    seen: describe(item),
  }));
  return {
    differences: [...parts.flatMap(({ differences = [] }) => differences), ...extra],
    unseen: parts.flatMap(({ unseen = [] }) => unseen),
    renamed: parts.flatMap(({ renamed = [] }) => renamed),
  };
}

function pairUp(
  expected: readonly AppliedItem[],
  shown: readonly PayerItem[],
): readonly (PayerItem | undefined)[] {
  const left = [...shown];
  const pairs: (PayerItem | undefined)[] = expected.map(() => undefined);
  const likenesses = [
    (a: AppliedItem, b: PayerItem) => sameName(a, b) && sameTerms(a, b),
    sameName,
    sameTerms,
    () => true,
  ];
  for (const isLike of likenesses) {
    for (const [index, item] of expected.entries()) {
      if (pairs[index] !== undefined) continue;
      const at = left.findIndex((other) => isLike(item, other));
      if (at >= 0) [pairs[index]] = left.splice(at, 1);
    }
  }
  return pairs;
}

function sameName({ productName }: AppliedItem, shown: PayerItem): boolean {
  return productName !== undefined && sameSpelling(productName, shown.productName);
}

function sameTerms(item: AppliedItem, shown: PayerItem): boolean {
  return item.quantity === shown.quantity && (item.unitPriceMicroUsd ?? 0) === shown.unitPrice.microUsd;
}

function compareItem(path: string, expected: AppliedItem, shown: PayerItem | undefined): Comparison {
  if (shown === undefined) {
    const price = expected.unitPriceMicroUsd;
    const terms = price === null ? "the payer's amount" : `$${formatUsd(price)}`;
    return {
      differences: [
        { path, expected: `${expected.quantity} × ${expected.productName ?? "?"} at ${terms}`, seen: null },
      ],
    };
  }
  const { productName } = expected;
  const isRenamed = productName !== undefined && !sameSpelling(productName, shown.productName);
  const quantity = compareQuantity(`${path}.quantity`, expected.quantity, shown.quantity);
  const price = compareUsd(`${path}.unitPrice`, BigInt(expected.unitPriceMicroUsd ?? 0), shown.unitPrice);
  return {
    differences: [...(quantity.differences ?? []), ...(price.differences ?? [])],
    unseen: [...(quantity.unseen ?? []), ...(price.unseen ?? [])],
    renamed: isRenamed
      ? [{ path: `${path}.product`, expected: productName, seen: shown.productName ?? null }]
      : [],
  };
}

function compareQuantity(path: string, expected: number, seen: number | undefined): Comparison {
  if (seen === undefined) return { unseen: [{ path, why: "the page shows no whole number" }] };
  return seen === expected ? {} : { differences: [{ path, expected: String(expected), seen: String(seen) }] };
}

/** Money to the last Micro-USD: what is a decimal number and not this one differs, however small the difference. */
export function compareUsd(path: string, expected: bigint, { text, microUsd }: ShownUsd): Comparison {
  if (microUsd !== undefined && BigInt(microUsd) === expected) return {};
  if (microUsd === undefined && !/^\d+(\.\d+)?$/.test(text)) {
    return { unseen: [{ path, why: "the page shows no amount in dollars" }] };
  }
  const seen = microUsd === undefined ? text : formatUsd(microUsd);
  const difference: PageDifference = { path, expected: formatUsd(expected), seen };
  return { differences: [difference] };
}

function describe({ productName, quantity, unitPrice }: PayerItem): string {
  return `${quantity ?? "?"} × ${productName ?? "?"} at $${unitPrice.text}`;
}
