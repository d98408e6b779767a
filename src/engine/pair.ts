import type { Address } from "../state/address.js";
import type { LiveObject, Observed } from "../state/live.js";
import type { Intent, LockEntry, Lockfile } from "../state/lockfile.js";
import {
  canonicalJson,
  type FieldValue,
  type FieldValues,
  isList,
  isMap,
  plainText,
  sameValue,
} from "../state/value.js";
import type { ResolvedAccounts } from "./accounts.js";
import type { Binding } from "./bind.js";
import { diff } from "./diff.js";
import { type FieldRule, type KindDefinition, type Kinds, mapReferences } from "./kind.js";

/** A binding together with the live object that it stands for. */
export interface Pair extends Binding {
  /** Recorded, or what an adoption will record. */
  readonly lock: LockEntry | undefined;
  readonly live: LiveObject | undefined;
  /** Fields that the list did not carry stand as last applied, because `versionCode` says that nothing changed. */
  readonly assumed: boolean;
  /** Archived by us and shown nowhere: nothing of its `live` was seen in this run. */
  readonly hidden: boolean;
  readonly gone: "missing" | "archived" | undefined;
  /** Its object was not seen, and the scan was incomplete: nothing can be said. */
  readonly unseen: boolean;
  readonly takenOver: "import" | "adopt" | undefined;
  /** An interrupted run sent its create without learning what came of it. */
  readonly interrupted: boolean;
  /** Unmanaged live objects that equal it, where there are several: nobody knows which one is meant. */
  readonly twins: readonly LiveObject[];
  /** What the YAML wants, references as ids (an entry without an object yet stands as its address). */
  readonly wanted: FieldValues | undefined;
}

export interface PairInput {
  readonly kinds: Kinds;
  readonly bindings: readonly Binding[];
  readonly lockfile: Lockfile;
  readonly observed: Observed;
  readonly accounts: ResolvedAccounts;
  /** Ids that the lockfiles of other environments list: not ours to adopt. */
  readonly foreignIds: ReadonlySet<string>;
}

