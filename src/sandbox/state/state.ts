import { z } from "zod";

const atMs = z.number().int().default(0);
const attribute = z.object({ name: z.string(), value: z.string() });

const productData = z.object({
  productName: z.string(),
  productDescription: z.string().optional(),
  imageUrl: z.string().optional(),
  attributes: z.array(attribute).optional(),
  status: z.string().optional(),
});

export const storedProduct = z.object({
  productId: z.string(),
  name: z.string(),
  description: z.string().optional(),
  imageUrl: z.string().optional(),
  status: z.enum(["active", "archived", "removed"]).default("active"),
  commonPrices: z.array(z.number()),
  attributes: z.array(attribute).optional(),
  /** Set by the first link that sells it, and never taken back: a used product cannot be removed. */
  used: z.boolean().default(false),
  createdAtMs: atMs,
});

export const storedLineItem = z.object({
  lineItemId: z.string(),
  itemType: z.string(),
  productId: z.string(),
  quantity: z.number(),
  unitPrice: z.number().optional(),
  productData,
});

export const storedLink = z.object({
  linkId: z.string(),
  linkType: z.enum(["fixed", "custom"]),
  linkName: z.string(),
  accountId: z.string(),
  settlementToken: z.string(),
  feeModel: z.union([z.literal(1), z.literal(2)]),
  lineItems: z.array(storedLineItem),
  payerEmailRequired: z.number().optional(),
  successUrl: z.string().optional(),
  customSuccessText: z.string().optional(),
  customDisabledText: z.string().optional(),
  status: z.enum(["active", "disabled", "archived"]).default("active"),
  versionCode: z.string(),
  createdAtMs: atMs,
  updatedAtMs: atMs,
});

export const storedAccount = z.object({
  accountId: z.string(),
  accountName: z.string(),
  accountAddress: z.string(),
  /** Who chose the address: a pin in a configuration may replace a made-up one, never the dashboard's. */
  addressFrom: z.enum(["sandbox", "configuration", "dashboard"]).default("dashboard"),
  settlementCurrencies: z.array(z.string()),
  version: z.string(),
  /** `normal`, or `removed`: remembered, so that a removed account does not come back by itself. */
  status: z.string().default("normal"),
  createdAtMs: atMs,
  updatedAtMs: atMs,
});

export const storedWebhook = z.object({
  webhookId: z.string(),
  webhookName: z.string(),
  webhookUrl: z.string(),
  webhookDescription: z.string().optional(),
  subscribedEvents: z.array(z.string()),
  key: z.string(),
  status: z.string().default("active"),
  createdAtMs: atMs,
  updatedAtMs: atMs,
});

export const sessionStatuses = [
  "initialized",
  "paid",
  "settling",
  "settlement_pending",
  "completed",
  "expired",
  "cancelled",
] as const;

/** What a simulated payment left. */
const storedPayment = z.object({
  receiptId: z.string(),
  sourceTx: z.string(),
  targetTx: z.string().optional(),
  paidAtMs: z.number().int(),
  settledAtMs: z.number().int().optional(),
});

export const storedSession = z.object({
  sessionId: z.string(),
  sessionType: z.string().default("checkout"),
  /** The link whose page it began on; absent: the merchant created it. */
  linkId: z.string().optional(),
  accountId: z.string(),
  recipient: z.string(),
  clientCode: z.string(),
  settlementToken: z.string(),
  feeModel: z.union([z.literal(1), z.literal(2)]),
  payerEmailRequired: z.number(),
  amount: z.number(),
  lineItems: z.array(storedLineItem),
  /** Unix seconds. */
  expirationTime: z.number().int(),
  successUrl: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  /** The address that may pay it, and did; empty: whoever comes. */
  payer: z.string().default(""),
  payerEmail: z.string().default(""),
  /** Token id that it is, or will be, paid with. */
  paymentToken: z.string().optional(),
  payment: storedPayment.optional(),
  /** Of the signatures that it rests on: none may be used again. */
  nonces: z.array(z.string()).optional(),
  signedOnce: z.number().default(0),
  status: z.enum(sessionStatuses).default("initialized"),
  createdAtMs: atMs,
});

/** Everything that a sandbox remembers, as plain JSON. */
export const sandboxState = z.object({
  products: z.array(storedProduct),
  paymentLinks: z.array(storedLink),
  accounts: z.array(storedAccount),
  webhooks: z.array(storedWebhook),
  sessions: z.array(storedSession),
});

export type SandboxState = z.output<typeof sandboxState>;
export type StoredProduct = z.output<typeof storedProduct>;
export type StoredLineItem = z.output<typeof storedLineItem>;
export type StoredLink = z.output<typeof storedLink>;
export type StoredAccount = z.output<typeof storedAccount>;
export type StoredWebhook = z.output<typeof storedWebhook>;
export type StoredSession = z.output<typeof storedSession>;
export type ProductData = z.output<typeof productData>;
