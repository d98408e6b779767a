import { type MicroUsd, readUsd } from "../../state/money.js";
import type { PayerItem, PayerPage, PayerSight, PayerToken, ShownUsd } from "../../state/payer-page.js";
import { asInteger, asMap, asText, spell } from "../answer.js";

/**
 * What payers must sign to open a session. Fact F49: EIP-712, this domain, these fields in this order.
 */
export const payerRequirement: ReadonlyMap<string, string> = new Map([
  ["type", "eip712"],
  ["purpose", "create_payment_session"],
  ["domain.name", "aipay.gstable.io"],
  ["domain.version", "1"],
  [
    "types.PaymentSessionCreationAuthorization",
    [
      "purpose string",
      "linkId string",
      "linkVersion string",
      "merchantId string",
      "payer address",
      "paymentChainId uint256",
      "paymentToken address",
      "amount uint256",
      "authorizationNonce bytes32",
      "authorizationExpiresAt uint256",
    ].join(", "),
  ],
]);

/**
 * Fact F48: codes that close a page to payers: no such link, archived, disabled; or a product of it that cannot be
 * sold.
 */
export function isClosedToPayers(code: number): boolean {
  return [100101, 100102, 100103].includes(code) || (code >= 100301 && code <= 100306);
}

/** A page as payers get it; `unseen` where the answer has not the form of one. */
export function decodePayerPage(data: unknown): PayerSight {
  const link = asMap(data);
  const view = asMap(link?.aiView);
  const linkId = asText(link?.linkId);
  if (link === undefined || linkId === undefined || view === undefined || !Array.isArray(link.lineItems)) {
    return { is: "unseen", why: "the answer is no payer's view of a link" };
  }
  const page: PayerPage = {
    linkId,
    versionCode: asText(link.linkVersion),
    linkName: asText(link.linkName),
    linkType: asText(asMap(view.pricingModel)?.type),
    items: link.lineItems.map(decodeItem),
    tokens: decodeTokens(view.supportedPaymentTokens),
    requirement: decodeRequirement(view.createPaymentSessionRequirement),
  };
  return { is: "open", page };
}

function decodeItem(data: unknown): PayerItem {
  const item = asMap(data);
  return {
    productName: asText(asMap(item?.productData)?.productName),
    quantity: asInteger(item?.quantity),
    unitPrice: shownUsd(item?.unitPriceInUSD),
  };
}

function decodeTokens(data: unknown): readonly PayerToken[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const tokens = data.map((one): PayerToken | undefined => {
    const token = asMap(one);
    const chainId = asText(spell(token?.chainId ?? ""));
    const symbol = asText(token?.symbol);
    if (token === undefined || chainId === undefined || symbol === undefined) return undefined;
    const units = spell(token.amountInToken ?? "");
    return {
      chainId,
      chainName: asText(token.chainName) ?? "",
      symbol,
      decimals: asInteger(token.decimals),
      amount: shownUsd(token.amountInUSD),
      units: /^\d{1,60}$/.test(units) ? units : undefined,
    };
  });
  return tokens.some((token) => token === undefined)
    ? undefined
    : tokens.filter((token) => token !== undefined);
}

function decodeRequirement(data: unknown): ReadonlyMap<string, string> | undefined {
  const spec = asMap(asMap(data)?.authorizationSpec);
  if (spec === undefined) return undefined;
  const domain = asMap(spec.domain);
  const types = asMap(spec.types);
  const word = (value: unknown) => (typeof value === "string" ? value : "");
  return new Map([
    ["type", word(spec.type)],
    ["purpose", word(spec.purpose)],
    ["domain.name", word(domain?.name)],
    ["domain.version", word(domain?.version)],
    ...Object.entries(types ?? {})
      .filter(([name]) => name !== "EIP712Domain")
      .map(([name, fields]): [string, string] => [`types.${name}`, describeFields(fields)]),
  ]);
}

function describeFields(fields: unknown): string {
  if (!Array.isArray(fields)) return "";
  return fields.map((field) => `${spell(asMap(field)?.name)} ${spell(asMap(field)?.type)}`).join(", ");
}

/** Decimal strings by the documentation; a number is taken where its digits are certainly those of the answer. */
function shownUsd(data: unknown): ShownUsd {
  const isCertain = typeof data === "number" && String(data).replace(/\D/g, "").length <= 15;
  const text = typeof data === "string" || isCertain ? String(data) : "";
  const microUsd: MicroUsd | undefined = readUsd(text);
  return { text, microUsd };
}
