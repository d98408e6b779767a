import type { PlanDiagnostic } from "./plan-document.js";
import type { GuardId } from "./policy.js";

/** What `doctor` looks at, in the order in which it is told. The ids are stable. */
export const checkIds = [
  "node",
  "configuration",
  "environment",
  "lockfile",
  "key",
  "base-url",
  "client",
  "proxy",
  "merchant-api",
  "public-api",
  "clock",
  "merchant",
  "accounts",
  "account-limit",
  "webhook-limit",
] as const;

/** What `doctor --guards` looks at before and beside the guards themselves. */
const rehearsalCheckIds = ["configuration", "rehearsal", "untouched"] as const;

export type CheckId = (typeof checkIds)[number] | (typeof rehearsalCheckIds)[number];
/** `skipped`: nothing can be said, and `summary` says why. */
export type CheckState = "ok" | "warning" | "failed" | "skipped";

export interface Check {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly summary: string;
  /** Empty where the summary says it all. */
  readonly detail: string;
  readonly remedy?: string;
}

/** One guard that was tripped on purpose, or did not trip. */
export interface GuardTrial {
  readonly id: GuardId;
  /** It tripped, and the apply that should be refused was refused before its first write. */
  readonly tripped: boolean;
  /** What the guard said; where it did not trip, what happened instead. */
  readonly message: string;
  /** What would let exactly this through; empty where it did not trip. */
  readonly allowWith: string;
  /** What was done to trip it. */
  readonly how: string;
  /** What a reader should know of the policy that was tried; absent where there is nothing. */
  readonly note?: string;
  /** Requests of the refused apply that change something: none, or something is wrong. */
  readonly writes: number;
}

interface Head {
  readonly formatVersion: 1;
  readonly command: "doctor";
  readonly exitCode: number;
  /** Whose health it is; unset where no configuration can be read. */
  readonly project?: string;
  readonly environment?: string | null;
  readonly sandbox: boolean;
  readonly checks: readonly Check[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** What `doctor --json` prints; `guards` with `--guards` only. */
export interface DoctorDocument extends Head {
  readonly guards?: readonly GuardTrial[];
}
