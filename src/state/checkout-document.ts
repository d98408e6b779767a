import { z } from "zod";
import { diagnosticSchema } from "./plan-document.js";

const usd = z.string().describe("Dollars with at least two decimals, exact.");
const text = z.string().nullable();

/** The body of a checkout session, as it is sent. */
const sessionRequest = z.object({
  accountId: z.string(),
  settlementToken: z.string(),
  feeModel: z.union([z.literal(1), z.literal(2)]),
  payerEmailRequired: z.union([z.literal(0), z.literal(1)]),
  lineItems: z.array(
    z.object({
      itemType: z.literal("product"),
      productId: z.string(),
      quantity: z.int(),
      unitPrice: z.int().describe("Micro-USD."),
    }),
  ),
  successUrl: z.string().optional(),
});

/** A session as GStable shows it. Neither the payer's e-mail nor the client's code: an output is no place for them. */
const session = z.object({
  id: z.string(),
  status: text,
  paymentUrl: text,
  expiresAt: text.describe("ISO 8601, UTC."),
  amount: usd.nullable(),
  settlementToken: text,
  recipient: text.describe("The address that is paid out to."),
  payer: text,
  paidToken: text,
  receiptId: text,
  paidAt: text.describe("As GStable writes it."),
  settledAt: text,
});

const transaction = z.record(z.string(), z.string()).describe("As GStable writes it, field by field.");

export const checkoutDocumentSchema = z.object({
  formatVersion: z.literal(1),
  command: z.literal("checkout"),
  exitCode: z.int(),
  action: z.enum(["open", "status", "cancel"]),
  project: z.string(),
  environment: z.string().nullable(),
  sandbox: z.boolean(),
  address: z.string().nullable().describe("The payment link whose terms were taken."),
  request: sessionRequest.nullable().describe("What was sent, or with --dry-run would be."),
  outcome: z
    .enum(["done", "refused", "unknown", "differs", "notSent"])
    .describe(
      "unknown: it may have been carried out. notSent: nothing was, by intent or because of an error.",
    ),
  session: session.nullable(),
  transaction: transaction.nullable(),
  diagnostics: z.array(diagnosticSchema),
});

export type SessionRequest = z.infer<typeof sessionRequest>;
export type SessionView = z.infer<typeof session>;
export type CheckoutDocument = z.infer<typeof checkoutDocumentSchema>;
