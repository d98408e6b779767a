// What all scripts share: what the configuration wants, field by field, against what is live.
import { readFileSync } from "node:fs";

/** The ids and versions that the script knows: those of the lockfile. */
export function readIds(path) {
  return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8")).entries));
}

export function productDiffers(wanted, live) {
  return (
    live === undefined ||
    live.name !== wanted.name ||
    live.description !== wanted.description ||
    !same(live.commonPrices, wanted.commonPrices.map(microUsd)) ||
    !same(
      live.attributes.map(({ name, value }) => [name, value]),
      wanted.attributes.map(({ name, value }) => [name, value]),
    )
  );
}

/** What a list shows of a link. */
export function listedLinkDiffers(wanted, live) {
  return live === undefined || live.linkName !== wanted.linkName || live.linkType !== wanted.linkType;
}

export function linkDiffers(wanted, live, idOf) {
  if (listedLinkDiffers(wanted, live)) return true;
  const items = itemsOf(live.lineItems).map(({ productId, quantity, unitPrice }) => [
    productId,
    Number(quantity),
    Number(unitPrice),
  ]);
  return (
    live.successUrl !== wanted.successUrl ||
    live.customSuccessText !== wanted.customSuccessText ||
    live.settlementToken !== wanted.settlementToken ||
    !same(
      items,
      wanted.lineItems.map(({ product, quantity, unitPrice }) => [
        idOf(product),
        quantity,
        microUsd(unitPrice),
      ]),
    )
  );
}

export function microUsd(price) {
  return Math.round(Number(price.slice(1)) * 1_000_000);
}

function itemsOf(lineItems) {
  return Array.isArray(lineItems) ? lineItems : itemsOf(lineItems.items ?? lineItems.lineItems);
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
