import { z } from "zod";
import { isUrl, optionalText, requiredText, schemasFor } from "./body.js";

/** Bodies of payment link create and update. */
export const linkSchemas = schemasFor((knobs) => {
  const shared = { productId: z.string().min(1), quantity: z.int().min(1) };
  const product = z.object({
    ...shared,
    itemType: z.literal("product"),
    unitPrice: z.int().min(1).max(knobs.maxPrice),
  });
  const userPriced = z.object({
    ...shared,
    itemType: z.literal("user_priced"),
    unitPrice: z.literal(0).optional(),
  });
  const webProtocols = knobs.successUrlScheme === "https" ? ["https:"] : ["https:", "http:"];
  const fields = z.object({
    linkType: z.enum(["fixed", "custom"]),
    linkName: requiredText(knobs),
    accountId: z.string().min(1),
    settlementToken: z.string().min(1),
    feeModel: z.union([z.literal(1), z.literal(2)]),
    lineItems: z.array(z.discriminatedUnion("itemType", [product, userPriced])).min(1),
    payerEmailRequired: z.union([z.literal(0), z.literal(1)]).optional(),
    successUrl: optionalText(knobs, knobs.emptyInLinks).refine(
      (url) => url === undefined || isUrl(url, webProtocols),
      { message: "must be a whole web URL" },
    ),
    customSuccessText: optionalText(knobs, knobs.emptyInLinks),
    customDisabledText: optionalText(knobs, knobs.emptyInLinks),
  });
  const matches = ({
    linkType,
    lineItems,
  }: Pick<z.output<typeof fields>, "linkType" | "lineItems">): boolean =>
    lineItems.every((item) => item.itemType === (linkType === "fixed" ? "product" : "user_priced"));
  const mismatch = { message: "itemType must fit linkType", path: ["lineItems"] };
  return {
    create: fields.refine(matches, mismatch),
    update: fields.extend({ linkId: z.string() }).refine(matches, mismatch),
  };
});

export type LinkFields = z.output<ReturnType<typeof linkSchemas>["create"]>;
