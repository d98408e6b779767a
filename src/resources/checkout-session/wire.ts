import type { SessionRequest } from "../../state/checkout-document.js";
import type { MicroUsd } from "../../state/money.js";
import { type FieldValues, isList, isMap } from "../../state/value.js";
import { asInteger, asMap, asText } from "../answer.js";

/** A session as decoded; times in Unix seconds. */
export interface DecodedSession {
  readonly id: string;
  readonly status: string | null;
  readonly paymentUrl: string | null;
  readonly expiresAtSeconds: number | null;
  readonly amountMicroUsd: MicroUsd | null;
  readonly settlementToken: string | null;
  readonly recipient: string | null;
  readonly payer: string | null;
  readonly paidToken: string | null;
  readonly receiptId: string | null;
  readonly paidAt: string | null;
  readonly settledAt: string | null;
}

/**
 * The body of a session with the terms of a link, whose references are ids. `priceMicroUsd` stands where the payer
 * would decide. Fact F33: `user_priced` is for links only.
 */
export function encodeSession(values: FieldValues, priceMicroUsd: MicroUsd | undefined): SessionRequest {
  const items = (isList(values.lineItems) ? values.lineItems : []).filter(isMap);
  return {
    accountId: String(values.account),
    settlementToken: String(values.settlementToken),
    feeModel: values.feeModel === "merchant" ? 1 : 2,
    payerEmailRequired: values.payerEmailRequired === true ? 1 : 0,
    lineItems: items.map((item) => ({
      itemType: "product",
      productId: String(item.product),
      quantity: typeof item.quantity === "number" ? item.quantity : 1,
      unitPrice: typeof item.unitPrice === "number" ? item.unitPrice : (priceMicroUsd ?? 0),
    })),
    ...(typeof values.successUrl === "string" ? { successUrl: values.successUrl } : {}),
  };
}

/** A session from a create or a detail answer; `undefined` where it has no id. */
export function decodeSession(data: unknown): DecodedSession | undefined {
  const session = asMap(asMap(data)?.session) ?? asMap(data);
  const id = asText(session?.sessionId);
  if (session === undefined || id === undefined) return undefined;
  const word = (name: string) => asText(session[name]) ?? null;
  return {
    id,
    status: word("status"),
    paymentUrl: word("paymentUrl"),
    expiresAtSeconds: asInteger(session.expirationTime) ?? null,
    amountMicroUsd: asInteger(session.amount) ?? null,
    settlementToken: word("settlementToken"),
    recipient: word("recipient"),
    payer: word("payer"),
    paidToken: word("paidToken"),
    receiptId: word("receiptId"),
    paidAt: word("paymentSucceededTime"),
    settledAt: word("settlementSucceededTime"),
  };
}

/** What is known of the payment on chain: nothing before there is one. */
export function decodeTransaction(data: unknown): { [field: string]: string } | null {
  const transaction = asMap(asMap(data)?.transaction);
  if (transaction === undefined) return null;
  const shown = transactionFields.flatMap((field) => {
    const value = transaction[field];
    const isSaid = (typeof value === "string" && value !== "") || typeof value === "number";
    return isSaid ? [[field, String(value)] as const] : [];
  });
  return Object.fromEntries(shown);
}

/** Fact F33. What else there is (metaData) may hold anything. */
const transactionFields = [
  ...["orderId", "orderType", "channelId", "from", "to"],
  ...["totalValue", "paymentValue", "feeValue", "netValue"],
  ...["sourceTx", "targetTx", "executeTime", "finalizeTime"],
] as const;
