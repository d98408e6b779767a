import type { LiveObject } from "../../state/live.js";
import { type ApplyError, isError } from "./context.js";
import { type Step, wait } from "./step.js";

/** Fact gap G5: reads may lag behind writes, nobody says how far. About eight seconds in all. */
export const PATIENCE_MS = [0, 250, 500, 1000, 2000, 4000] as const;

export const WHY_PATIENT = "for the API to show what was written";

/** Looks until a look satisfies, or patience ends; the last look. */
export function* lookUntil(
  lookOnce: () => Step<LiveObject | ApplyError>,
  satisfies: (live: LiveObject) => boolean,
): Step<LiveObject | ApplyError> {
  let last = yield* lookOnce();
  for (const patienceMs of PATIENCE_MS.slice(1)) {
    if (!isError(last) && satisfies(last)) return last;
    yield* wait(patienceMs, WHY_PATIENT);
    last = yield* lookOnce();
  }
  return last;
}
