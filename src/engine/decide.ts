import { decideUnwanted } from "./decide-unwanted.js";
import { decideWanted } from "./decide-wanted.js";
import type { Decision } from "./decision.js";
import type { Pair } from "./pair/pairing.js";

/** Decides what is to happen to one entry. */
export function decide(pair: Pair): Decision {
  if (pair.desired !== undefined) return decideWanted(pair, pair.desired.lifecycle);
  return decideUnwanted(pair);
}
