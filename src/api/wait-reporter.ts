import type { Clock } from "./clock.js";
import type { Wait } from "./options.js";

const worthShowingMs = 3000;

export interface WaitReporter {
  /** A wait of this length begins. */
  readonly report: (ms: number, why: string) => void;
  /** Something of unknown length begins: reported when it has lasted three seconds. */
  readonly watch: (why: string) => { readonly end: () => void };
}

/** Tells of waits over three seconds, once in three seconds at most: sixteen workers wait for the same thing. */
export function createWaitReporter(clock: Clock, onWait: (wait: Wait) => void): WaitReporter {
  let reportedAt = Number.NEGATIVE_INFINITY;
  const report = (ms: number, why: string) => {
    const now = clock.now();
    if (ms <= worthShowingMs || now - reportedAt < worthShowingMs) return;
    reportedAt = now;
    onWait({ ms, why });
  };
  return {
    report,
    watch: (why) => {
      const timer = setTimeout(() => report(worthShowingMs + 1, why), worthShowingMs);
      return { end: () => clearTimeout(timer) };
    },
  };
}
