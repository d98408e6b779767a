import { z } from "zod";
import { inOrder, numberOf, optional, timestamps } from "./answers.js";
import { isUrl, optionalList, optionalText, parseBody, replaced, requiredText, schemasFor } from "./body.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import { createPager } from "./listing.js";
import { storeImage } from "./product-images.js";
import type { StoredProduct } from "./state/state.js";
import type { ApiCall, Endpoint, World } from "./world.js";

const schemas = schemasFor((knobs) => {
  const attribute = z.object({ name: requiredText(knobs), value: requiredText(knobs) });
  const price = z
    .int()
    .min(knobs.zeroCommonPrice === "allowed" ? 0 : 1)
    .max(knobs.maxPrice);
  const fields = z.object({
    name: requiredText(knobs, 100),
    commonPrices: z
      .array(price)
      .min(1)
      .max(5)
      .refine(
        (prices) => knobs.duplicateCommonPrices === "allowed" || new Set(prices).size === prices.length,
        {
          message: "must not repeat a price",
        },
      ),
    description: optionalText(knobs, knobs.emptyInProducts, 1000),
    imageUrl: optionalText(knobs, knobs.emptyInProducts, 500).refine(
      (url) => url === undefined || isUrl(url, ["https:"]),
      { message: "must be an https URL" },
    ),
    attributes: optionalList(knobs, z.array(attribute).max(10)),
  });
  return { fields, update: fields.extend({ productId: z.string() }) };
});

const idBody = z.object({ productId: z.string() });

type ProductFields = z.output<ReturnType<typeof schemas>["fields"]>;

/** POST /product/create: active, its picture fetched at once. */
export const createProduct: Endpoint = ({ world, body }) => {
  const sent = parseBody(schemas(world.knobs).fields, body);
  const product = write(world, sent, {
    productId: world.newId("prd", 24),
    name: sent.name,
    status: "active",
    commonPrices: sent.commonPrices,
    used: false,
    createdAtMs: world.clock.nowMs(),
  });
  return productAnswer(world.knobs, product);
};

/** POST /product/update: replaces every field; the status stays. */
export const updateProduct: Endpoint = ({ world, body }) => {
  const sent = parseBody(schemas(world.knobs).update, body);
  const product = writableProduct(world, sent.productId);
  if (product.status === "archived" && world.knobs.updateArchivedProduct === "refused")
    throw new ApiError(100304);
  if (product.used && world.knobs.updateUsedProduct === "refused") throw new ApiError(100305);
  write(world, sent, product);
  return { success: true };
};

/** POST /product/archive. */
export const archiveProduct: Endpoint = ({ world, body }) => {
  const product = writableProduct(world, parseBody(idBody, body).productId);
  if (product.used && world.knobs.archiveUsedProduct === "refused") throw new ApiError(100305);
  if (product.status === "archived" && world.knobs.repeatedAction === "refused") throw new ApiError(100304);
  world.store.put("products", { ...product, status: "archived" });
  if (world.knobs.archivedProductInLink === "disablesLink") disableLinksThatSell(world, product.productId);
  return { success: true };
};

/** POST /product/unarchive. */
export const unarchiveProduct: Endpoint = ({ world, body }) => {
  const product = writableProduct(world, parseBody(idBody, body).productId);
  if (product.status === "active" && world.knobs.repeatedAction === "refused") throw new ApiError(299004);
  world.store.put("products", { ...product, status: "active" });
  return { success: true };
};

/** POST /product/remove: 100305 for one that a link ever sold. */
export const removeProduct: Endpoint = ({ world, body }) => {
  const product = writableProduct(world, parseBody(idBody, body).productId);
  if (product.used) throw new ApiError(100305);
  world.store.put("products", { ...product, status: "removed" });
  return { success: true };
};

const pageOfProducts = createPager<StoredProduct>({
  idOf: (product) => product.productId,
  shows: (product, knobs) =>
    product.status === "active" ||
    (product.status === "archived" ? knobs.listsArchivedProducts : knobs.listsRemovedProducts),
});

