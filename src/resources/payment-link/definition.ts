import type { FieldRule, KindDefinition, Pricing } from "../../engine/kind.js";
import { type FieldValues, isList, isMap } from "../../state/value.js";
import { offerOf } from "./offer.js";
import { decodeLink, decodeLinkList, encodeLink } from "./wire.js";

const optional = { risk: "cosmetic", unset: null, required: false, ignorable: true } as const;
// Fact gap G11: whether these can change.
const routing = { risk: "routing", unset: null, required: true, ignorable: false } as const;
const price = { risk: "price", unset: null, required: true, ignorable: false } as const;

const fields: readonly FieldRule[] = [
  { ...price, name: "linkType", type: { is: "choice", choices: ["fixed", "custom"] } },
  { ...optional, name: "linkName", type: { is: "text" }, required: true },
  { ...routing, name: "account", type: { is: "reference", to: "account" } },
  { ...routing, name: "settlementToken", type: { is: "token" } },
  { ...routing, name: "feeModel", type: { is: "choice", choices: ["merchant", "payer"] } },
  {
    ...price,
    name: "lineItems",
    type: {
      is: "items",
      by: "product",
      fields: [
        { ...price, name: "product", type: { is: "reference", to: "product" } },
        { ...price, name: "quantity", type: { is: "integer" } },
        { ...price, name: "unitPrice", type: { is: "money" }, required: false },
      ],
    },
  },
  { ...optional, name: "payerEmailRequired", type: { is: "flag" }, unset: false },
  { ...optional, name: "successUrl", type: { is: "url" }, risk: "exit" },
  { ...optional, name: "customSuccessText", type: { is: "text" } },
  { ...optional, name: "customDisabledText", type: { is: "text" } },
];

/** A public checkout page. Fact F27: it can be closed, never deleted; its URL may be printed on posters. */
export const paymentLinkDefinition: KindDefinition = {
  kind: "paymentLink",
  configKey: "paymentLinks",
  label: "payment link",
  fields,
  titleField: "linkName",
  distinctField: "linkName",
  maxObjects: undefined,
  openClose: {
    field: "enabled",
    openValue: true,
    openAction: "enable",
    closeAction: "disable",
    openCall: (id) => ({ method: "paymentLink.enable", args: [id] }),
    closeCall: (id) => ({ method: "paymentLink.disable", args: [id] }),
  },
  // Fact gap G10.
  closedCode: 100103,
  retirements: ["disable", "forget"],
  defaultRetirement: "disable",
  removeCall: undefined,
  removeNote: undefined,
  createIsIrreversible: true,
  reading: {
    paged: true,
    listIsPartial: true,
    listCall: (page, size) => ({ method: "paymentLink.list", args: [page, size] }),
    decodeList: decodeLinkList,
    idsPerDetail: 1,
    detailCall: ([id]) => ({ method: "paymentLink.detail", args: [id] }),
    decodeDetail: (data) => [decodeLink(data, false)].filter((link) => link !== undefined),
    // Fact F14: not found. Fact F28: archived, and out of reach.
    missingCodes: [100101],
    archivedCodes: [100102],
  },
  encode: encodeLink,
  encodeEmpty: () => "",
  createCall: (body) => ({ method: "paymentLink.create", args: [body] }),
  updateCall: (id, body) => ({ method: "paymentLink.update", args: [{ linkId: id, ...body }] }),
  decodeCreated: (data) => decodeLink(data, true),
  pricing: priceLink,
  offer: offerOf,
};

function priceLink(values: FieldValues): Pricing {
  const items = (isList(values.lineItems) ? values.lineItems : []).filter(isMap);
  const unitPricesMicroUsd = new Map<string, readonly number[]>();
  let total: number | null = 0;
  for (const item of items) {
    if (typeof item.unitPrice !== "number") {
      total = null;
      continue;
    }
    const product = String(item.product);
    unitPricesMicroUsd.set(product, [...(unitPricesMicroUsd.get(product) ?? []), item.unitPrice]);
    if (total !== null) total += item.unitPrice * (typeof item.quantity === "number" ? item.quantity : 0);
  }
  return { totalMicroUsd: total, unitPricesMicroUsd };
}
