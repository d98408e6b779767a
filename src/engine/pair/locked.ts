import type { LiveObject } from "../../state/live.js";
import type { LockEntry } from "../../state/lockfile.js";
import type { FieldValues } from "../../state/value.js";
import { type KindDefinition, mayHide } from "../kind.js";
import { equals } from "../likeness.js";
import { type Half, type KindInput, makePair, type Pair } from "./pairing.js";

/** An entry with an id: its object as the lists show it, gone, or not seen. */
export function pairLocked(half: Half, lock: LockEntry, { definition, observed, lockfile }: KindInput): Pair {
  const kind = observed.kinds.get(definition.kind);
  const listed = kind?.objects.get(lock.id);
  const gone = listed?.archivedForGood === true ? "archived" : kind?.gone.get(lock.id);
  if (gone !== undefined) return goneOrArchived(half, lock, { gone, definition });
  if (listed === undefined) return makePair(half, { lock, unseen: true });
  if (listed.whole) return makePair(half, { lock, live: listed });
  const base = liveBase(lock);
  if (!canAssume({ listed, lock, base }, { lockfile, definition }))
    return makePair(half, { lock, live: listed });
  return makePair(half, { lock, live: { ...listed, values: { ...base, ...listed.values } }, assumed: true });
}

/** Where by-ids and lists are silent, a product that we archived ourselves counts as archived, not as missing. */
function goneOrArchived(
  half: Half,
  lock: LockEntry,
  { gone, definition }: { gone: "missing" | "archived"; definition: KindDefinition },
): Pair {
  const isHidden = gone === "missing" && mayHide(definition, lock);
  if (!isHidden) return makePair(half, { lock, gone });
  const live: LiveObject = {
    kind: definition.kind,
    id: lock.id,
    values: liveBase(lock),
    open: false,
    status: "archived",
    archivedForGood: false,
    versionCode: lock.versionCode,
    url: lock.linkUrl,
    whole: true,
    unknown: undefined,
  };
  return makePair(half, { lock, live, assumed: true, hidden: true });
}

/**
 * Whether what the list leaves out may be taken from the lockfile. Fact F29: that each change gives a new
 * `versionCode` is inferred; once an update of ours left it the same, it proves nothing any more.
 */
function canAssume(
  { listed, lock, base }: { listed: LiveObject; lock: LockEntry; base: FieldValues },
  { lockfile, definition }: Pick<KindInput, "lockfile" | "definition">,
): boolean {
  return (
    !lockfile.versionCodesUnreliable &&
    listed.versionCode !== undefined &&
    listed.versionCode === lock.versionCode &&
    listed.open === lock.open &&
    // Another order or spelling is the API's own: no reason to look closer.
    equals(definition, { wanted: base, live: listed })
  );
}

/** What the API showed when the baseline was recorded: pictures under their hosted URL. */
function liveBase(lock: LockEntry): FieldValues {
  return lock.hosted === undefined ? lock.values : { ...lock.values, ...lock.hosted };
}
