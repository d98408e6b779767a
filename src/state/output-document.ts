import { z } from "zod";
import { diagnosticSchema } from "./plan-document.js";

const usd = z.string().describe("Dollars with at least two decimals, exact.");

const lineItem = z.object({
  product: z.string().nullable().describe("Its name in the configuration; null: not managed here."),
  productId: z.string(),
  quantity: z.int(),
  unitPrice: usd.nullable().describe("null: the payer decides."),
  unitPriceMicroUsd: z.int().nullable().describe("The same as the API takes it: 1000000 is a dollar."),
});

const paymentLink = z.object({
  id: z.string(),
  url: z.string().nullable(),
  state: z.enum(["open", "closed"]),
  linkName: z.string(),
  linkType: z.string(),
  account: z.string().nullable().describe("Its name in the configuration."),
  accountId: z.string(),
  settlementToken: z.string(),
  feeModel: z.string(),
  total: usd.nullable().describe("What a payer is charged; null: the payer decides."),
  lineItems: z.array(lineItem),
});

/** What a merchant's code needs of the catalogue, by name, as last applied. Retired entries are not in it. */
export const outputCatalogueSchema = z.object({
  formatVersion: z.literal(1),
  project: z.string(),
  environment: z.string().nullable(),
  sandbox: z.boolean(),
  accounts: z.record(z.string(), z.object({ id: z.string(), address: z.string() })),
  products: z.record(
    z.string(),
    z.object({
      id: z.string(),
      state: z.enum(["active", "archived"]),
      name: z.string(),
      commonPrices: z.array(usd),
    }),
  ),
  paymentLinks: z.record(z.string(), paymentLink),
  webhooks: z.record(
    z.string(),
    z.object({ id: z.string(), state: z.enum(["active", "inactive"]), url: z.string() }),
  ),
});

export const outputDocumentSchema = outputCatalogueSchema.extend({
  command: z.literal("output"),
  exitCode: z.int(),
  file: z
    .object({
      path: z.string(),
      format: z.enum(["json", "dotenv", "ts"]),
      state: z.enum(["written", "unchanged", "upToDate", "outOfDate"]),
    })
    .optional()
    .describe("With --out or --check."),
  differences: z
    .array(z.object({ is: z.enum(["missing", "surplus"]), line: z.string() }))
    .optional()
    .describe("With --check: lines that the file lacks, and lines that it should not have."),
  diagnostics: z.array(diagnosticSchema),
});

export type OutputCatalogue = z.infer<typeof outputCatalogueSchema>;
export type OutputLink = OutputCatalogue["paymentLinks"][string];
export type OutputDocument = z.infer<typeof outputDocumentSchema>;
export type OutputFormat = NonNullable<OutputDocument["file"]>["format"];
