/** The sandbox's time: that of its machine until somebody moves or freezes it. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  freeze(atMs?: number): void;
  advance(byMs: number): void;
  /** Back to the machine's time. */
  run(): void;
}

/** A clock that runs with the machine's until it is told otherwise. */
export function createClock(machineNow: () => number): Clock {
  let frozenMs: number | undefined;
  let aheadMs = 0;
  const nowMs = (): number => (frozenMs ?? machineNow()) + aheadMs;
  return {
    nowMs,
    freeze: (atMs = nowMs()) => {
      frozenMs = atMs;
      aheadMs = 0;
    },
    advance: (byMs) => {
      aheadMs += byMs;
    },
    run: () => {
      frozenMs = undefined;
      aheadMs = 0;
    },
  };
}
