import type { Source } from "../diagnostics/index.js";
import type { MicroUsd } from "./money.js";

/** The guards that a plan passes before anything is written (docs/guards.md). */
export const guardIds = [
  "price",
  "routing",
  "exit",
  "retire",
  "shrink",
  "protect",
  "conflict",
  "reopen",
  "duplicate",
  "missing",
] as const;
export type GuardId = (typeof guardIds)[number];

/** One reviewed exception: from `policy.allow` (with the value that it lets through) or from `--allow` (without). */
export interface Allowance {
  readonly guard: GuardId;
  /** An address, `account.NAME`, or `config` for the guards that look at everything. */
  readonly address: string;
  readonly value?: string;
  readonly origin: "policy" | "flag";
  readonly source?: Source;
}

/** Thresholds of the guards. Shares are in hundredths of a percent: 50% is 5000. */
export interface Policy {
  readonly maxPriceChangeBp: number;
  readonly maxRetireBp: number;
  readonly priceRangeMicroUsd: readonly [min: MicroUsd, max: MicroUsd];
  /** Hosts that successUrl and webhookUrl may have, `*.` in front for subdomains; unset: no list. */
  readonly allowedHosts?: readonly string[];
  readonly allow: readonly Allowance[];
}

export const defaultPolicy: Policy = {
  maxPriceChangeBp: 5000,
  maxRetireBp: 2000,
  priceRangeMicroUsd: [10_000, 100_000_000_000],
  allow: [],
};
