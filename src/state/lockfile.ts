import type { Address, Kind } from "./address.js";
import type { Lifecycle } from "./desired.js";
import type { FieldValues } from "./value.js";

/** The lockfile's version that this tool writes. */
export const LOCKFILE_VERSION = 1;

/** An object of ours: its id, and what was last applied and observed. */
export interface LockEntry {
  readonly id: string;
  /** What was last applied, in canonical form, references as ids; an image is the source that we wrote. */
  readonly values: FieldValues;
  /** Where GStable hosts the pictures, by field; `null`: it shows none. Missing: not observed yet. */
  readonly hosted?: { readonly [field: string]: string | null } | undefined;
  readonly open: boolean;
  readonly lifecycle: Lifecycle;
  readonly versionCode?: string | undefined;
  readonly linkUrl?: string | undefined;
  readonly retired?: boolean | undefined;
  /** Ids that this entry had before it was created anew. */
  readonly formerIds?: readonly string[] | undefined;
}

/** A create that was about to be sent: enough to find what it made, or to know that it made nothing. */
export interface Intent {
  readonly kind: Kind;
  readonly values: FieldValues;
  /** Objects of its kind that were there before: none of them is what this create made. */
  readonly knownIds: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly formerIds?: readonly string[] | undefined;
}

/** A receiving account as it was when its address was last accepted. */
export interface LockAccount {
  readonly id: string;
  readonly address: string;
  readonly version?: string | undefined;
}

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
