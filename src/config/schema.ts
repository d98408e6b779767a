import { z } from "zod";
import { moneySchema } from "../resources/entry-schema.js";

/**
 * The shapes of the smaller parts, for what is not plainly right (`shape/`) and for editors (`file-schemas.ts`); what a
 * value must keep to beyond its type is checked by rules.
 */
export const accountSchema = z
  .strictObject({
    id: z
      .string()
      .optional()
      .meta({ description: "The account's id.", examples: ["acc_01"] }),
    address: z
      .string()
      .optional()
      .meta({
        description:
          "Its address, 0x and 40 hex digits, in quotes: beside `id` a pin, alone what it is found by.",
        examples: ["0x1111111111111111111111111111111111111111"],
      }),
  })
  .meta({ id: "account", description: "A receiving account. The API cannot change it." });

export const importSchema = z
  .strictObject({
    to: z.string().meta({
      description: "The entry that takes it over.",
      examples: ["paymentLink.premium-monthly"],
    }),
    id: z.string().meta({ description: "The id of the live object.", examples: ["lnk_0123456789"] }),
  })
  .meta({ id: "import" });

export const moveSchema = z
  .strictObject({
    from: z.string().meta({
      description: "The address that was applied last; no longer in the configuration.",
      examples: ["paymentLink.premium"],
    }),
    to: z.string().meta({
      description: "The address that it has now.",
      examples: ["paymentLink.premium-monthly"],
    }),
  })
  .meta({ id: "move" });

export const policySchema = z
  .strictObject({
    maxPriceChange: z
      .string()
      .optional()
      .meta({
        description: "How far a price may move before the guard `price` trips.",
        default: "50%",
        examples: ["50%", "12.5%"],
      }),
    maxRetire: z
      .string()
      .optional()
      .meta({
        description: "What share of open objects may be closed before the guard `retire` trips.",
        default: "20%",
        examples: ["20%"],
      }),
    priceRange: z
      .array(moneySchema("A total."))
      .optional()
      .meta({
        description: "The smallest and the biggest total of a new fixed link.",
        examples: [["$0.01", "$100000"]],
        minItems: 2,
        maxItems: 2,
      }),
    allowedHosts: z
      .array(z.string())
      .optional()
      .meta({
        description: "Hosts that `successUrl` and `webhookUrl` may have.",
        examples: [["acme.example", "*.acme.example"]],
      }),
    allow: z
      .array(z.string())
      .optional()
      .meta({
        description: "Reviewed exceptions with the value that they let through, as the plan prints them.",
        examples: [["price:paymentLink.premium-monthly=12.99"]],
      }),
  })
  .meta({ id: "policy", description: "Thresholds and exceptions of the guards." });
