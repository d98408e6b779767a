import { z } from "zod";
import { diagnosticSchema } from "./plan-document.js";

/** What `webhook rotate` and `webhook resume` print with --json. There is no key in it, ever. */
export const webhookDocumentSchema = z.object({
  formatVersion: z.literal(1),
  command: z.literal("webhook"),
  exitCode: z.int(),
  action: z.enum(["rotate", "resume"]),
  project: z.string(),
  environment: z.string().nullable(),
  sandbox: z.boolean(),
  address: z.string(),
  id: z.string(),
  outcome: z
    .enum(["done", "refused", "unknown", "notSent"])
    .describe("unknown: it may have been carried out. notSent: there was nothing to do, or it was declined."),
  status: z.string().nullable().describe("Of the webhook, in GStable's word, as last seen."),
  keyKept: z.boolean().describe("Whether the key that is valid now was written into the file."),
  diagnostics: z.array(diagnosticSchema),
});

export type WebhookDocument = z.infer<typeof webhookDocumentSchema>;
