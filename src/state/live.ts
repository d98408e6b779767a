import type { Kind } from "./address.js";
import type { FieldValues } from "./value.js";

/** One object as the API showed it in this run. References in `values` are ids. */
export interface LiveObject {
  readonly kind: Kind;
  readonly id: string;
  /** Canonical. A field that the answer did not carry is missing here, not `null`. */
  readonly values: FieldValues;
  readonly open: boolean;
  /** The API's own word for its state, unchecked. */
  readonly status: string;
  /** Archived in the dashboard, for good: neither readable nor changeable any more. Fact F28. */
  readonly archivedForGood: boolean;
  /** Changes, it is believed, with each update. Fact F29. */
  readonly versionCode: string | undefined;
  /** The public page. */
  readonly url: string | undefined;
  /** Whether every field of the kind is known. */
  readonly whole: boolean;
  /** Why it must be left alone: the API uses a word that this version doesn't know. A stranger's text. */
  readonly unknown: string | undefined;
}

/** A receiving account as listed by the API. */
export interface LiveAccount {
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly address: string;
  readonly version: string | undefined;
  readonly status: string;
  readonly settlementCurrencies: readonly string[];
}

/** What one kind looks like live. */
export interface ObservedKind {
  readonly objects: ReadonlyMap<string, LiveObject>;
  /** Whether the scan saw everything: only then may anything be created or retired. */
  readonly complete: boolean;
  /** Locked ids that are neither listed nor readable: gone, or archived for good. */
  readonly gone: ReadonlyMap<string, "missing" | "archived">;
}

/** One way to pay for a settlement token. Values in Micro-USD (inferred), fees in parts per million. */
export interface PaymentRoute {
  readonly tokenId: string;
  readonly crosschain: boolean;
  /** `undefined`: not told; then nothing is said of a fee. */
  readonly feeRatePpm: number | undefined;
  readonly minMicroUsd: number;
  readonly maxMicroUsd: number;
}

/** The public capabilities: tokens that exist, and how each settlement token can be paid. */
export interface Capabilities {
  readonly tokens: readonly string[];
  readonly routes: ReadonlyMap<string, readonly PaymentRoute[]>;
}

/** Everything that was read from the account in this run. */
export interface Observed {
  readonly kinds: ReadonlyMap<Kind, ObservedKind>;
  readonly accounts: readonly LiveAccount[];
  /** `undefined`: not needed, or not to be had (they only feed warnings). */
  readonly capabilities: Capabilities | undefined;
}
