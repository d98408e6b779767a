import type { ListPage } from "../../engine/kind.js";
import type { LiveObject } from "../../state/live.js";
import { type FieldValue, type FieldValues, isList, isMap } from "../../state/value.js";
import {
  type Answer,
  asInteger,
  asMap,
  asText,
  flagValue,
  integerValue,
  listPage,
  listValue,
  setFields,
  textValue,
} from "../answer.js";

const feeModels = { merchant: 1, payer: 2 } as const;

/** How the API's fields become ours: name in the answer, then its canonical value. */
const decoders = Object.entries<(link: Answer) => FieldValue | undefined>({
  linkType: (link) => textValue(link.linkType),
  linkName: (link) => textValue(link.linkName),
  account: (link) => textValue(link.accountId),
  settlementToken: (link) => textValue(link.settlementToken),
  feeModel: (link) => decodeFeeModel(link.feeModel),
  lineItems: (link) => decodeItems(link),
  payerEmailRequired: (link) => flagValue(link.payerEmailRequired),
  successUrl: (link) => textValue(link.successUrl),
  customSuccessText: (link) => textValue(link.customSuccessText),
  customDisabledText: (link) => textValue(link.customDisabledText),
});

const answerNames: { readonly [field: string]: string } = { account: "accountId" };

/**
 * A payment link from a create, a detail or a list answer. Fact gap G9: only the status literal `active` is known,
 * `archived` follows from code 100102, anything else is closed.
 * With `partial`, a field that the answer lacks is unknown; otherwise it is unset.
 */
export function decodeLink(data: unknown, partial: boolean): LiveObject | undefined {
  const link = asMap(data);
  const id = asText(link?.linkId);
  if (link === undefined || id === undefined) return undefined;
  const values: { [field: string]: FieldValue } = {};
  let whole = true;
  for (const [field, decode] of decoders) {
    if (partial && !Object.hasOwn(link, answerNames[field] ?? field)) whole = false;
    else values[field] = decode(link) ?? null;
  }
  const status = asText(link.status) ?? "active";
  return {
    kind: "paymentLink",
    id,
    values,
    open: status === "active",
    status,
    archivedForGood: status === "archived",
    versionCode: asText(link.versionCode),
    url: asText(link.linkUrl),
    whole,
    unknown: unknownWord(values, link),
  };
}

/** A page of links. Fact F16: `{ links, total, page, size }`. */
export function decodeLinkList(data: unknown): ListPage {
  const { links, total } = asMap(data) ?? {};
  return listPage(links, "link", { total: asInteger(total), decode: (link) => decodeLink(link, true) });
}

/** The body of create and update, without the id. `itemType` follows from the link's type. */
export function encodeLink(values: FieldValues): { readonly [key: string]: unknown } {
  const itemType = values.linkType === "custom" ? "user_priced" : "product";
  const items = isList(values.lineItems) ? values.lineItems : [];
  return setFields({
    linkType: values.linkType,
    linkName: values.linkName,
    accountId: values.account,
    settlementToken: values.settlementToken,
    feeModel: values.feeModel === "merchant" ? feeModels.merchant : feeModels.payer,
    lineItems: items.filter(isMap).map((item) =>
      setFields({
        itemType,
        productId: item.product,
        quantity: item.quantity,
        unitPrice: item.unitPrice,
      }),
    ),
    payerEmailRequired: values.payerEmailRequired === true ? 1 : 0,
    successUrl: values.successUrl,
    customSuccessText: values.customSuccessText,
    customDisabledText: values.customDisabledText,
  });
}

function decodeFeeModel(data: unknown): FieldValue {
  const code = asInteger(data);
  if (code === feeModels.merchant) return "merchant";
  return code === feeModels.payer ? "payer" : integerValue(data);
}

/** Fact F30: `lineItems` is nested up to three times, differently per endpoint; the innermost `items` counts. */
const DEEPEST = 3;

function rawItems(lineItems: unknown, depth = 1): readonly unknown[] | undefined {
  if (Array.isArray(lineItems)) return lineItems;
  const section = asMap(lineItems);
  if (section === undefined || depth > DEEPEST) return undefined;
  return Array.isArray(section.items) ? section.items : rawItems(section.lineItems, depth + 1);
}

function decodeItems(link: Answer): FieldValue {
  return listValue(rawItems(link.lineItems), (data) => {
    const item = asMap(data);
    const price = integerValue(item?.unitPrice);
    // Fact F31: a user-priced item has no unit price, or 0.
    const payerDecides = item?.itemType === "user_priced" && (price === 0 || price === null);
    return {
      product: textValue(item?.productId),
      quantity: integerValue(item?.quantity),
      unitPrice: payerDecides ? null : price,
    };
  });
}

function unknownWord(values: FieldValues, link: Answer): string | undefined {
  const type = values.linkType;
  if (type !== undefined && type !== "fixed" && type !== "custom") return `linkType \`${String(type)}\``;
  const fee = values.feeModel;
  if (fee !== undefined && fee !== "merchant" && fee !== "payer") return `feeModel \`${String(fee)}\``;
  const itemTypes = (rawItems(link.lineItems) ?? []).map(
    (item) => asText(asMap(item)?.itemType) ?? "product",
  );
  const word = itemTypes.find((itemType) => itemType !== "product" && itemType !== "user_priced");
  return word === undefined ? undefined : `itemType \`${word}\``;
}
