import { z } from "zod";
import { kindNames } from "./address.js";
import { retirements } from "./desired.js";
import { LOCKFILE_VERSION } from "./lockfile.js";
import { type FieldValues, isFieldValue, isMap } from "./value.js";

const fieldValues = z.custom<FieldValues>((data) => isFieldValue(data) && isMap(data));

const lifecycle = z.strictObject({
  protect: z.boolean().default(false),
  ignoreChanges: z.array(z.string()).readonly().default([]),
  onRemove: z.enum(retirements),
});

export const entrySchema = z.strictObject({
  id: z.string().min(1),
  values: fieldValues,
  hosted: z.record(z.string(), z.string().nullable()).optional(),
  open: z.boolean(),
  lifecycle,
  versionCode: z.string().optional(),
  linkUrl: z.string().optional(),
  retired: z.boolean().optional(),
  formerIds: z.array(z.string()).optional(),
});

export const intentSchema = z.strictObject({
  kind: z.enum(kindNames),
  values: fieldValues,
  knownIds: z.array(z.string()).readonly(),
  lifecycle,
  formerIds: z.array(z.string()).optional(),
});

export const accountsSchema = z.record(
  z.string(),
  z.strictObject({ id: z.string(), address: z.string(), version: z.string().optional() }),
);

/** A lockfile as it is written: what each part means is said at the types (lockfile.ts). */
export const lockfileSchema = z.strictObject({
  lockfileVersion: z.literal(LOCKFILE_VERSION),
  project: z.string(),
  environment: z.string().nullable(),
  /** Scheme, host and port of the API; the path may change. */
  origin: z.string(),
  accounts: accountsSchema,
  entries: z.record(z.string(), entrySchema),
  /** Creates whose outcome is not known: looked for by the next run. */
  intents: z.record(z.string(), intentSchema).optional(),
  /** An update of ours once left a versionCode as it was: it proves nothing from then on. */
  versionCodesUnreliable: z.boolean().optional(),
});

export type LockfileDocument = z.infer<typeof lockfileSchema>;
