import type { Kind } from "../state/address.js";
import type { FieldValues } from "../state/value.js";
import { decide } from "./decide.js";
import type { KindDefinition } from "./kind.js";
import { equals, type Pair, type PairInput, pair, titleKey, unmanaged } from "./pair.js";

/**
 * The listed objects that must be read whole before anything is decided about them:
 * those whose `versionCode` or listed fields moved, those that would change (`auto`) or all managed ones (`full`),
 * and unmanaged ones that could be what an entry without an object means.
 */
export function findDoubts(input: PairInput, refresh: "auto" | "full"): ReadonlyMap<Kind, readonly string[]> {
  const pairs = pair(input);
  const doubts = new Map<Kind, readonly string[]>();
  for (const definition of input.kinds.values()) {
    if (!definition.reading.listIsPartial) continue;
    const ofKind = pairs.filter((one) => one.definition === definition);
    const ids = [
      ...ofKind.flatMap(({ live, ...rest }) =>
        live !== undefined && !live.whole && isDoubtful({ live, ...rest }, refresh) ? [live.id] : [],
      ),
      ...adoptable(ofKind, input, definition),
    ];
    doubts.set(definition.kind, [...new Set(ids)].sort());
  }
  return doubts;
}

function isDoubtful(one: Pair, refresh: "auto" | "full"): boolean {
  if (one.live?.unknown !== undefined) return false;
  if (one.takenOver !== undefined) return true;
  if (one.desired === undefined) return one.live?.open === true;
  if (refresh === "full" || !one.assumed) return true;
  const { actions, drift } = decide(one);
  return actions.some((action) => action !== "record" && action !== "move") || drift.length > 0;
}

/** Unmanaged objects that, as far as the list shows them, equal what an entry without an object wants. */
function adoptable(pairs: readonly Pair[], input: PairInput, definition: KindDefinition): readonly string[] {
  const sought = new Map<unknown, FieldValues[]>();
  for (const { live, lock, intent, wanted } of pairs) {
    const values = intent?.values ?? wanted;
    if (live !== undefined || lock !== undefined || values === undefined) continue;
    const title = titleKey(values[definition.titleField]);
    sought.set(title, [...(sought.get(title) ?? []), values]);
  }
  if (sought.size === 0) return [];
  return unmanaged(input, definition)
    .filter(({ whole }) => !whole)
    .filter((live) => {
      const alike = sought.get(titleKey(live.values[definition.titleField])) ?? [];
      return alike.some((wanted) => equals(definition, { wanted, live }));
    })
    .map(({ id }) => id);
}
