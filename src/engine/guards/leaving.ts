import type { Address } from "../../state/address.js";
import type { LockEntry } from "../../state/lockfile.js";
import type { Review } from "./guard.js";

/** A recorded entry without a place in the YAML: it is leaving, or was retired before. */
export interface Leaving {
  readonly address: Address;
  readonly lock: LockEntry;
}

/**
 * What the lockfile has and the YAML lacks, sorted by address; a carried out `moved` is no loss.
 * Read from the lockfile, not from the decisions: `--target` and half a list narrow those.
 */
export function findLeaving({ desired, lockfile }: Review): readonly Leaving[] {
  const moved = new Set(desired.moved.filter(({ to }) => desired.entries.has(to)).map(({ from }) => from));
  return [...lockfile.entries]
    .filter(([address]) => !desired.entries.has(address) && !moved.has(address))
    .map(([address, lock]) => ({ address, lock }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}
