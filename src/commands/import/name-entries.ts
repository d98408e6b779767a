import type { TakenNames } from "../../config/emit/index.js";
import { type Address, addressOf, kindNames, kindOf, nameOf } from "../../state/address.js";
import type { LiveAccount } from "../../state/live.js";
import type { Planned } from "../planning.js";
import { type Candidate, titleOf } from "./candidate.js";
import { slugOf, takeName } from "./names.js";

/** An object with the entry that it becomes. */
export interface Named extends Candidate {
  readonly to: Address;
  /** The configuration has the entry already: nothing is written into it. */
  readonly existing: boolean;
}

/**
 * Gives every object its entry. Names follow what people call the objects; of several with one name the order of the
 * ids decides, so that the same account gives the same names. A name that anything ever used is not given again.
 */
export function nameEntries(
  candidates: readonly Candidate[],
  { taken, planned, mask }: { taken: TakenNames; planned: Planned; mask: (title: string) => string },
): readonly Named[] {
  const { desired, lockfile } = planned.input;
  const used: readonly Address[] = [
    ...taken.entries,
    ...lockfile.entries.keys(),
    ...lockfile.intents.keys(),
    ...desired.moved.flatMap(({ from, to }) => [from, to]),
    ...desired.imports.map(({ to }) => to),
    ...candidates.flatMap(({ to }) => to ?? []),
  ];
  const names = new Map(
    kindNames.map((kind) => [kind, new Set(used.filter((address) => kindOf(address) === kind).map(nameOf))]),
  );
  return candidates.map((candidate) => {
    const { live, definition, to } = candidate;
    if (to !== undefined) return { ...candidate, to, existing: desired.entries.has(to) };
    // `payment link` → `link`.
    const fallback = definition.label.split(" ").at(-1) ?? definition.label;
    const slug = slugOf(mask(titleOf(candidate)), { fallback, id: live.id });
    const name = takeName(slug, names.get(definition.kind) ?? new Set());
    return { ...candidate, to: addressOf(definition.kind, name), existing: false };
  });
}

/** A name for a receiving account; it is taken from then on. */
export function nameAccount({ id, name }: LiveAccount, taken: Set<string>): string {
  return takeName(slugOf(name, { fallback: "account", id }), taken);
}
