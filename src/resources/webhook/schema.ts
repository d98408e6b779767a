import { z } from "zod";
import { lifecycleSchema } from "../entry-schema.js";
import { webhookDefinition } from "./definition.js";
import { webhookTextLimits } from "./limits.js";

/** A webhook as written in the configuration. */
export const webhookSchema = z
  .strictObject({
    webhookName: z.string().meta({
      description: "For people, at most 100 characters.",
      examples: ["Ledger"],
      maxLength: webhookTextLimits.webhookName,
    }),
    webhookUrl: z.string().meta({
      description: "Where events are sent: an https URL with a public host, at most 1000 characters.",
      examples: ["https://api.acme.example/hooks/gstable"],
      maxLength: webhookTextLimits.webhookUrl,
    }),
    webhookDescription: z
      .string()
      .optional()
      .meta({
        description: "For people, at most 1000 characters.",
        examples: ["Books every payment"],
        maxLength: webhookTextLimits.webhookDescription,
      }),
    subscribedEvents: z.array(z.string()).meta({
      description: "Which events are sent, in any order.",
      examples: [["session.paid", "session.completed"]],
      minItems: 1,
      uniqueItems: true,
    }),
    enabled: z.boolean().optional().meta({ description: "Whether events are sent.", default: true }),
    lifecycle: lifecycleSchema(webhookDefinition.retirements),
  })
  .meta({ id: "webhook", description: "Where GStable reports what happens." });
