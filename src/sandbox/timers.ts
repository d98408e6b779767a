/** Waits that end with the sandbox. */
interface Timers {
  wait(ms: number): Promise<void>;
  close(): void;
}

/** The waits of one sandbox. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          running.delete(timer);
          resolve();
        }, ms);
        running.add(timer);
      }),
    // What still waits is never carried out: the sandbox that it would change is gone.
    close: () => {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
