import { z } from "zod";
import { changeActions } from "./action.js";

const source = z
  .object({ file: z.string(), line: z.int(), column: z.int() })
  .describe("A place in the configuration, counted from 1.");

export const diagnosticSchema = z.object({
  code: z.string().describe("Stable code, such as GS2104."),
  severity: z.enum(["error", "warning", "note"]),
  summary: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  source: source.optional(),
});

const field = z.object({
  path: z.string().describe("Such as lineItems[0].unitPrice."),
  type: z
    .string()
    .describe("money, text, url, flag, choice, token, reference, integer, image, set, list or item."),
  before: z.json().describe("The live value."),
  after: z.json().describe("The wanted value."),
  base: z.json().optional().describe("The value last applied, where it differs from both."),
  cause: z
    .enum(["config", "drift", "conflict", "unknown"])
    .describe(
      "Who moved it: the configuration, somebody outside, both, or nobody knows (nothing was recorded).",
    ),
  risk: z.enum(["routing", "exit", "price", "visibility", "irreversible", "cosmetic"]),
  ignored: z.boolean().optional().describe("Handed to the dashboard by lifecycle.ignoreChanges."),
  source: source.optional().describe("Where the wanted value is written."),
});

const change = z.object({
  number: z.int(),
  address: z.string(),
  kind: z.string(),
  id: z.string().nullable(),
  name: z.string(),
  hash: z.string(),
  actions: z.array(z.enum(changeActions)),
  reason: z.string(),
  risks: z.array(z.enum(["routing", "exit", "price", "visibility", "irreversible", "cosmetic"])),
  url: z
    .object({ before: z.string().nullable(), after: z.string().nullable(), kept: z.boolean() })
    .nullable()
    .describe("What happens to the public page's URL; null for what has none."),
  source: source.optional(),
  dependsOn: z.array(z.string()),
  fields: z.array(field),
  unchangedFields: z.int().describe("Fields that stay as they are."),
  notes: z.array(z.string()).describe("What else a reviewer should know of this change."),
});

const offer = z.object({
  open: z.boolean().describe("Whether the page takes money."),
  items: z.array(
    z.object({
      product: z.string().describe("As buyers read it."),
      quantity: z.int(),
      unitPrice: z.string().nullable().describe("null: the buyer enters the amount."),
    }),
  ),
  total: z.string().nullable().describe("null: the buyer enters the amount."),
  account: z.string().nullable(),
  payout: z.string().nullable().describe("The address that is paid."),
  settlementToken: z.string().nullable(),
  feeBearer: z.enum(["buyer", "merchant"]).nullable(),
  fees: z
    .array(z.object({ percent: z.string(), buyerPays: z.string(), merchantGets: z.string() }))
    .describe("By way of payment, cheapest first, by the public capabilities; empty where they don't tell."),
  sendsTo: z.string().nullable().describe("Where buyers are sent after they paid."),
});

const buyer = z.object({
  number: z.int().describe("The change's number."),
  address: z.string(),
  name: z.string(),
  url: z.string().nullable().describe("The page's public URL; null until it exists."),
  before: offer.nullable().describe("null: there is no such page yet."),
  after: offer.nullable(),
});

const driftEntry = z.object({
  address: z.string(),
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  fields: z.array(field),
  source: source.optional(),
});

const counts = z.object({
  create: z.int(),
  adopt: z.int(),
  update: z.int(),
  enable: z.int(),
  disable: z.int(),
  archive: z.int(),
  unarchive: z.int(),
  remove: z.int(),
  move: z.int(),
  record: z.int(),
  forget: z.int(),
  unchanged: z.int(),
  unmanaged: z.int(),
  apiCalls: z.int().describe("Calls that the plan needed, repeats not counted."),
  risks: z.object({
    routing: z.int(),
    exit: z.int(),
    price: z.int(),
    visibility: z.int(),
    irreversible: z.int(),
    cosmetic: z.int(),
  }),
});

/**
 * The Plan as everybody sees it: `plan --json`, and what every other format is a rendering of.
 * `formatVersion` 1 is only ever added to. Money is a decimal string in dollars, references are names, unset is null.
 */
export const planDocumentSchema = z
  .object({
    formatVersion: z.literal(1),
    command: z.string(),
    exitCode: z.int(),
    tool: z.object({ name: z.string(), version: z.string() }),
    project: z.string(),
    environment: z.string().nullable(),
    hash: z.string().describe("What a reviewer approves: sha256-…"),
    target: z.object({
      baseUrl: z.string(),
      keyKind: z.enum(["secret", "restricted", "other"]),
      client: z.enum(["builtin", "gstable-js"]),
      sandbox: z.boolean(),
      accounts: z.array(z.object({ name: z.string(), id: z.string(), address: z.string() })),
    }),
    complete: z.boolean().describe("Whether everything was seen; otherwise nothing is created or retired."),
    partial: z.boolean().describe("Whether --target restricted it."),
    summary: counts,
    changes: z.array(change),
    buyers: z.array(buyer).optional().describe("What buyers get on each public page that a change touches."),
    drift: z.array(driftEntry),
    unmanaged: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        name: z.string(),
        url: z.string().nullable(),
        open: z.boolean(),
      }),
    ),
    guards: z.array(
      z.object({
        id: z.string(),
        address: z.string(),
        state: z.enum(["tripped", "allowed"]),
        message: z.string(),
        allowWith: z.string(),
        write: z
          .array(z.string())
          .optional()
          .describe("Lines for the configuration, one of which says what is meant."),
      }),
    ),
    policy: z
      .array(z.string())
      .describe("Allowances in force and thresholds looser than the defaults, in words."),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("A gstable-sync plan.");

export type PlanDocument = z.infer<typeof planDocumentSchema>;
export type PlanChange = PlanDocument["changes"][number];
export type PlanField = PlanChange["fields"][number];
export type PlanBuyer = NonNullable<PlanDocument["buyers"]>[number];
export type PlanOffer = NonNullable<PlanBuyer["after"]>;
export type PlanDrift = PlanDocument["drift"][number];
export type PlanGuard = PlanDocument["guards"][number];
export type PlanSummary = PlanDocument["summary"];
export type PlanDiagnostic = PlanDocument["diagnostics"][number];
