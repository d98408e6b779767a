import type { Guard } from "./guard.js";
import { printable } from "./pin.js";
import { sayTitle } from "./title.js";

/**
 * Somebody closed it outside, perhaps in an emergency. Where nothing was recorded (taken over just now) nobody
 * knows why it is closed.
 */
export const reopen: Guard = ({ decisions }) =>
  decisions.flatMap(({ pair, actions }) => {
    const { definition, live, lock, address } = pair;
    if (live === undefined || live.open || !actions.includes(definition.openClose.openAction)) return [];
    if (pair.takenOver === undefined && lock?.open === false) return [];
    const history =
      pair.takenOver === undefined && lock !== undefined
        ? "was closed outside since the last apply"
        : "is closed, and nothing was recorded of why";
    const where = live.url === undefined ? "" : ` (${live.url})`;
    return [
      {
        address,
        message: `${sayTitle(pair)}${where} ${history}; it would be opened again.`,
        // With its version, so that the exception ends with the next change made outside.
        value: live.versionCode === undefined ? "open" : `open@${printable(live.versionCode)}`,
      },
    ];
  });
