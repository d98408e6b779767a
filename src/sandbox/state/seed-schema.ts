import { z } from "zod";
import {
  storedAccount,
  storedLineItem,
  storedLink,
  storedProduct,
  storedSession,
  storedWebhook,
} from "./state.js";

const seedProduct = storedProduct.strict();

const seedLineItem = storedLineItem.partial().required({ productId: true }).strict();

const seedLink = storedLink
  .partial()
  .required({ linkId: true, linkName: true })
  .extend({ lineItems: z.array(seedLineItem) })
  .strict();

const seedAccount = storedAccount.partial().required({ accountId: true }).strict();

const seedWebhook = storedWebhook
  .partial()
  .required({ webhookId: true, webhookUrl: true, subscribedEvents: true })
  .strict();

/**
 * Objects to put into a sandbox, under the API's names. What is left out follows: a link sells on the main account in
 * `polygon::usdc`, line items take their pictures and texts from the product. What `/_sandbox/state` shows is a seed too.
 */
export const seedSchema = z.strictObject({
  $schema: z.string().optional(),
  products: z.array(seedProduct).optional(),
  paymentLinks: z.array(seedLink).optional(),
  accounts: z.array(seedAccount).optional(),
  webhooks: z.array(seedWebhook).optional(),
  sessions: z.array(storedSession.strict()).optional(),
});

export type SandboxSeed = z.input<typeof seedSchema>;
export type CheckedSeed = z.output<typeof seedSchema>;

/** The JSON Schema of a seed, as `sandbox-seed.schema.json` has it. */
export function seedJsonSchema(): object {
  return z.toJSONSchema(seedSchema, { target: "draft-7", io: "input" });
}
