import { inOrder, numberOf, optional } from "./answers.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import type { ProductData, StoredLineItem, StoredProduct } from "./state/state.js";
import type { ReadView } from "./state/tables.js";
import type { World } from "./world.js";

/**
 * The products that a link or session is to sell, all there and active; else one code for a single product
 * (100301, 100306, 100304), another where only some of several are wrong (100302, 100303).
 */
export function sellableProducts(
  world: World,
  productIds: readonly string[],
  alreadySold: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, StoredProduct> {
  const ids = [...new Set(productIds)];
  const found = ids.flatMap((id) => world.store.get("products", id) ?? []);
  if (found.length < ids.length) throw new ApiError(found.length === 0 ? 100301 : 100302);
  if (found.some((product) => product.status === "removed")) throw new ApiError(100306);
  const inactive = found.filter(
    (product) => product.status === "archived" && !alreadySold.has(product.productId),
  );
  if (inactive.length > 0) throw new ApiError(inactive.length === ids.length ? 100304 : 100303);
  return new Map(found.map((product) => [product.productId, product]));
}

/** The product as a link shows it, under its other names. */
export function productDataOf(product: StoredProduct): ProductData {
  return {
    productName: product.name,
    productDescription: product.description,
    imageUrl: product.imageUrl,
    attributes: product.attributes,
    status: product.status,
  };
}

/** A line item with all that somebody who writes one by hand leaves open. */
export function completeItem(
  world: World,
  item: { readonly [K in keyof StoredLineItem]?: StoredLineItem[K] | undefined } & {
    readonly productId: string;
  },
  product: StoredProduct,
): StoredLineItem {
  return {
    lineItemId: item.lineItemId ?? world.newId("li", 16),
    itemType: item.itemType ?? (item.unitPrice ? "product" : "user_priced"),
    productId: item.productId,
    quantity: item.quantity ?? 1,
    unitPrice: item.unitPrice,
    productData: item.productData ?? productDataOf(product),
  };
}

/** Σ quantity × unit price, in Micro-USD. */
export function amountOf(items: readonly StoredLineItem[]): number {
  return items.reduce((sum, item) => sum + item.quantity * (item.unitPrice ?? 0), 0);
}

/** What the page of a link or session shows of the product of an item. */
export function shownProductData(knobs: Knobs, view: ReadView, item: StoredLineItem): ProductData {
  const product = knobs.productData === "live" ? view.get("products", item.productId) : undefined;
  return product === undefined ? item.productData : productDataOf(product);
}

/** Line items as the API shows them, with or without productData. */
export function lineItemAnswers(
  knobs: Knobs,
  items: readonly StoredLineItem[],
  shown: { readonly salt: string; readonly view: ReadView | undefined },
): readonly Record<string, unknown>[] {
  return inOrder(knobs.lineItemsOrder, items, shown.salt).map((item) => ({
    lineItemId: item.lineItemId,
    itemType: item.itemType,
    productId: item.productId,
    quantity: numberOf(knobs, item.quantity),
    ...(item.unitPrice === undefined ? {} : { unitPrice: numberOf(knobs, item.unitPrice) }),
    ...(shown.view === undefined
      ? {}
      : { productData: productDataAnswer(knobs, shownProductData(knobs, shown.view, item)) }),
  }));
}

function productDataAnswer(knobs: Knobs, data: ProductData): Record<string, unknown> {
  return {
    productName: data.productName,
    ...optional(knobs, "productDescription", data.productDescription),
    ...optional(knobs, "imageUrl", data.imageUrl),
    ...optional(knobs, "attributes", data.attributes, []),
    ...(data.status === undefined ? {} : { status: data.status }),
  };
}
