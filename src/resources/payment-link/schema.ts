import { z } from "zod";
import { lifecycleSchema, moneySchema } from "../entry-schema.js";
import { paymentLinkDefinition } from "./definition.js";

const lineItemSchema = z.strictObject({
  product: z.string().meta({ description: "A name under `products`.", examples: ["premium-plan"] }),
  quantity: z
    .number()
    .meta({ description: "How many, at least 1.", examples: [1], type: "integer", minimum: 1 }),
  unitPrice: moneySchema(
    "The price of one, for links of type `fixed`; left out where the payer decides.",
  ).optional(),
});

/** A payment link as written in the configuration. */
export const paymentLinkSchema = z
  .strictObject({
    linkType: z
      .enum(["fixed", "custom"])
      .describe("`fixed`: the link has a price. `custom`: the payer enters the amount."),
    linkName: z.string().meta({ description: "What payers read.", examples: ["Premium Membership"] }),
    account: z
      .string()
      .meta({ description: "A name under `accounts`: where the money goes.", examples: ["treasury"] }),
    settlementToken: z.string().meta({
      description: "What the money arrives in: `network::symbol`, lower case.",
      examples: ["polygon::usdc", "arbitrumone::usdt"],
    }),
    feeModel: z.enum(["merchant", "payer"]).describe("Who bears the fee."),
    lineItems: z.array(lineItemSchema).meta({
      description: "What is sold, in the order of the page.",
      examples: [[{ product: "premium-plan", quantity: 1, unitPrice: "$9.99" }]],
      minItems: 1,
    }),
    payerEmailRequired: z
      .boolean()
      .optional()
      .meta({ description: "Whether payers must give an e-mail address.", default: false }),
    successUrl: z
      .string()
      .optional()
      .meta({
        description: "Where payers go after paying: an https URL with a public host.",
        examples: ["https://acme.example/thanks"],
      }),
    customSuccessText: z
      .string()
      .optional()
      .meta({ description: "Shown after paying.", examples: ["Welcome!"] }),
    customDisabledText: z
      .string()
      .optional()
      .meta({ description: "Shown while the link is disabled.", examples: ["Back soon."] }),
    enabled: z
      .boolean()
      .optional()
      .meta({ description: "Whether the page takes money. A link is never deleted.", default: true }),
    lifecycle: lifecycleSchema(paymentLinkDefinition.retirements),
  })
  .meta({ id: "paymentLink", description: "A public checkout page." });
