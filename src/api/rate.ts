/** Requests a second. */
const lowestRate = 0.2;
/** Where the first complaint puts us. Fact gap G6: the real limit is not known; 5/s is taken for harmless. */
const firstRate = 4;
const highestRate = 100;
const recoveryPerAnswer = 0.1;

export interface Rate {
  /** When the next request may leave. */
  nextAt(): number;
  /** A request leaves now. */
  take(nowMs: number): void;
  /** The server complained about a request sent at `sentAt`: halve, once for all requests of the same burst. */
  cut(sentAt: number, nowMs: number): void;
  /** A request was answered in peace: a little more. */
  recover(): void;
  /** Nothing before `untilMs`. */
  pause(untilMs: number): void;
  /** Requests a second; infinite until the first complaint, unless there is a bound. */
  perSecond(): number;
}

/**
 * The shared rate: a token bucket that holds one token, so there is nothing to overdraw. No limit but `rps` until the
 * first complaint; then halved with each burst of complaints, never below 0.2/s (or `rps`), and back in small steps.
 */
export function createRate(rps?: number): Rate {
  const ceiling = rps ?? Number.POSITIVE_INFINITY;
  let perSecond = ceiling;
  let lastCutAt = Number.NEGATIVE_INFINITY;
  let lastTakenAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  return {
    nextAt: () => Math.max(pausedUntil, lastTakenAt + 1000 / perSecond),
    take: (nowMs) => {
      lastTakenAt = nowMs;
    },
    cut: (sentAt, nowMs) => {
      if (sentAt < lastCutAt) return;
      lastCutAt = nowMs;
      const halved = Math.min(firstRate, perSecond / 2);
      perSecond = Math.max(Math.min(lowestRate, ceiling), halved);
      lastTakenAt = nowMs;
    },
    recover: () => {
      const more = Math.min(ceiling, highestRate, perSecond + recoveryPerAnswer);
      perSecond = Math.max(perSecond, more);
    },
    pause: (untilMs) => {
      pausedUntil = Math.max(pausedUntil, untilMs);
    },
    perSecond: () => perSecond,
  };
}
