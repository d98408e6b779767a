import { z } from "zod";
import { changeActions } from "./action.js";
import { diagnosticSchema, planDocumentSchema } from "./plan-document.js";
import { verificationSchema } from "./verify-document.js";

/** One action of a change, with the number that it has in the plan. */
const action = z.object({
  number: z.int().describe("The change's number in the plan."),
  address: z.string(),
  action: z.enum(changeActions),
  id: z.string().nullable().describe("null: it has none, or none that is known."),
});

const failure = z.object({
  code: z
    .int()
    .describe("The API's; else the HTTP status; -1 where neither says why, as with differs and stale."),
  message: z.string(),
  outcome: z
    .enum(["refused", "unknown", "differs", "stale"])
    .describe("unknown: it may have been carried out; the next run finds out."),
});

/** What `apply --json` prints once there is a plan: the plan, and what became of it. */
const applyDocumentSchema = z.object({
  formatVersion: z.literal(1),
  command: z.literal("apply"),
  exitCode: z.int(),
  hash: z.string().describe("The plan's."),
  plan: planDocumentSchema,
  done: z.array(action),
  failed: z.array(action.extend({ error: failure })).describe("Tried, and not known to be done."),
  notAttempted: z.array(action.extend({ because: z.string() })),
  summary: z.object({
    done: z.int(),
    failed: z.int(),
    notAttempted: z.int(),
    apiCalls: z.int().describe("Calls of the whole run, repeats not counted."),
    writes: z.int().describe("Those that were sent and may have changed something."),
  }),
  verification: verificationSchema
    .optional()
    .describe("With --verify: what payers see of the links that changed."),
  diagnostics: z.array(diagnosticSchema),
});

/** What it prints where it ended before there was a plan. */
const endedEarly = z
  .object({
    formatVersion: z.literal(1),
    command: z.literal("apply"),
    exitCode: z.int(),
    sandbox: z.boolean().optional(),
    diagnostics: z.array(diagnosticSchema).min(1),
  })
  .meta({ not: { required: ["plan"] } });

/** Everything that `apply --json` prints. */
export const applyOutputSchema = z.union([applyDocumentSchema, endedEarly]).meta({
  title: "gstable-sync apply",
  description: "What `gstable-sync apply --json` prints; without `plan` it ended before there was one.",
});

type Mutable = z.infer<typeof applyDocumentSchema>;

export type AppliedAction = Readonly<z.infer<typeof action>>;
/** Why an action failed. */
export type FailedAction = Readonly<Mutable["failed"][number]>;
export type NotAttempted = Readonly<Mutable["notAttempted"][number]>;

export type ApplyDocument = Readonly<Omit<Mutable, "done" | "failed" | "notAttempted" | "diagnostics">> & {
  readonly done: readonly AppliedAction[];
  readonly failed: readonly FailedAction[];
  readonly notAttempted: readonly NotAttempted[];
  readonly diagnostics: readonly Mutable["diagnostics"][number][];
};
