import type { Guard } from "./guard.js";
import { printable } from "./pin.js";
import { sayTitle } from "./title.js";

/** A recorded object is gone: created anew it is another object, and what was printed leads nowhere. */
export const missing: Guard = ({ decisions }) =>
  decisions.flatMap(({ pair, actions }) => {
    const { lock, address, definition } = pair;
    if (lock === undefined || !actions.includes("create")) return [];
    const gone =
      pair.gone === "archived" ? "was archived for good in the dashboard" : "no longer exists in the account";
    const url =
      lock.linkUrl === undefined
        ? "It would be created anew, with a new id."
        : `It would be created anew, with a new id and a new URL: ${lock.linkUrl}, wherever it is printed, stays dead.`;
    return [
      {
        address,
        message: `The ${definition.label} ${sayTitle(pair)} (${lock.id}) ${gone}. ${url}`,
        value: printable(lock.id),
      },
    ];
  });
