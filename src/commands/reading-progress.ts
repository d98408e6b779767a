import { renderProgress } from "../render/index.js";
import type { CommandContext } from "./context.js";

/** Told of every request that a reading of the account makes. */
export interface ReadingProgress {
  asked(requests: number): void;
  answered(): void;
  end(): void;
}

/** Before that nobody wonders. */
const FIRST_MS = 1000;
/** A live line follows the eye; a log is told now and then. */
const LIVE_MS = 100;
const HEARTBEAT_MS = 5000;

/** Shows how far the reading of the account is while `work` lasts. */
export async function whileReading<T>(
  context: Pick<CommandContext, "progress" | "status" | "look">,
  work: (progress: ReadingProgress) => Promise<T>,
): Promise<T> {
  const progress = showReading(context);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

/**
 * Says how far the reading of the account is, once it takes longer than a second: on one live line at a terminal,
 * otherwise on a line now and then. At its end, how many calls it took.
 */
export function showReading(
  { progress, status, look }: Pick<CommandContext, "progress" | "status" | "look">,
  what = "the account",
): ReadingProgress {
  const startedAt = Date.now();
  let total = 0;
  let seen = 0;
  let isShown = false;
  const line = () => renderProgress({ is: "reading", what: `${what}, requests`, seen, total }, look);
  const show = () => {
    isShown = true;
    (status ?? progress)(line());
  };
  let repeating: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    show();
    repeating = setInterval(show, status === undefined ? HEARTBEAT_MS : LIVE_MS);
  }, FIRST_MS);
  return {
    asked: (requests) => {
      total += requests;
    },
    answered: () => {
      seen += 1;
    },
    end: () => {
      clearTimeout(first);
      clearInterval(repeating);
      if (!isShown) return;
      status?.(undefined);
      const tookMs = Date.now() - startedAt;
      progress(renderProgress({ is: "read", what, calls: total, tookMs }, look));
    },
  };
}
