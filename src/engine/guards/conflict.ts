import { quoted } from "../../diagnostics/index.js";
import { formatDollars } from "../../state/money.js";
import type { Difference } from "../diff.js";
import type { Risk } from "../kind.js";
import type { Guard, Review } from "./guard.js";
import { fingerprint } from "./pin.js";
import { sayTitle } from "./title.js";

const grave: ReadonlySet<Risk> = new Set(["routing", "exit", "price"]);

/**
 * Somebody else set it too: their value would be lost unread. Where nothing was recorded nobody knows whether
 * they did, and forgetting the record must not be a way around this.
 */
export const conflict: Guard = (review) =>
  review.decisions.flatMap(({ pair, differences }) => {
    const found =
      pair.live === undefined
        ? []
        : differences.filter(
            ({ risk, cause }) => grave.has(risk) && (cause === "conflict" || cause === "unknown"),
          );
    if (found.length === 0) return [];
    const message = `${sayTitle(pair)}: ${found.map((one) => say(one, review)).join(" ")}`;
    return [
      {
        address: pair.address,
        message,
        value: fingerprint(found.map(({ path, before, after }) => [path, before, after])),
      },
    ];
  });

function say({ path, fieldType, type, before, after, base, cause }: Difference, { names }: Review): string {
  const show = (value: Difference["before"] | undefined) => {
    const shown = names.show(fieldType, value);
    if (shown === null) return type === "item" ? "none" : "unset";
    if (type === "money" && typeof value === "number") return `\`${formatDollars(value)}\``;
    return typeof shown === "object" ? JSON.stringify(shown) : quoted(String(shown));
  };
  const ends = `is ${show(before)} live, and would be ${show(after)}`;
  return cause === "unknown"
    ? `\`${path}\` ${ends}; nothing was recorded, so nobody knows who set it.`
    : `\`${path}\` was ${show(base)} when last applied; it was changed outside: it ${ends}.`;
}
