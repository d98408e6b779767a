import { z } from "zod";
import type { Retirement } from "../state/desired.js";

/** An amount, as written: exact dollars or whole Micro-USD. */
export function moneySchema(description: string): z.ZodType {
  return z.union([z.string(), z.number()]).meta({
    description: `${description} Dollars as \`$9.99\` or \`9.99 USD\` (at most six decimals), or whole Micro-USD (1000000 = $1, at least 10000).`,
    examples: ["$9.99", "9.99 USD", "$1,250", 9_990_000],
  });
}

/** How an entry is looked after. */
export function lifecycleSchema(retirements: readonly Retirement[]): z.ZodType {
  return z
    .strictObject({
      protect: z
        .boolean()
        .optional()
        .describe("Refuse to disable, archive, remove or forget it without an allowance."),
      ignoreChanges: z
        .array(z.string())
        .optional()
        .meta({
          description: "Top-level fields that the dashboard owns: created from here, then left as they are.",
          examples: [["customSuccessText"]],
        }),
      onRemove: z
        .string()
        .optional()
        .meta({
          description: "What becomes of the live object when the entry leaves this file.",
          enum: [...retirements],
        }),
    })
    .optional()
    .describe("How the entry is looked after.");
}
