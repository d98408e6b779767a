import type { Address } from "../state/address.js";
import type { FieldValues } from "../state/value.js";
import type { Binding } from "./bind.js";
import { mapReferences } from "./kind.js";
import { equals } from "./likeness.js";
import { type Candidates, findCandidates } from "./pair/candidates.js";
import { pairInterrupted } from "./pair/interrupted.js";
import { pairLocked } from "./pair/locked.js";
import { type Half, type KindInput, makePair, type Pair, type PairInput } from "./pair/pairing.js";

/** Finds the live object of each entry, kind by kind, so that references are known before what refers to them. */
export function pairAll(input: PairInput): readonly Pair[] {
  const ids = new Map<Address, string>();
  const pairs: Pair[] = [];
  for (const definition of input.kinds.values()) {
    const bindings = input.bindings.filter((binding) => binding.definition === definition);
    const ofKind = pairKind({ ...input, definition, bindings, ids });
    for (const { address, live, unseen, lock, importId } of ofKind) {
      // Not seen is not gone: what refers to it goes on meaning the recorded object.
      const id = live?.id ?? (unseen ? (lock?.id ?? importId) : undefined);
      if (id !== undefined) ids.set(address, id);
    }
    pairs.push(...ofKind);
  }
  return pairs.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** What interrupted runs made is given out before anything is adopted: otherwise two entries could get one object. */
function pairKind(input: KindInput): Pair[] {
  const candidates = findCandidates(input);
  const halves = input.bindings.map((binding) => ({ binding, wanted: resolveWanted(binding, input) }));
  const made = pairInterrupted(halves, candidates);
  return halves.map((half) => {
    const { lock, importId, address } = half.binding;
    if (lock !== undefined) return pairLocked(half, lock, input);
    if (importId !== undefined) return pairImported(half, importId, input);
    return made.get(address) ?? pairNew(half, candidates, input);
  });
}

function pairImported(half: Half, id: string, { definition, observed }: KindInput): Pair {
  const kind = observed.kinds.get(definition.kind);
  const live = kind?.objects.get(id);
  if (live === undefined || live.archivedForGood) {
    return makePair(half, { lock: undefined, gone: "missing", unseen: kind?.complete !== true });
  }
  return makePair(half, { lock: undefined, live, takenOver: "import" });
}

function pairNew(half: Half, candidates: Candidates, { definition }: KindInput): Pair {
  const bare = makePair(half, { lock: undefined });
  if (half.wanted === undefined) return bare;
  const equal = candidates.like(half.wanted[definition.titleField]).filter((object) => {
    return (
      !candidates.taken.has(object.id) && equals(definition, { wanted: half.wanted ?? {}, live: object })
    );
  });
  if (equal.length > 1) return { ...bare, twins: equal };
  const [only] = equal;
  if (only === undefined || !only.whole) return bare;
  candidates.taken.add(only.id);
  return { ...bare, live: only, takenOver: "adopt" };
}

function resolveWanted({ desired, definition }: Binding, input: KindInput): FieldValues | undefined {
  if (desired === undefined) return undefined;
  return mapReferences(definition, desired.values, (to, name) =>
    to === "account"
      ? (input.accounts.get(name)?.id ?? name)
      : (input.ids.get(`product.${name}`) ?? `product.${name}`),
  );
}
