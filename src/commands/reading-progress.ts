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
const EVERY_MS = 3000;

/** Says how far the reading of the account is, once it takes longer than a second. */
export function showReading(
  { progress, look }: Pick<CommandContext, "progress" | "look">,
  what = "the account, requests",
): ReadingProgress {
  let total = 0;
  let seen = 0;
  const show = () => progress(renderProgress({ is: "reading", what, seen, total }, look));
  let repeating: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    show();
    repeating = setInterval(show, EVERY_MS);
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
    },
  };
}
