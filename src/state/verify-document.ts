import { z } from "zod";
import { diagnosticSchema } from "./plan-document.js";

const finding = z.object({
  path: z.string().describe("Such as lineItems[0].unitPrice."),
  expected: z.string().nullable().describe("As last applied; money in dollars. null: should not be there."),
  seen: z.string().nullable().describe("As payers see it. null: is not there."),
});

const page = z.object({
  address: z.string(),
  id: z.string(),
  url: z.string().nullable(),
  expected: z.enum(["open", "closed"]),
  seen: z.enum(["open", "closed"]).nullable(),
  state: z
    .enum(["agrees", "disagrees", "unseen"])
    .describe("unseen: nothing disagrees, but something could not be seen or judged."),
  differences: z.array(finding),
  unseen: z.array(z.object({ path: z.string().describe("Empty: the whole page."), why: z.string() })),
  renamed: z
    .array(finding)
    .describe("Products that the page calls otherwise; GStable may show them as the link was last written."),
  tokens: z
    .array(
      z.object({
        tokenId: z.string().nullable(),
        symbol: z.string(),
        chainId: z.string(),
        chainName: z.string(),
      }),
    )
    .describe("What payers can pay with on this page."),
});

/** What looking as payers do came to: the whole of `verify --json`, and `verification` of `apply --json`. */
export const verificationSchema = z.object({
  payerBaseUrl: z.string(),
  summary: z.object({ agree: z.int(), disagree: z.int(), unseen: z.int(), notApplied: z.int() }),
  links: z.array(page),
  notApplied: z.array(z.string()).describe("Declared links without a page: they were never applied."),
  notShown: z.array(z.string()).describe("What payers' view cannot show, and so was not verified."),
});

export const verifyDocumentSchema = verificationSchema.extend({
  formatVersion: z.literal(1),
  command: z.literal("verify"),
  exitCode: z.int(),
  project: z.string(),
  environment: z.string().nullable(),
  sandbox: z.boolean(),
  diagnostics: z.array(diagnosticSchema),
});

export type Verification = z.infer<typeof verificationSchema>;
export type VerifiedLink = Verification["links"][number];
export type VerifyDocument = z.infer<typeof verifyDocumentSchema>;
