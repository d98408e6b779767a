import type { FieldRule, KindDefinition } from "../../engine/kind.js";
import { decodeProduct, decodeProductList, decodeProductsByIds, encodeProduct } from "./wire.js";

/** Fact gap G8: the limit is not known; kept small. */
const IDS_PER_CALL = 50;

const cosmetic = { risk: "cosmetic", unset: null, required: false, ignorable: true } as const;

const fields: readonly FieldRule[] = [
  { ...cosmetic, name: "name", type: { is: "text" }, required: true },
  { ...cosmetic, name: "description", type: { is: "text" } },
  { ...cosmetic, name: "imageUrl", type: { is: "image" } },
  // Fact F20: only suggestions for the dashboard; they charge nobody.
  { ...cosmetic, name: "commonPrices", type: { is: "list", of: { is: "money" } }, required: true },
  {
    ...cosmetic,
    name: "attributes",
    type: {
      is: "items",
      by: "name",
      fields: [
        { ...cosmetic, name: "name", type: { is: "text" }, required: true },
        { ...cosmetic, name: "value", type: { is: "text" }, required: true },
      ],
    },
  },
];

/** What is sold. Archived, it can't be sold by new links; removed only if no link ever used it. */
export const productDefinition: KindDefinition = {
  kind: "product",
  configKey: "products",
  label: "product",
  fields,
  titleField: "name",
  distinctField: "name",
  maxObjects: undefined,
  openClose: {
    field: "archived",
    openValue: false,
    openAction: "unarchive",
    closeAction: "archive",
    openCall: (id) => ({ method: "product.unarchive", args: [id] }),
    closeCall: (id) => ({ method: "product.archive", args: [id] }),
  },
  retirements: ["archive", "remove", "forget"],
  defaultRetirement: "archive",
  removeCall: (id) => ({ method: "product.remove", args: [id] }),
  removeNote: "A product that a link has ever used cannot be removed: it stays archived then.",
  createIsIrreversible: false,
  reading: {
    paged: true,
    listIsPartial: false,
    listCall: (page, size) => ({ method: "product.list", args: [page, size] }),
    decodeList: decodeProductList,
    idsPerDetail: IDS_PER_CALL,
    detailCall: (productIds) => ({ method: "product.listByIds", args: [{ productIds }] }),
    decodeDetail: decodeProductsByIds,
    // Fact F14: 100301 not found, 100302 some not found, 100306 removed.
    missingCodes: [100301, 100302, 100306],
    archivedCodes: [],
  },
  encode: encodeProduct,
  encodeEmpty: (field) => (field === "attributes" ? [] : ""),
  createCall: (body) => ({ method: "product.create", args: [body] }),
  updateCall: (id, body) => ({ method: "product.update", args: [{ productId: id, ...body }] }),
  decodeCreated: decodeProduct,
};