/** GET /product/list/:page/:size; page and size are answered as texts. */
export const listProducts: Endpoint = ({ world, view, params }) => {
  const { total, page, size, items } = pageOfProducts(world, view.rows("products"), params);
  return {
    total: numberOf(world.knobs, total),
    page: String(page),
    size: String(size),
    products: items.map((product) => productAnswer(world.knobs, product)),
  };
};

/** POST /product/list/by/ids: a bare array; what becomes of ids that are not active is for knobs to say. */
export const listProductsByIds: Endpoint = (call) => {
  const { knobs } = call.world;
  const { productIds } = parseBody(z.object({ productIds: z.array(z.string()) }), call.body);
  if (productIds.length > knobs.byIdsMax) throw new ApiError(400101, `productIds: at most ${knobs.byIdsMax}`);
  const found = [...new Set(productIds)].flatMap((id) => shownById(call, id));
  const sorted =
    knobs.byIdsOrder === "asked" ? found : found.toSorted((a, b) => a.createdAtMs - b.createdAtMs);
  return sorted.map((product) => productAnswer(knobs, product));
};

/** A product as the API shows it. */
export function productAnswer(knobs: Knobs, product: StoredProduct): Record<string, unknown> {
  const attributes =
    product.attributes && inOrder(knobs.attributesOrder, product.attributes, product.productId);
  return {
    productId: product.productId,
    name: product.name,
    ...optional(knobs, "description", product.description),
    ...optional(knobs, "imageUrl", product.imageUrl),
    status: product.status,
    commonPrices: inOrder(knobs.commonPricesOrder, product.commonPrices, product.productId).map((price) =>
      numberOf(knobs, price),
    ),
    ...optional(knobs, "attributes", attributes, []),
    ...timestamps(knobs, { createAt: product.createdAtMs }),
  };
}

function write(world: World, sent: ProductFields, before: StoredProduct): StoredProduct {
  const rules = { knobs: world.knobs, empty: world.knobs.emptyInProducts };
  const sentImage = replaced(sent.imageUrl, before.imageUrl, rules);
  // An image that the body leaves out is not fetched again, whatever the knob for omitted fields does to it.
  const image = sent.imageUrl
    ? storeImage(world, sentImage, before.imageUrl)
    : { imageUrl: sentImage, failsAfterwards: false };
  const product: StoredProduct = {
    ...before,
    name: sent.name,
    commonPrices: sent.commonPrices,
    description: replaced(sent.description, before.description, rules),
    imageUrl: image.imageUrl,
    attributes: replaced(sent.attributes, before.attributes, rules),
  };
  world.store.put("products", product);
  if (image.failsAfterwards) throw new ApiError(900301);
  return product;
}

function writableProduct(world: World, productId: string): StoredProduct {
  const product = world.store.get("products", productId);
  if (product === undefined) throw new ApiError(100301);
  if (product.status === "removed") throw new ApiError(100306);
  return product;
}

function disableLinksThatSell(world: World, productId: string): void {
  for (const link of world.store.rows("paymentLinks")) {
    const sells = link.lineItems.some((item) => item.productId === productId);
    if (sells && link.status === "active") world.store.put("paymentLinks", { ...link, status: "disabled" });
  }
}

function shownById({ world, view }: ApiCall, id: string): readonly StoredProduct[] {
  const { knobs } = world;
  const product = view.get("products", id);
  if (product === undefined) {
    if (knobs.byIdsMissing === "refused") throw new ApiError(100302);
    return [];
  }
  if (product.status === "active") return [product];
  const rule = product.status === "archived" ? knobs.byIdsArchived : knobs.byIdsRemoved;
  if (rule === "refused") throw new ApiError(product.status === "archived" ? 100303 : 100306);
  return rule === "shown" ? [product] : [];
}
