import { z } from "zod";

const causeCode = z.string().default("ECONNRESET");
const replyWith = z
  .union([
    z.strictObject({ code: z.int(), status: z.int().default(200) }),
    z.strictObject({ status: z.int(), html: z.literal(true) }),
  ])
  .describe("`{code, status?}` (an envelope) or `{status, html: true}` (a page)");

/** What a scripted fault does to the requests that it matches. The table in docs/sandbox.md lists them. */
export const faultAction = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("delay"), ms: z.number() })
    .describe("carried out at once, answered after `ms`"),
  z
    .strictObject({ kind: z.literal("refuse"), cause: z.string().default("ECONNREFUSED") })
    .describe("a connection error (`cause`) before anything happens"),
  z
    .strictObject({ kind: z.literal("loseAnswer"), cause: causeCode })
    .describe("carried out, then a connection error (`cause`)"),
  z
    .strictObject({
      kind: z.literal("tooMany"),
      retryAfter: z.union([z.string(), z.number()]).optional(),
      status: z.int().default(200),
    })
    .describe("900101, not carried out; `retryAfter` as header, `status` 200 or 429"),
  z
    .strictObject({ kind: z.literal("failBefore"), with: replyWith })
    .describe("not carried out; answers `with`"),
  z.strictObject({ kind: z.literal("failAfter"), with: replyWith }).describe("carried out; answers `with`"),
  z
    .strictObject({ kind: z.literal("truncate") })
    .describe("carried out; the JSON of the answer is cut in half"),
  z.strictObject({ kind: z.literal("html200") }).describe("carried out; an HTML page with status 200"),
  z.strictObject({ kind: z.literal("stringCode") }).describe('carried out; `code` is a string (`"0"`)'),
  z
    .strictObject({ kind: z.literal("successFalse"), carriedOut: z.boolean().default(false) })
    .describe("code 0 with `{success: false}`; `carriedOut` or not"),
  z.strictObject({ kind: z.literal("noData") }).describe("carried out; code 0 without `data`"),
  z
    .strictObject({ kind: z.literal("stale"), writes: z.int().min(1).default(1) })
    .describe("a read answered as before the last `writes` writes"),
  z
    .strictObject({ kind: z.literal("pageShift"), table: z.enum(["products", "paymentLinks"]).optional() })
    .describe("a copy of an object is created right before the read, so that later pages shift"),
  z
    .strictObject({ kind: z.literal("wrongTotal"), by: z.int().default(1) })
    .describe("a list whose `total` is off by `by`"),
  z
    .strictObject({ kind: z.literal("hang"), carriedOut: z.boolean().default(false) })
    .describe("never answers; `carriedOut` or not"),
  z
    .strictObject({ kind: z.literal("late"), ms: z.number() })
    .describe("carried out after `ms`, also when the client has given up"),
  z.strictObject({ kind: z.literal("doubled") }).describe("carried out twice; the second answer is sent"),
  z
    .strictObject({
      kind: z.literal("dashboard"),
      when: z.enum(["before", "after"]).default("before"),
      action: z.string(),
      args: z.record(z.string(), z.unknown()),
    })
    .describe("a dashboard `action` with `args` right `before` or `after` the request"),
]);

export const faultSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.enum(["GET", "POST"]).optional(),
      /** Part of the path, or a regular expression as `/…/` (or `/…/i`). */
      path: z.string().optional(),
      /** Part of the body's text: for one object among many. */
      body: z.string().optional(),
      /** The first matching request that it strikes, counted from 1. */
      nth: z.int().min(1).default(1),
      /** How many from there on; 0: all. */
      times: z.int().min(0).default(1),
    })
    .prefault({}),
  do: faultAction,
});

/** A fault as a script writes it: defaults may be left out. */
export type Fault = z.input<typeof faultSchema>;
export type ArmedFault = z.output<typeof faultSchema>;
export type FaultAction = z.output<typeof faultAction>;
