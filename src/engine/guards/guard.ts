import type { Desired } from "../../state/desired.js";
import type { LiveObject, Observed } from "../../state/live.js";
import type { Lockfile } from "../../state/lockfile.js";
import type { GuardId, Policy } from "../../state/policy.js";
import type { ResolvedAccounts } from "../accounts.js";
import type { Decision } from "../decision.js";
import type { KindDefinition, Kinds } from "../kind.js";
import type { Names } from "../names.js";

/** Everything that a guard may look at: what is planned, wanted, recorded, and live in this run. */
export interface Review {
  /** Those of the plan, also with nothing to do: of all entries, but for `--target` and half a list. */
  readonly decisions: readonly Decision[];
  readonly desired: Desired;
  readonly lockfile: Lockfile;
  readonly observed: Observed;
  readonly accounts: ResolvedAccounts;
  readonly policy: Policy;
  readonly kinds: Kinds;
  readonly names: Names;
  /** Live objects of a kind that nobody manages. */
  unmanaged(definition: KindDefinition): readonly LiveObject[];
  /** `--target`: whoever names entries means them, so `retire` and `shrink`, which judge the whole, have nothing to say. */
  readonly partial: boolean;
  /** On the sandbox, whose lockfile is not that of the real account. */
  readonly rehearsal: boolean;
}

/** One reason not to go on. */
export interface Trip {
  /** The entry's address, `account.NAME`, or `config`. */
  readonly address: string;
  /** For people: what would happen, in their words and numbers. */
  readonly message: string;
  /** Lines for the configuration, one of which says what is meant; the message quotes them. */
  readonly write?: readonly string[];
  /** What exactly would be let through; `policy.allow` must name it. A price, a host, an id, an address. */
  readonly value: string;
}

/**
 * A guard compares what would be written with the live value, read in this run. Base and cause only explain:
 * whoever edits the YAML can edit the lockfile too. No guard can be switched off.
 */
export type Guard = (review: Review) => readonly Trip[];

/** Every guard has an entry: a forgotten one does not compile. */
export type Guards = { readonly [id in GuardId]: Guard };
