import type { Clock } from "./clock.js";
import type { Rate } from "./rate.js";

export type Traffic = "read" | "write";

/** A place under way, to be given back. */
export interface Admitted {
  readonly ok: true;
  readonly sentAt: number;
  readonly leave: () => void;
}

/** A place, or why nothing may be sent any more. */
export type Pass = Admitted | { readonly ok: false; readonly why: string };

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
  return new Door(options);
}

class Door implements Gate {
  readonly #options: GateOptions;
  readonly #queues: Record<Traffic, Waiter[]> = { read: [], write: [] };
  readonly #underWay: Record<Traffic, number> = { read: 0, write: 0 };
  #order = 0;
  #isAsleep = false;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(options: GateOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", () => this.#admit(), { once: true });
  }

  enter(traffic: Traffic): Promise<Pass> {
    return new Promise((resolve) => {
      this.#queues[traffic].push({ order: this.#order++, resolve });
      this.#admit();
    });
  }

  #admit(): void {
    const { rate, bounds } = this.#options;
    for (;;) {
      const closed = this.#whyClosed(this.#now());
      if (closed !== undefined) this.#turnAway(closed);
      const traffic = nextInLine(this.#queues, (kind) => this.#underWay[kind] < bounds[kind]);
      if (traffic === undefined) return;
      const at = rate.nextAt();
      const tooLate = this.#whyClosed(at);
      if (tooLate !== undefined) this.#turnAway(tooLate);
      else if (at > this.#now()) {
        this.#sleepUntil(at);
        return;
      } else this.#letThrough(traffic);
    }
  }

  /** Why nothing may leave at that time, if so. */
  #whyClosed(at: number): string | undefined {
    const { deadlineAt, signal } = this.#options;
    if (signal?.aborted) return "not sent: the run was interrupted";
    if (at < deadlineAt) return undefined;
    return this.#now() < deadlineAt
      ? "not sent: GStable's rate limit reaches beyond the deadline of the run"
      : "not sent: the deadline of the run has passed";
  }

  #letThrough(traffic: Traffic): void {
    const sentAt = this.#now();
    this.#options.rate.take(sentAt);
    this.#underWay[traffic] += 1;
    let hasLeft = false;
    const leave = () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#underWay[traffic] -= 1;
      this.#admit();
    };
    this.#queues[traffic].shift()?.resolve({ ok: true, sentAt, leave });
  }

  #turnAway(why: string): void {
    const waiters = [...this.#queues.read.splice(0), ...this.#queues.write.splice(0)];
    for (const waiter of waiters) waiter.resolve({ ok: false, why });
  }

  #sleepUntil(at: number): void {
    this.#reportWait(at);
    if (this.#isAsleep) return;
    this.#isAsleep = true;
    const { clock, signal } = this.#options;
    const wake = () => {
      this.#isAsleep = false;
      // The sleep is over by its own word: a clock a little behind must not send us back to sleep for nothing.
      if (!signal?.aborted) this.#latest = Math.max(this.#latest, at);
      this.#admit();
    };
    void clock.sleep(at - this.#now(), signal).then(wake, wake);
  }

  /** What the last in line has to wait, at the rate of now. */
  #reportWait(at: number): void {
    const waiting = this.#queues.read.length + this.#queues.write.length;
    const untilLastMs = at - this.#now() + ((waiting - 1) * 1000) / this.#options.rate.perSecond();
    this.#options.onWait(untilLastMs, "GStable's rate limit");
  }

  /** Never backwards: a wall clock that is set back must not stop the run. */
  #now(): number {
    this.#latest = Math.max(this.#latest, this.#options.clock.now());
    return this.#latest;
  }
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
