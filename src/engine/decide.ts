import type { FieldValues } from "../state/value.js";
import { decideUnwanted } from "./decide-unwanted.js";
import { decideWanted } from "./decide-wanted.js";
import type { Decision } from "./decision.js";
import type { Pair } from "./pair/pairing.js";

/** Decides what is to happen to one entry. */
export function decide(pair: Pair): Decision {
  if (pair.desired !== undefined) return decideWanted(pair, pair.desired.lifecycle);
  return decideUnwanted(pair);
}

/** The values to send in an update: what nobody wants to change is sent back as it is, pictures as hosted. */
export function updateValues({ pair, differences, lifecycle }: Decision): FieldValues {
  const { definition, wanted = {}, live } = pair;
  const changed = new Set(differences.map(({ field }) => field));
  return Object.fromEntries(
    definition.fields.map(({ name, type, unset }) => {
      const keepLive = lifecycle.ignoreChanges.includes(name) || (type.is === "image" && !changed.has(name));
      return [name, (keepLive ? live?.values[name] : wanted[name]) ?? unset];
    }),
  );
}
