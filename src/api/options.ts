import type { Diagnostic } from "../diagnostics/index.js";
import type { GStableClientLike } from "./client-like.js";
import type { Clock } from "./clock.js";
import type { Environment } from "./proxy.js";
import type { Secret } from "./secret.js";

/** A wait over three seconds that has begun: how long at most, and for what. */
export interface Wait {
  readonly ms: number;
  readonly why: string;
}

/** What holds where nobody says otherwise: for the merchant's API as for the payers' host. */
export const apiDefaults = { timeoutMs: 30_000, deadlineMs: 15 * 60_000, reads: 16, writes: 4 } as const;

/** What answers under way get after an interrupt. */
export const graceMs = 5000;

/** Why a signal is aborted when nobody waits for what is under way any more: it gets no time at all. */
export const abandoned = Symbol("nobody waits for it any more");

export interface ApiOptions {
  readonly apiKey: Secret;
  /** Default as gstable-js. */
  readonly baseUrl?: string | undefined;
  /** Default: `/public/api/v1` at the origin of `baseUrl`, which for GStable's own is that of gstable-js. */
  readonly publicBaseUrl?: string | undefined;
  /** Default `builtin`. */
  readonly client?: "builtin" | "gstable-js" | undefined;
  /**
   * A client that the caller built, with its own key, base URL and fetch. `baseUrl` has to name the base URL that it
   * was built with: the lockfile's origin rests on it. Prefer `client: "gstable-js"`, whose wire we see.
   */
  readonly gstableClient?: GStableClientLike | undefined;
  /** `read`: nothing but GET and the one POST that only reads goes out. */
  readonly access: "read" | "write";
  /** The sandbox in this process, or a test's. Default: sockets of our own, or what somebody made of Node's fetch. */
  readonly fetch?: typeof fetch | undefined;
  /** One request, to the last byte of its answer. Default 30 seconds. */
  readonly timeoutMs?: number | undefined;
  /**
   * The whole run, from `createApi` on: afterwards nothing new is sent, and reads under way are given up. The answer to
   * a write is awaited, as long as its time-out says. Default 15 minutes.
   */
  readonly deadlineMs?: number | undefined;
  /** Requests under way at once, for reads and for writes. Default 16 reads and 4 writes. */
  readonly parallelism?: number | undefined;
  /** Requests a second at most. Default: no bound until GStable complains. */
  readonly rps?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** Once aborted nothing new is sent, waits end, and answers under way get five seconds; none if it was `abandoned`. */
  readonly signal?: AbortSignal | undefined;
  /** The environment, to warn of a proxy that Node's fetch ignores. */
  readonly env?: Environment | undefined;
}

/** Limits that no run could work with: GS6007, one for each. */
export function checkLimits(options: ApiOptions): readonly Diagnostic[] {
  // A timer of Node holds 31 bits of milliseconds, and fires at once beyond that.
  const longestTimerMs = 2 ** 31 - 1;
  const isWait = (value: number) => value > 0 && value <= longestTimerMs;
  const limits = [
    { name: "time-out", value: options.timeoutMs, fits: isWait, rule: "longer than 0, shorter than 24 days" },
    {
      name: "deadline",
      value: options.deadlineMs,
      fits: isWait,
      rule: "longer than 0, shorter than 24 days",
    },
    {
      name: "parallelism",
      value: options.parallelism,
      fits: (value: number) => Number.isSafeInteger(value) && value >= 1,
      rule: "a whole number from 1",
    },
    {
      name: "number of requests a second",
      value: options.rps,
      fits: (value: number) => value > 0 && Number.isFinite(value),
      rule: "greater than 0",
    },
  ];
  return limits
    .filter(({ value, fits }) => value !== undefined && !fits(value))
    .map(({ name, value, rule }) => ({
      code: "GS6007",
      severity: "error",
      summary: `The ${name} cannot be ${value}.`,
      remedy: `It has to be ${rule}.`,
    }));
}
