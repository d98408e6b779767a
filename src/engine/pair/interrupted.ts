import type { Address } from "../../state/address.js";
import type { LiveObject } from "../../state/live.js";
import type { Intent, LockEntry } from "../../state/lockfile.js";
import type { FieldValues } from "../../state/value.js";
import type { KindDefinition } from "../kind.js";
import { equals, likenessOf } from "../likeness.js";
import type { Candidates } from "./candidates.js";
import { type Half, makePair, type Pair } from "./pairing.js";

type Interrupted = Half & { readonly binding: { readonly intent: Intent } };

/**
 * What interrupted runs made, by address. Whoever has the least choice goes first: a later create knew more objects,
 * and cannot have made those. What is given out is taken from the candidates.
 */
export function pairInterrupted(halves: readonly Half[], candidates: Candidates): ReadonlyMap<Address, Pair> {
  const open = halves
    .filter(isInterrupted)
    .map((half) => ({ half, choice: findMade(half, candidates).length }))
    .sort((a, b) => a.choice - b.choice)
    .map(({ half }) => half);
  return new Map(
    open.map((half, index) => [
      half.binding.address,
      pairIntent(half, { candidates, open, rivals: open.slice(index + 1) }),
    ]),
  );
}

/** `imports` says itself which object is meant. */
function isInterrupted(half: Half): half is Interrupted {
  const { lock, importId, intent } = half.binding;
  return lock === undefined && importId === undefined && intent !== undefined;
}

/**
 * A create that an interrupted run sent without learning what came of it: its object is one that the run did not
 * know before, with the content that it sent then. None yet: it is created, after one more look. Several are told
 * apart only where as many creates with that content are open: each of them is then as good as the other.
 */
function pairIntent(
  half: Interrupted,
  {
    candidates,
    open,
    rivals,
  }: { candidates: Candidates; open: readonly Interrupted[]; rivals: readonly Interrupted[] },
): Pair {
  const { definition, intent } = half.binding;
  const { values, lifecycle, formerIds } = intent;
  const made = findMade(half, candidates);
  const likeness = likenessOf(definition, values);
  const isAlike = (rival: Interrupted) => likenessOf(definition, rival.binding.intent.values) === likeness;
  const equalRivals = rivals.filter(isAlike);
  const isClear = made.length <= 1 + equalRivals.length;
  const bare = makePair(half, { lock: undefined, interrupted: true, twins: isClear ? [] : made });
  const [first] = made;
  if (first === undefined || !isClear) return bare;
  candidates.taken.add(first.id);
  const former = formerIds === undefined ? {} : { formerIds };
  const baseline = open.filter(isAlike).length > 1 ? withoutPictures(definition, values) : { values };
  const lock = { id: first.id, ...baseline, open: true, lifecycle, ...former };
  return { ...bare, live: first, takenOver: "adopt", lock };
}

/** Which of several like objects has which picture cannot be seen: recorded as without any, it is sent again. */
function withoutPictures(
  definition: KindDefinition,
  values: FieldValues,
): Pick<LockEntry, "values" | "hosted"> {
  const pictures = definition.fields.filter(({ type }) => type.is === "image");
  const none = Object.fromEntries(pictures.map(({ name }) => [name, null]));
  return { values: { ...values, ...none }, hosted: none };
}

/** The objects that an interrupted create may have made. */
function findMade(
  { binding: { definition, intent } }: Interrupted,
  candidates: Candidates,
): readonly LiveObject[] {
  const known = new Set(intent.knownIds);
  return candidates
    .like(intent.values[definition.titleField])
    .filter(({ id }) => !known.has(id) && !candidates.taken.has(id))
    .filter((live) => equals(definition, { wanted: intent.values, live }));
}