/** Finds the live object of each entry, kind by kind, so that references are known before what refers to them. */
export function pair(input: PairInput): readonly Pair[] {
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

interface KindInput extends PairInput {
  readonly definition: KindDefinition;
  readonly ids: ReadonlyMap<Address, string>;
}

/** What interrupted runs made is given out before anything is adopted: otherwise two entries could get one object. */
function pairKind(input: KindInput): Pair[] {
  const candidates = findCandidates(input);
  const halves = input.bindings.map((binding) => ({ ...binding, wanted: resolveWanted(binding, input) }));
  // Whoever has the least choice goes first: a later create knew more objects, and cannot have made those.
  const open = halves
    .filter(isInterrupted)
    .map((half) => ({ half, choice: findMade(half, candidates).length }))
    .sort((a, b) => a.choice - b.choice)
    .map(({ half }) => half);
  const made = new Map(
    open.map((half, index) => [
      half.address,
      pairIntent(half, { candidates, open, rivals: open.slice(index + 1) }),
    ]),
  );
  return halves.map((half) => {
    if (half.lock !== undefined) return pairLocked(half, half.lock, input);
    if (half.importId !== undefined) return pairImported(half, half.importId, input);
    return made.get(half.address) ?? pairNew(half, candidates, input);
  });
}

/** `imports` says itself which object is meant. */
function isInterrupted(half: Half): half is Interrupted {
  return half.lock === undefined && half.importId === undefined && half.intent !== undefined;
}

type Half = Binding & Pick<Pair, "wanted">;
type Interrupted = Half & { readonly intent: Intent };

const nothing = {
  live: undefined,
  assumed: false,
  hidden: false,
  gone: undefined,
  unseen: false,
  takenOver: undefined,
  interrupted: false,
  twins: [],
} as const;

function pairLocked(half: Half, lock: LockEntry, { definition, observed, lockfile }: KindInput): Pair {
  const kind = observed.kinds.get(definition.kind);
  const listed = kind?.objects.get(lock.id);
  const gone = listed?.archivedForGood === true ? "archived" : kind?.gone.get(lock.id);
  if (gone !== undefined) return goneOrArchived(half, lock, { gone, definition });
  if (listed === undefined) return { ...half, ...nothing, lock, unseen: true };
  const assumed = !listed.whole && canAssume(listed, lock, { lockfile, definition });
  const live = assumed ? { ...listed, values: { ...liveBase(lock), ...listed.values } } : listed;
  return { ...half, ...nothing, lock, live, assumed };
}

/** Where by-ids and lists are silent, a product that we archived ourselves counts as archived, not as missing. */
function goneOrArchived(
  half: Half,
  lock: LockEntry,
  { gone, definition }: { gone: "missing" | "archived"; definition: KindDefinition },
): Pair {
  const isHidden = gone === "missing" && !lock.open && definition.openClose.closeAction === "archive";
  if (!isHidden) return { ...half, ...nothing, lock, gone };
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
  return { ...half, ...nothing, lock, live, assumed: true, hidden: true };
}

/**
 * Whether what the list leaves out may be taken from the lockfile. Fact F29: that each change gives a new
 * `versionCode` is inferred; once an update of ours left it the same, it proves nothing any more.
 */
function canAssume(
  listed: LiveObject,
  lock: LockEntry,
  { lockfile, definition }: Pick<KindInput, "lockfile" | "definition">,
): boolean {
  return (
    !lockfile.versionCodesUnreliable &&
    listed.versionCode !== undefined &&
    listed.versionCode === lock.versionCode &&
    listed.open === lock.open &&
    // Another order or spelling is the API's own: no reason to look closer.
    equals(definition, { wanted: liveBase(lock), live: listed })
  );
}

/** What the API showed when the baseline was recorded: pictures under their hosted URL. */
function liveBase(lock: LockEntry): FieldValues {
  return { ...lock.values, ...lock.hosted };
}

function pairImported(half: Half, id: string, { definition, observed }: KindInput): Pair {
  const kind = observed.kinds.get(definition.kind);
  const live = kind?.objects.get(id);
  if (live === undefined || live.archivedForGood) {
    return { ...half, ...nothing, lock: undefined, gone: "missing", unseen: kind?.complete !== true };
  }
  return { ...half, ...nothing, lock: undefined, live, takenOver: "import" };
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
  const { definition, intent } = half;
  const { values, lifecycle, formerIds } = intent;
  const made = findMade(half, candidates);
  const likeness = likenessOf(definition, values);
  const isAlike = (rival: Interrupted) => likenessOf(definition, rival.intent.values) === likeness;
  const equalRivals = rivals.filter(isAlike);
  const isClear = made.length <= 1 + equalRivals.length;
  const bare: Pair = {
    ...half,
    ...nothing,
    lock: undefined,
    interrupted: true,
    twins: isClear ? [] : made,
  };
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
function findMade({ definition, intent }: Interrupted, candidates: Candidates): readonly LiveObject[] {
  const known = new Set(intent.knownIds);
  return candidates
    .like(intent.values[definition.titleField])
    .filter(({ id }) => !known.has(id) && !candidates.taken.has(id))
    .filter((live) => equals(definition, { wanted: intent.values, live }));
}

function pairNew(half: Half, candidates: Candidates, { definition }: KindInput): Pair {
  const bare: Pair = { ...half, ...nothing, lock: undefined };
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

/**
 * Whether a live object is what the YAML wants: every field the same, except pictures (hosted elsewhere) and
 * whether it is open. What the live object does not carry is not compared.
 */
export function equals(
  definition: KindDefinition,
  sides: { wanted: FieldValues; live: LiveObject },
): boolean {
  const fields = definition.fields.filter(({ name }) => name in sides.live.values);
  const isSame = ({ name, unset }: FieldRule) =>
    sameValue(sides.wanted[name] ?? unset, sides.live.values[name] ?? unset);
  if (fields.every(isSame)) return true;
  const carried = (values: FieldValues): FieldValues =>
    Object.fromEntries(Object.entries(values).filter(([field]) => Object.hasOwn(sides.live.values, field)));
  const differences = diff({
    definition: { ...definition, fields },
    wanted: carried(sides.wanted),
    live: sides.live.values,
    base: undefined,
    hosted: undefined,
    ignoreChanges: [],
  });
  return differences.length === 0;
}

/** A text that is the same for all values that `equals` cannot tell apart: without pictures, order and spelling. */
export function likenessOf(definition: KindDefinition, values: FieldValues): string {
  const compared = definition.fields.filter(({ type }) => type.is !== "image");
  return canonicalJson(compared.map(({ name, unset }) => plainly(values[name] ?? unset)));
}

function plainly(value: FieldValue): FieldValue {
  if (typeof value === "string") return plainText(value);
  if (isList(value)) return value.map(plainly).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainly(part)]));
}

interface Candidates {
  readonly taken: Set<string>;
  like(title: unknown): readonly LiveObject[];
}

/** The unmanaged objects of a kind by their title: they may be what an entry without an id means. */
function findCandidates(input: KindInput): Candidates {
  const byTitle = new Map<unknown, LiveObject[]>();
  for (const object of unmanaged(input, input.definition)) {
    if (object.unknown !== undefined) continue;
    const title = titleKey(object.values[input.definition.titleField]);
    const same = byTitle.get(title);
    if (same === undefined) byTitle.set(title, [object]);
    else same.push(object);
  }
  return { taken: new Set(), like: (title) => byTitle.get(titleKey(title)) ?? [] };
}

/** Titles are looked up in the spelling that counts: the API may trim and normalise them. */
export function titleKey(title: unknown): unknown {
  return typeof title === "string" ? plainText(title) : title;
}

/** The live objects of a kind that no entry and no other environment's lockfile lists, sorted by id. */
export function unmanaged(
  input: Pick<PairInput, "bindings" | "observed" | "foreignIds">,
  definition: KindDefinition,
): readonly LiveObject[] {
  const managed = new Set(input.bindings.flatMap(({ lock, importId }) => lock?.id ?? importId ?? []));
  return [...(input.observed.kinds.get(definition.kind)?.objects.values() ?? [])]
    .filter(({ id, archivedForGood }) => !managed.has(id) && !input.foreignIds.has(id) && !archivedForGood)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function resolveWanted({ desired, definition }: Binding, input: KindInput): FieldValues | undefined {
  if (desired === undefined) return undefined;
  return mapReferences(definition, desired.values, (to, name) =>
    to === "account"
      ? (input.accounts.get(name)?.id ?? name)
      : (input.ids.get(`product.${name}`) ?? `product.${name}`),
  );
}
