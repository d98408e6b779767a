import type { Source } from "../diagnostics/index.js";
import type { Address, Kind } from "./address.js";
import type { Policy } from "./policy.js";
import type { FieldValues } from "./value.js";

/** What happens to the live object of an entry that leaves the YAML. */
export const retirements = ["disable", "archive", "remove", "forget"] as const;
export type Retirement = (typeof retirements)[number];

/** How an entry is looked after; kept in the lockfile, so that it outlives the entry in the YAML. */
export interface Lifecycle {
  readonly protect: boolean;
  /** Top-level fields that the dashboard owns, sorted. */
  readonly ignoreChanges: readonly string[];
  readonly onRemove: Retirement;
}

/** One entry as the YAML wants it. References in `values` are names: `treasury`, `premium-plan`. */
export interface DesiredEntry {
  readonly address: Address;
  readonly kind: Kind;
  readonly name: string;
  /** Every field of the kind, in canonical form; unset ones are `null` (or the kind's default). */
  readonly values: FieldValues;
  /** Whether it takes part in payments: a link enabled, a product not archived. */
  readonly open: boolean;
  readonly lifecycle: Lifecycle;
  /** Where a field was written, e.g. `lineItems[0].unitPrice`; the entry's place where it was not, and without a path. */
  placeOf(path?: string): Source;
}

/** A receiving account: read-only in the API. `id`, `address` or both; together the address is a pin. */
export interface DesiredAccount {
  readonly name: string;
  readonly id?: string;
  /** Lower case, 0x and 40 hex digits. */
  readonly address?: string;
  readonly source: Source;
}

export interface DesiredImport {
  readonly to: Address;
  readonly id: string;
  readonly source: Source;
}

export interface DesiredMove {
  readonly from: Address;
  readonly to: Address;
  readonly source: Source;
}

/** The whole configuration of one environment, checked and resolved. */
export interface Desired {
  readonly project: string;
  /** `null` where the configuration knows no environments. */
  readonly environment: string | null;
  /** The environment variable that holds the key, and whether the configuration named it itself. */
  readonly apiKeyEnv: string;
  readonly apiKeyEnvNamed: boolean;
  /** Path of the lockfile as written or defaulted, relative to the root file. */
  readonly lockfile: string;
  /** Lockfiles of the other environments: what they list belongs to them. */
  readonly otherLockfiles: readonly string[];
  readonly client: "builtin" | "gstable-js";
  readonly accounts: ReadonlyMap<string, DesiredAccount>;
  /** Sorted by address. */
  readonly entries: ReadonlyMap<Address, DesiredEntry>;
  readonly imports: readonly DesiredImport[];
  readonly moved: readonly DesiredMove[];
  readonly policy: Policy;
}
