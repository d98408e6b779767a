// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { z } from "zod";
import { resourceKinds } from "../resources/registry.js";
import { moneySchema } from "../resources/resource-kind.js";

/**
 * The shapes of everything that is no entry. The reader takes the keys and types from here, and so does
 * `schema.json` for editors; what a value must keep to beyond its type is checked by rules.
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

const catalogue = {
  ...entryMaps(),
  imports: z
    .array(importSchema)
    .optional()
    .meta({
      description: "Existing objects to take over.",
      examples: [[{ to: "paymentLink.premium-monthly", id: "lnk_0123456789" }]],
    }),
  moved: z
    .array(moveSchema)
    .optional()
    .meta({
      description: "Renamed entries, so that the live object stays.",
      examples: [[{ from: "paymentLink.premium", to: "paymentLink.premium-monthly" }]],
    }),
};

const accounts = z
  .record(z.string(), accountSchema.nullable())
  .optional()
  .describe("Receiving accounts by name.");

export const variableSchema = z.union([z.string(), z.number(), z.boolean()]);
const variables = z
  .record(z.string(), variableSchema)
  .optional()
  .describe("Values for `${name}`. `${env:NAME}` reads the environment variable GSTABLE_VAR_NAME.");

const apiKeyEnv = z.string().optional().meta({
  description: "The environment variable that holds the key; begins with GSTABLE_API_KEY.",
  default: "GSTABLE_API_KEY",
});

const lockfile = z
  .string()
  .optional()
  .meta({
    description: "Path of the lockfile, in the directory of the root file.",
    examples: ["gstable.lock.json"],
  });

export const environmentSchema = z
  .strictObject({
    apiKeyEnv,
    lockfile,
    variables,
    overrides: z
      .strictObject({ accounts, ...catalogue })
      .optional()
      .describe("Merged over the entries; `null` unsets, also a whole entry."),
  })
  .meta({ id: "environment" });

/** The root file. */
export const configSchema = z
  .strictObject({
    version: z.literal(1).describe("The form of the configuration."),
    project: z.string().meta({ description: "Names the owner of the lockfile.", examples: ["acme-store"] }),
    include: z
      .array(z.string())
      .optional()
      .meta({ description: "More files with entries.", examples: [["catalog/*.yaml"]] }),
    client: z
      .enum(["builtin", "gstable-js"])
      .optional()
      .meta({ description: "What runs the calls.", default: "builtin" }),
    apiKeyEnv,
    lockfile,
    variables,
    accounts,
    defaults: z
      .strictObject(entryDefaults())
      .optional()
      .describe("What all entries of a kind share; the entry itself wins."),
    ...catalogue,
    policy: z
      .union([policySchema, z.string()])
      .optional()
      .meta({
        description: "The guards, or the file that holds them.",
        examples: ["gstable.policy.yaml", { maxPriceChange: "50%" }],
      }),
    environments: z
      .record(z.string(), environmentSchema.nullable())
      .optional()
      .describe("Variants, one lockfile each; `--env NAME` chooses."),
  })
  .meta({ title: "gstable-sync configuration" });

/** An included file. */
export const includedSchema = z.strictObject(catalogue);

function entryMaps(): Record<string, z.ZodType> {
  return Object.fromEntries(
    resourceKinds.map(({ definition, schema }) => [
      definition.configKey,
      z
        .record(z.string(), schema.nullable())
        .optional()
        .describe(`Each ${definition.label} by its name: [a-z0-9][a-z0-9_-]*, at most 100 characters.`),
    ]),
  );
}

function entryDefaults(): Record<string, z.ZodType> {
  return Object.fromEntries(
    resourceKinds.map(({ definition, schema }) => [
      definition.configKey,
      schema.optional().describe(`What each ${definition.label} has unless it says otherwise.`),
    ]),
  );
}
