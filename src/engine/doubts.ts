import type { Kind } from "../state/address.js";
import { groupBy } from "../state/group-by.js";
import type { Decision } from "./decision.js";
import type { KindDefinition } from "./kind.js";
import { equals, titleKey } from "./likeness.js";
import { unmanaged } from "./pair/candidates.js";
import type { PairInput } from "./pair/pairing.js";

/**
 * Fact F17: the listed objects that must be read whole before anything is decided about them:
 * those whose `versionCode` or listed fields moved, those that would change (`auto`) or all managed ones (`full`),
 * and unmanaged ones that could be what an entry without an object means.
 */
export function findDoubts(
  all: readonly Decision[],
  input: PairInput,
  refresh: "auto" | "full",
): ReadonlyMap<Kind, readonly string[]> {
  const doubts = new Map<Kind, readonly string[]>();
  for (const definition of input.kinds.values()) {
    if (!definition.reading.listIsPartial) continue;
    const ofKind = all.filter(({ pair }) => pair.definition === definition);
    const ids = [
      ...ofKind.flatMap((decision) => {
        const { live } = decision.pair;
        return live !== undefined && !live.whole && isDoubtful(decision, refresh) ? [live.id] : [];
      }),
      ...adoptable(ofKind, input, definition),
    ];
    doubts.set(definition.kind, [...new Set(ids)].sort());
  }
  return doubts;
}

function isDoubtful({ pair, actions, drift }: Decision, refresh: "auto" | "full"): boolean {
  if (pair.live?.unknown !== undefined) return false;
  if (pair.takenOver !== undefined) return true;
  if (pair.desired === undefined) return pair.live?.open === true;
  if (refresh === "full" || !pair.assumed) return true;
  return actions.some((action) => action !== "record" && action !== "move") || drift.length > 0;
}

/** Unmanaged objects that, as far as the list shows them, equal what an entry without an object wants. */
function adoptable(
  ofKind: readonly Decision[],
  input: PairInput,
  definition: KindDefinition,
): readonly string[] {
  const without = ofKind.filter(({ pair: { live, lock } }) => live === undefined && lock === undefined);
  const wishes = without
    .map(({ pair: { intent, wanted } }) => intent?.values ?? wanted)
    .filter((values) => values !== undefined);
  const sought = groupBy(wishes, (values) => titleKey(values[definition.titleField]));
  if (sought.size === 0) return [];
  return unmanaged(input, definition)
    .filter(({ whole }) => !whole)
    .filter((live) => {
      const alike = sought.get(titleKey(live.values[definition.titleField])) ?? [];
      return alike.some((wanted) => equals(definition, { wanted, live }));
    })
    .map(({ id }) => id);
}
