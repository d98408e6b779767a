import { abandoned } from "./options.js";

export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Why the limit struck, if it did. */
  readonly reason: () => Error | undefined;
  /** Ends with the work, or fails when the limit strikes: also for a fetch that ignores its signal. */
  readonly race: <T>(work: Promise<T>) => Promise<T>;
  readonly end: () => void;
}

/**
 * The time that one request has, from its start to the last byte of the answer: `timeoutMs`, and `leftMs` of the run
 * where that is given; once the run is being ended (`signal`), `graceMs` at most, or nothing. In real time even under a test's
 * clock: what it limits is real input and output.
 */
export function startLimit(options: {
  readonly timeoutMs: number;
  readonly graceMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly leftMs?: number | undefined;
}): TimeLimit {
  const controller = new AbortController();
  let reason: Error | undefined;
  let fail: (error: Error) => void = () => {};
  const struck = new Promise<never>((_, reject) => {
    fail = reject;
  });
  struck.catch(() => {}); // nobody listens any more when the answer came first
  const strike = (message: string) => {
    reason = new Error(message);
    controller.abort(reason);
    fail(reason);
  };
  const { timeoutMs, leftMs = Number.POSITIVE_INFINITY } = options;
  const timers = [
    leftMs < timeoutMs
      ? setTimeout(() => strike("the deadline of the run passed before the answer came"), leftMs)
      : setTimeout(() => strike(`no answer within ${formatSeconds(timeoutMs)}`), timeoutMs),
  ];
  const hurry = () => {
    const leftAfterMs = options.signal?.reason === abandoned ? 0 : options.graceMs;
    timers.push(setTimeout(() => strike("interrupted before the answer came"), leftAfterMs));
  };
  if (options.signal?.aborted) hurry();
  else options.signal?.addEventListener("abort", hurry);
  return {
    signal: controller.signal,
    reason: () => reason,
    race: (work) => Promise.race([work, struck]),
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener("abort", hurry);
    },
  };
}

function formatSeconds(ms: number): string {
  return `${ms / 1000} s`;
}
