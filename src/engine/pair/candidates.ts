import { groupBy } from "../../state/group-by.js";
import type { LiveObject } from "../../state/live.js";
import type { KindDefinition } from "../kind.js";
import { titleKey } from "../likeness.js";
import type { KindInput, PairInput } from "./pairing.js";

export interface Candidates {
  readonly taken: Set<string>;
  like(title: unknown): readonly LiveObject[];
}

/** The unmanaged objects of a kind by their title: they may be what an entry without an id means. */
export function findCandidates(input: KindInput): Candidates {
  const { titleField } = input.definition;
  let byTitle: ReadonlyMap<unknown, readonly LiveObject[]> | undefined;
  const group = () => {
    const understood = unmanaged(input, input.definition).filter(({ unknown }) => unknown === undefined);
    return groupBy(understood, ({ values }) => titleKey(values[titleField]));
  };
  return {
    taken: new Set(),
    like: (title) => {
      byTitle ??= group();
      return byTitle.get(titleKey(title)) ?? [];
    },
  };
}

/** The live objects of a kind that no entry and no other environment's lockfile lists, sorted by id. */
export function unmanaged(
  input: Pick<PairInput, "bindings" | "observed" | "foreignIds">,
  definition: KindDefinition,
): readonly LiveObject[] {
  const managed = new Set<string>();
  for (const binding of input.bindings) {
    const id = binding.lock?.id ?? binding.importId;
    if (id !== undefined && binding.definition === definition) managed.add(id);
  }
  const strangers: LiveObject[] = [];
  for (const object of input.observed.kinds.get(definition.kind)?.objects.values() ?? []) {
    const { id, archivedForGood } = object;
    if (!managed.has(id) && !input.foreignIds.has(id) && !archivedForGood) strangers.push(object);
  }
  return strangers.sort((a, b) => (a.id < b.id ? -1 : 1));
}
