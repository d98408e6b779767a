import type { ListPage } from "../../engine/kind.js";
import type { LiveObject } from "../../state/live.js";
import type { FieldValues } from "../../state/value.js";
import {
  asInteger,
  asMap,
  asText,
  integerValue,
  listPage,
  listValue,
  setFields,
  textValue,
} from "../answer.js";

/**
 * A product: a create answers it whole, and a list carries whole ones. Fact F23: statuses `active` and `archived`;
 * 100306 says "removed".
 */
export function decodeProduct(data: unknown): LiveObject | undefined {
  const product = asMap(data);
  const id = asText(product?.productId);
  if (product === undefined || id === undefined) return undefined;
  const status = asText(product.status) ?? "active";
  return {
    kind: "product",
    id,
    values: {
      name: textValue(product.name),
      description: textValue(product.description),
      imageUrl: textValue(product.imageUrl),
      commonPrices: listValue(product.commonPrices, integerValue),
      attributes: listValue(product.attributes, (attribute) => ({
        name: textValue(asMap(attribute)?.name),
        value: textValue(asMap(attribute)?.value),
      })),
    },
    open: status === "active",
    status,
    archivedForGood: status === "removed",
    versionCode: undefined,
    url: undefined,
    whole: true,
    unknown: ["active", "archived", "removed"].includes(status) ? undefined : `status \`${status}\``,
  };
}

/** A page of products. Fact F16: `{ total, page, size, products }`. */
export function decodeProductList(data: unknown): ListPage {
  const { products, total } = asMap(data) ?? {};
  return listPage(products, "product", { total: asInteger(total), decode: decodeProduct });
}

/** Products by their ids. Fact F18: a bare array, unknown ids are left out. */
export function decodeProductsByIds(data: unknown): readonly LiveObject[] {
  const products = Array.isArray(data) ? data : asMap(data)?.products;
  return Array.isArray(products)
    ? products.map(decodeProduct).filter((product) => product !== undefined)
    : [];
}

/** The body of create and update, without the id. */
export function encodeProduct(values: FieldValues): { readonly [key: string]: unknown } {
  return setFields({
    name: values.name,
    description: values.description,
    imageUrl: values.imageUrl,
    commonPrices: values.commonPrices,
    attributes: values.attributes,
  });
}
