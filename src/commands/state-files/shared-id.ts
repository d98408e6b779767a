import type { Diagnostic } from "../../diagnostics/index.js";
import type { Lockfile } from "../../state/lockfile.js";
import { findSharedIds, placeAt } from "../../state/lockfile-text.js";

/** A journal that belongs to an older lockfile may name for an id what has another name by now: both would write to it. */
export function findSharedId(
  { entries }: Lockfile,
  { path, text }: { path: string; text: string },
): Diagnostic | undefined {
  const [shared] = findSharedIds(entries);
  if (shared === undefined) return undefined;
  const { id, owner, address } = shared;
  return {
    code: "GS3006",
    severity: "error",
    summary: `Lockfile and journal together give the id \`${id}\` to both \`${owner}\` and \`${address}\``,
    detail:
      "One live object cannot be two entries: each would undo what the other writes. The journal is one of an older lockfile.",
    remedy: `If the lockfile has every id that the journal has, remove the journal: ${path}`,
    source: placeAt(text, path, text.lastIndexOf(`"id":${JSON.stringify(id)}`)),
  };
}
