import type { JournalRecord } from "../state/journal.js";
import type { LiveObject } from "../state/live.js";
import type { LockEntry } from "../state/lockfile.js";
import {
  type FieldValue,
  type FieldValues,
  isList,
  isMap,
  sameJson,
  sameSpelling,
  sameValue,
} from "../state/value.js";
import type { Decision } from "./decision.js";
import type { FieldType, KindDefinition } from "./kind.js";
import type { Pair } from "./pair/pairing.js";

/**
 * What the lockfile records of an entry whose live object is as the YAML wants it.
 * `values`: what was asked for (a picture's source); `live`: what the API shows (where it hosts it).
 */
export function baselineEntry(
  decision: Decision,
  live: LiveObject,
  lock: LockEntry | undefined = decision.pair.lock,
): LockEntry {
  const { pair, lifecycle } = decision;
  const { desired, definition, wanted } = pair;
  const recorded: FieldValues =
    wanted === undefined ? (lock?.values ?? live.values) : asSpelt(definition, { wanted, live: live.values });
  return {
    id: live.id,
    values: keepIgnored(recorded, decision, live),
    hosted: hostedImages(decision, live),
    open: live.open,
    lifecycle,
    versionCode: live.versionCode,
    linkUrl: live.url ?? lock?.linkUrl,
    retired: desired === undefined ? true : undefined,
    formerIds: lock?.formerIds,
  };
}

function hostedImages(decision: Decision, live: LiveObject): LockEntry["hosted"] {
  let hosted: { [field: string]: string | null } | undefined;
  for (const { name, type } of decision.pair.definition.fields) {
    if (type.is !== "image") continue;
    hosted ??= {};
    hosted[name] = hostedNow(name, decision, live);
  }
  return hosted;
}

/** Where a picture is hosted; one that the dashboard owns and changed keeps its baseline, so that it goes on being told. */
function hostedNow(name: string, { pair, lifecycle }: Decision, live: LiveObject): string | null {
  const base = pair.lock?.hosted?.[name];
  const before = pair.live?.values[name] ?? null;
  const isKept = lifecycle.ignoreChanges.includes(name) && pair.live !== undefined && base !== undefined;
  if (isKept && base !== before) return base;
  const url = live.values[name];
  return typeof url === "string" ? url : null;
}

/** Texts as the API stores them, where it changed nothing but outer space and Unicode normalisation. */
function asSpelt(
  { fields }: Pick<KindDefinition, "fields">,
  { wanted, live }: { wanted: FieldValues; live: FieldValues },
): FieldValues {
  const respelt: { [field: string]: FieldValue } = {};
  for (const { name, type } of fields) {
    const value = wanted[name];
    if (value === undefined || sameValue(value, live[name])) continue;
    const after = spelling(type, value, live[name]);
    if (after !== value) respelt[name] = after;
  }
  return Object.keys(respelt).length === 0 ? wanted : { ...wanted, ...respelt };
}

function spelling(type: FieldType, wanted: FieldValue, live: FieldValue | undefined): FieldValue {
  if (type.is === "text") return live !== undefined && sameSpelling(wanted, live) ? live : wanted;
  if (type.is !== "items" || !isList(wanted) || !isList(live)) return wanted;
  const shown = live.filter(isMap);
  return wanted.map((item) => {
    if (!isMap(item)) return item;
    const index = shown.findIndex((other) => sameSpelling(other[type.by], item[type.by]));
    const [same] = index < 0 ? [] : shown.splice(index, 1);
    return same === undefined ? item : asSpelt(type, { wanted: item, live: same });
  });
}

/** A field that the dashboard owns keeps the value that was last applied, so that drift goes on showing it. */
function keepIgnored(
  values: FieldValues,
  { pair, lifecycle, actions }: Decision,
  live: LiveObject,
): FieldValues {
  if (lifecycle.ignoreChanges.length === 0 || actions.includes("create")) return values;
  const base = pair.lock?.values ?? live.values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      lifecycle.ignoreChanges.includes(name) ? (base[name] ?? null) : value,
    ]),
  );
}

/** Baselines that caught up by themselves: nothing to do, the next apply writes them down. */
export function catchUps(decisions: readonly Decision[]): readonly JournalRecord[] {
  return decisions.flatMap((decision) => {
    const { pair, actions } = decision;
    if (actions.length > 0 || !canCatchUp(pair)) return [];
    const entry = baselineEntry(decision, pair.live);
    return sameJson(entry, pair.lock) ? [] : [{ type: "entry", address: pair.address, entry }];
  });
}

function canCatchUp(pair: Pair): pair is Pair & { live: LiveObject; lock: LockEntry } {
  return (
    pair.desired !== undefined &&
    pair.live !== undefined &&
    pair.lock !== undefined &&
    pair.live.unknown === undefined &&
    !pair.hidden &&
    (pair.live.whole || pair.assumed)
  );
}
