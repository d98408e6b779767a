import type { Guard } from "./guard.js";
import { pin } from "./pin.js";

/** Half the configuration is gone, or all of it: more likely lost (a broken include, a wrong file) than meant. */
export const shrink: Guard = ({ decisions, desired, lockfile, partial }) => {
  if (partial) return [];
  const recorded = [...lockfile.entries.values()].filter(({ retired }) => retired !== true).length;
  const lacking = decisions
    .filter(({ pair }) => pair.lock !== undefined && pair.lock.retired !== true && pair.desired === undefined)
    .map(({ pair }) => pair.address);
  const empty = desired.entries.size === 0 && recorded > 0;
  if (!empty && lacking.length * 2 <= recorded) return [];
  const message = empty
    ? `The configuration is empty; the lockfile has ${recorded} ${recorded === 1 ? "entry" : "entries"} in use.`
    : `The configuration lacks ${lacking.length} of the ${recorded} entries in the lockfile: more than half.`;
  return [{ address: "config", message, value: pin(lacking) }];
};
