import { z } from "zod";
import { isUrl, optionalText, requiredText, schemasFor } from "../body.js";

/** The body of session/checkout/create. */
export const checkoutSchema = schemasFor((knobs) => {
  const price = z.int().min(1).max(knobs.maxPrice);
  const shared = { quantity: z.int().min(1), unitPrice: price };
  const product = z.object({ ...shared, itemType: z.literal("product"), productId: z.string().min(1) });
  const oneTime = z.object({
    ...shared,
    itemType: z.literal("one_time"),
    productData: z.object({
      productName: requiredText(knobs),
      productDescription: z.string().optional(),
      imageUrl: z.string().optional(),
      attributes: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  });
  return z.object({
    accountId: z.string().min(1),
    settlementToken: z.string().min(1),
    lineItems: z.array(z.discriminatedUnion("itemType", [product, oneTime])).min(1),
    successUrl: optionalText(knobs, "clear").refine(
      (url) => url === undefined || isUrl(url, ["https:", "http:"]),
      { message: "must be a whole web URL" },
    ),
    payerEmailRequired: z.union([z.literal(0), z.literal(1)]).default(0),
    feeModel: z.union([z.literal(1), z.literal(2)]).default(1),
    expirationTime: z.int().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  });
});

export type CheckoutBody = z.output<ReturnType<typeof checkoutSchema>>;
