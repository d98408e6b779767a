import type { Offer } from "../../engine/kind.js";
import { type FieldValue, type FieldValues, isList, isMap } from "../../state/value.js";

/** What a link's page offers. Fact F32: feeModel 1: the merchant bears the fee, 2: the buyer pays it on top. */
export function offerOf(values: FieldValues): Offer {
  const items = (isList(values.lineItems) ? values.lineItems : []).filter(isMap);
  return {
    items: items.map(({ product, quantity, unitPrice }) => ({
      product: String(product),
      quantity: typeof quantity === "number" ? quantity : 1,
      unitPriceMicroUsd: typeof unitPrice === "number" ? unitPrice : null,
    })),
    account: textOf(values.account),
    settlementToken: textOf(values.settlementToken),
    feeBearer: values.feeModel === "payer" ? "buyer" : values.feeModel === "merchant" ? "merchant" : null,
    sendsTo: textOf(values.successUrl),
  };
}

const textOf = (value: FieldValue | undefined) => (typeof value === "string" ? value : null);
