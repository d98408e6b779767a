import type { Knobs } from "../knobs.js";
import { shownProductData } from "../line-items.js";
import type { StoredLineItem } from "../state/state.js";
import type { ReadView } from "../state/tables.js";

/** A line item as payers see it: prices as dollars, no ids. */
export function payerItem(knobs: Knobs, view: ReadView, item: StoredLineItem): Record<string, unknown> {
  const data = item.itemType === "one_time" ? item.productData : shownProductData(knobs, view, item);
  return {
    quantity: item.quantity,
    productData: {
      productName: data.productName,
      productDescription: data.productDescription ?? "",
      imageUrl: data.imageUrl ?? "",
      attributes: data.attributes ?? [],
    },
    unitPriceInUSD: usd(BigInt(item.unitPrice ?? 0)),
  };
}

/** Dollars with at least two decimals. */
export function usd(microUsd: bigint): string {
  const decimals = String(microUsd % 1_000_000n)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${microUsd / 1_000_000n}.${decimals}`;
}
