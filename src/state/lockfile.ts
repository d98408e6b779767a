import { z } from "zod";
import { type Address, kindNames } from "./address.js";
import { retirements } from "./desired.js";
import { type FieldValues, isFieldValue, isMap } from "./value.js";

/** The lockfile's version that this tool writes. */
export const LOCKFILE_VERSION = 1;

/** One check instead of one a field: a lockfile has a hundred thousand of them. */
const fieldValues = z.custom<FieldValues>((data) => isFieldValue(data) && isMap(data));

const lifecycle = z.strictObject({
  protect: z.boolean().default(false),
  ignoreChanges: z.array(z.string()).readonly().default([]),
  onRemove: z.enum(retirements),
});

const entry = z.strictObject({
  id: z.string().min(1),
  /** What was last applied, in canonical form, references as ids; an image is the source that we wrote. */
  values: fieldValues,
  /** Where GStable hosts the pictures, by field; `null`: it shows none. Missing: not observed yet. */
  hosted: z.record(z.string(), z.string().nullable()).optional(),
  open: z.boolean(),
  lifecycle,
  versionCode: z.string().optional(),
  linkUrl: z.string().optional(),
  retired: z.boolean().optional(),
  /** Ids that this entry had before it was created anew. */
  formerIds: z.array(z.string()).optional(),
});

const intent = z.strictObject({
  kind: z.enum(kindNames),
  values: fieldValues,
  /** Objects of its kind that were there before: none of them is what this create made. */
  knownIds: z.array(z.string()).readonly(),
  lifecycle,
  formerIds: z.array(z.string()).optional(),
});

export const lockfileSchema = z.strictObject({
  lockfileVersion: z.literal(LOCKFILE_VERSION),
  project: z.string(),
  environment: z.string().nullable(),
  /** Scheme, host and port of the API; the path may change. */
  origin: z.string(),
  accounts: z.record(
    z.string(),
    z.strictObject({ id: z.string(), address: z.string(), version: z.string().optional() }),
  ),
  entries: z.record(z.string(), entry),
  /** Creates whose outcome is not known: looked for by the next run. */
  intents: z.record(z.string(), intent).optional(),
  /** An update of ours once left a versionCode as it was: it proves nothing from then on. */
  versionCodesUnreliable: z.boolean().optional(),
});

type Parsed = z.infer<typeof lockfileSchema>;
export type LockEntry = Readonly<z.infer<typeof entry>>;
/** A create that was about to be sent: enough to find what it made, or to know that it made nothing. */
export type Intent = Readonly<z.infer<typeof intent>>;
export type LockAccount = Readonly<Parsed["accounts"][string]>;

/** Names to ids, and what was last applied and observed. No secret is ever in it. */
export interface Lockfile {
  readonly project: string;
  readonly environment: string | null;
  readonly origin: string;
  readonly accounts: ReadonlyMap<string, LockAccount>;
  readonly entries: ReadonlyMap<Address, LockEntry>;
  readonly intents: ReadonlyMap<Address, Intent>;
  readonly versionCodesUnreliable: boolean;
}

/** The lockfile of a project that has applied nothing yet. */
export function emptyLockfile(owner: Pick<Lockfile, "project" | "environment" | "origin">): Lockfile {
  return {
    ...owner,
    accounts: new Map(),
    entries: new Map(),
    intents: new Map(),
    versionCodesUnreliable: false,
  };
}
