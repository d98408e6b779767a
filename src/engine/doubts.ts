import type { Kind } from "../state/address.js";
import type { LiveObject } from "../state/live.js";
import { decide } from "./decide.js";
import type { KindDefinition } from "./kind.js";
import { equals, type Pair, type PairInput, pair, unmanaged } from "./pair.js";

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
      ...adoptable(ofKind, unmanaged(input, definition), definition),
    ];
    doubts.set(definition.kind, [...new Set(ids)].sort());
  }
  return doubts;
}

function isDoubtful(one: Pair, refresh: "auto" | "full"): boolean {
  if (one.live?.unknown !== undefined) return false;
  if (one.desired === undefined) return one.live?.open === true;
  if (refresh === "full" || !one.assumed) return true;
  const { actions, drift } = decide(one);
  return actions.some((action) => action !== "record" && action !== "move") || drift.length > 0;
}

function adoptable(
  pairs: readonly Pair[],
  candidates: readonly LiveObject[],
  definition: KindDefinition,
): readonly string[] {
  const homeless = pairs.filter(
    ({ live, lock, desired }) => desired !== undefined && live === undefined && !lock,
  );
  if (homeless.length === 0) return [];
  const titles = new Map<unknown, Pair[]>();
  for (const one of homeless) {
    const title = one.wanted?.[definition.titleField];
    titles.set(title, [...(titles.get(title) ?? []), one]);
  }
  return candidates
    .filter(({ whole }) => !whole)
    .filter((live) =>
      (titles.get(live.values[definition.titleField]) ?? []).some(
        ({ wanted }) => wanted !== undefined && equals(definition, { wanted, live }),
      ),
    )
    .map(({ id }) => id);
}
