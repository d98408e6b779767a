import type { Guard } from "./guard.js";
import { findLeaving } from "./leaving.js";
import { pin } from "./pin.js";

/** Half the configuration is gone, or all of it: more likely lost (a broken include, a wrong file) than meant. */
export const shrink: Guard = (review) => {
  if (review.partial) return [];
  const recorded = [...review.lockfile.entries.values()].filter(({ retired }) => retired !== true).length;
  const lacking = findLeaving(review).filter(({ lock }) => lock.retired !== true);
  if (lacking.length * 2 <= recorded) return [];
  const message =
    review.desired.entries.size === 0
      ? `The configuration is empty; the lockfile has ${recorded} ${recorded === 1 ? "entry" : "entries"} in use.`
      : `The configuration lacks ${lacking.length} of the ${recorded} entries in the lockfile: more than half.`;
  return [{ address: "config", message, value: pin(lacking.map(({ address }) => address)) }];
};
