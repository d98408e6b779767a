import { z } from "zod";
import { type Address, parseAddress } from "./address.js";
import { AS_BEFORE } from "./journal.js";
import { accountsSchema, entrySchema, intentSchema } from "./lockfile-schema.js";

const address = z.custom<Address>((text) => typeof text === "string" && parseAddress(text) !== undefined);
const knownIds = z.union([intentSchema.shape.knownIds, z.literal(AS_BEFORE)]);

/** A line of a journal; what each record means is said at its type (journal.ts). */
export const recordSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("intent"), address, intent: intentSchema.extend({ knownIds }) }),
  z.strictObject({ type: z.literal("dropIntent"), address }),
  z.strictObject({ type: z.literal("entry"), address, entry: entrySchema }),
  z.strictObject({ type: z.literal("forget"), address }),
  z.strictObject({ type: z.literal("move"), from: address, to: address }),
  z.strictObject({ type: z.literal("accounts"), accounts: accountsSchema }),
  z.strictObject({ type: z.literal("versionCodesUnreliable") }),
]);

/** The first line of each run. */
export const ownerSchema = z.strictObject({
  journal: z.literal(1),
  project: z.string(),
  environment: z.string().nullable(),
  origin: z.string(),
});

/** The schemas as they are loaded: only a run that finds a journal needs them. */
export interface JournalSchemas {
  readonly recordSchema: typeof recordSchema;
  readonly ownerSchema: typeof ownerSchema;
}
