import type { Clock } from "./clock.js";
import type { Rate } from "./rate.js";

export type Traffic = "read" | "write";

/** A place under way, to be given back; or why nothing may be sent any more. */
export type Pass =
  | { readonly ok: true; readonly sentAt: number; readonly leave: () => void }
  | { readonly ok: false; readonly why: string };

export interface Gate {
  enter(traffic: Traffic): Promise<Pass>;
}

export interface GateOptions {
  readonly clock: Clock;
  readonly rate: Rate;
  /** How many may be under way at once. */
  readonly bounds: Readonly<Record<Traffic, number>>;
  /** Nothing is let through from this time on. */
  readonly deadlineAt: number;
  readonly signal?: AbortSignal | undefined;
  /** A wait that has begun, for those who watch: at most one report in three seconds. */
  readonly onWait: (ms: number, why: string) => void;
}

interface Waiter {
  readonly order: number;
  readonly resolve: (pass: Pass) => void;
}

/**
 * The one door of the API for all workers: first come, first served within reads and within writes, bounded in number
 * and in rate. Everybody who enters gets a pass or a reason, at the latest at the deadline or when a place is given back.
 */
export function createGate(options: GateOptions): Gate {
  const { clock, rate, bounds, deadlineAt, signal } = options;
  const queues: Record<Traffic, Waiter[]> = { read: [], write: [] };
  const underWay: Record<Traffic, number> = { read: 0, write: 0 };
  let order = 0;
  let asleep = false;
  let latest = Number.NEGATIVE_INFINITY;

  /** Never backwards: a wall clock that is set back must not stop the run. */
  const now = () => {
    latest = Math.max(latest, clock.now());
    return latest;
  };

  const turnAway = (why: string) => {
    for (const waiter of [...queues.read.splice(0), ...queues.write.splice(0)])
      waiter.resolve({ ok: false, why });
  };

  const letThrough = (traffic: Traffic) => {
    const sentAt = now();
    rate.take(sentAt);
    underWay[traffic] += 1;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      underWay[traffic] -= 1;
      admit();
    };
    queues[traffic].shift()?.resolve({ ok: true, sentAt, leave });
  };

  const sleepUntil = (at: number) => {
    if (asleep) return;
    asleep = true;
    const wake = () => {
      asleep = false;
      // The sleep is over by its own word: a clock a little behind must not send us back to sleep for nothing.
      if (!signal?.aborted) latest = Math.max(latest, at);
      admit();
    };
    void clock.sleep(at - now(), signal).then(wake, wake);
  };

  const admit = () => {
    for (;;) {
      if (signal?.aborted) return turnAway("not sent: the run was interrupted");
      if (now() >= deadlineAt) return turnAway("not sent: the deadline of the run has passed");
      const traffic = nextInLine(queues, (kind) => underWay[kind] < bounds[kind]);
      if (traffic === undefined) return;
      const at = rate.nextAt();
      if (at >= deadlineAt)
        return turnAway("not sent: GStable's limits reach beyond the deadline of the run");
      if (at > now()) {
        reportWait(options, at - now(), queues.read.length + queues.write.length);
        return sleepUntil(at);
      }
      letThrough(traffic);
    }
  };

  signal?.addEventListener("abort", admit, { once: true });
  return {
    enter: (traffic) =>
      new Promise((resolve) => {
        queues[traffic].push({ order: order++, resolve });
        admit();
      }),
  };
}

/** The kind whose first waiter came earlier, among those that have a free place. */
function nextInLine(
  queues: Readonly<Record<Traffic, readonly Waiter[]>>,
  hasPlace: (traffic: Traffic) => boolean,
): Traffic | undefined {
  const firstOf = (traffic: Traffic) => (hasPlace(traffic) ? queues[traffic][0]?.order : undefined);
  const read = firstOf("read");
  const write = firstOf("write");
  if (read === undefined) return write === undefined ? undefined : "write";
  return write === undefined || read < write ? "read" : "write";
}

/** What the last in line has to wait, at the rate of now. */
function reportWait(options: GateOptions, ms: number, waiting: number): void {
  const untilLast = ms + ((waiting - 1) * 1000) / options.rate.perSecond();
  options.onWait(untilLast, "GStable's rate limit");
}
