// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { z } from "zod";
import { resourceKinds } from "../resources/registry.js";
import type { ResourceKind } from "../resources/resource-kind.js";
import { accountSchema, importSchema, moveSchema, policySchema } from "./schema.js";

type Shape = Readonly<Record<string, z.ZodType>>;

/** A kind with its schema, loaded. */
type Entry = Pick<ResourceKind, "definition"> & { readonly schema: z.ZodObject };

/** The shapes of whole files, for `schema.json`. The reader goes by `keys.ts`, and a test holds the two together. */
export async function fileSchemas(): Promise<{ readonly root: z.ZodObject; readonly included: z.ZodObject }> {
  const entries = await Promise.all(
    resourceKinds.map(async ({ definition, schema }) => ({ definition, schema: await schema() })),
  );
  const catalogue = { ...entryMaps(entries), ...transfers };
  return { root: rootSchema(entries, catalogue), included: z.strictObject(catalogue) };
}

const transfers = {
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

const variableSchema = z.union([z.string(), z.number(), z.boolean()]);
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

function rootSchema(entries: readonly Entry[], catalogue: Shape): z.ZodObject {
  return z
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
        .strictObject(entryDefaults(entries))
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
        .record(z.string(), environmentSchema(catalogue).nullable())
        .optional()
        .describe("Variants, one lockfile each; `--env NAME` chooses."),
    })
    .meta({ title: "gstable-sync configuration" });
}

function environmentSchema(catalogue: Shape): z.ZodObject {
  return z
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
}

function entryMaps(entries: readonly Entry[]): Shape {
  return Object.fromEntries(
    entries.map(({ definition, schema }) => [
      definition.configKey,
      z
        .record(z.string(), schema.nullable())
        .optional()
        .describe(`Each ${definition.label} by its name: [a-z0-9][a-z0-9_-]*, at most 100 characters.`),
    ]),
  );
}

function entryDefaults(entries: readonly Entry[]): Shape {
  return Object.fromEntries(
    entries.map(({ definition, schema }) => [
      definition.configKey,
      schema.optional().describe(`What each ${definition.label} has unless it says otherwise.`),
    ]),
  );
}
