import type { Address } from "../../state/address.js";
import type { LockEntry } from "../../state/lockfile.js";
import type { Decision } from "../decide.js";
import type { Review } from "./guard.js";
import { sameContent, sameName } from "./likeness.js";

/** An entry that is leaving or retired, and that the new one may be under another name. */
export interface Predecessor {
  readonly address: Address;
  readonly lock: LockEntry;
  /** What speaks for it, as the rest of a sentence. */
  readonly says: string;
}

/**
 * Recorded entries without a place in the YAML that a new one resembles: the same content (as recorded or as live),
 * or, while they are leaving, the same name: a rename that also changes the price is still a rename.
 * Taken from the lockfile, not from the plan's decisions, which `--target` narrows.
 */
export function findPredecessors({ pair }: Decision, review: Review): readonly Predecessor[] {
  const { desired, lockfile, observed } = review;
  const { definition, wanted = {} } = pair;
  const kept = new Set(desired.moved.filter(({ to }) => desired.entries.has(to)).map(({ from }) => from));
  return [...lockfile.entries]
    .filter(([address]) => address.startsWith(`${definition.kind}.`))
    .filter(([address]) => !desired.entries.has(address) && !kept.has(address) && address !== pair.movedFrom)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([address, lock]) => {
      const live = observed.kinds.get(definition.kind)?.objects.get(lock.id)?.values;
      const versions = live === undefined ? [lock.values] : [lock.values, live];
      const state = lock.retired === true ? "is retired" : "leaves the configuration";
      if (versions.some((values) => sameContent(definition, wanted, values))) {
        return [{ address, lock, says: `${state} and has the same content: a rename without \`moved\`?` }];
      }
      const leaving =
        lock.retired !== true && versions.some((values) => sameName(definition, wanted, values));
      const says = `${state} and has the same \`${definition.distinctField}\`: a rename without \`moved\`?`;
      return leaving ? [{ address, lock, says }] : [];
    });
}
