import type { LockEntry } from "../state/lockfile.js";
import {
  canonicalJson,
  type FieldValue,
  type FieldValues,
  isList,
  isMap,
  plainText,
  sameSpelling,
  sameValue,
} from "../state/value.js";
import { alignRepeats, type KeyedItem, type KeyedItems, keyItems } from "./items.js";
import type { FieldRule, FieldType, KindDefinition, Risk } from "./kind.js";

/** Who moved a field: the YAML, somebody outside, both differently, or nobody knows (nothing was recorded). */
export type Cause = "config" | "drift" | "conflict" | "unknown";

/** One difference between what is live and what is wanted. Values are canonical. */
export interface Difference {
  readonly path: string;
  /** The top-level field that it is in. */
  readonly field: string;
  /** `item`: a whole element of a list of records is new or gone. */
  readonly type: FieldType["is"] | "item";
  readonly fieldType: FieldType;
  readonly risk: Risk;
  readonly before: FieldValue;
  readonly after: FieldValue;
  /** What was last applied; `undefined` where nothing was recorded. */
  readonly base: FieldValue | undefined;
  readonly cause: Cause;
  readonly ignored: boolean;
}

export interface DiffInput {
  readonly definition: KindDefinition;
  /** References as ids, like in `live`; an entry that does not exist yet stands as its address. */
  readonly wanted: FieldValues;
  readonly live: FieldValues;
  readonly base: FieldValues | undefined;
  /** Hosted images as recorded. */
  readonly hosted: LockEntry["hosted"];
  readonly ignoreChanges: readonly string[];
}

/**
 * The three-way difference, field by field: base (last applied), wanted (YAML), live. It is the only diff there is.
 * A field in which live and wanted agree is no difference, whatever the base says: the baseline catches up.
 */
export function diff(input: DiffInput): readonly Difference[] {
  const { definition, wanted, live } = input;
  const found: Difference[] = [];
  for (const rule of definition.fields) {
    const { name, unset } = rule;
    // Nearly all fields of nearly all entries, and no difference whatever the type.
    if (sameValue(wanted[name] ?? unset, live[name] ?? unset)) continue;
    found.push(...withIgnored(rule, input));
  }
  return found;
}

/**
 * What is not the same in two states of an object, of which nobody knows which was there first. Pictures never differ:
 * without a base their URLs say nothing (Fact F21).
 */
export function diffTwoWay(
  definition: KindDefinition,
  sides: Pick<DiffInput, "wanted" | "live">,
): readonly Difference[] {
  return diff({ definition, ...sides, base: undefined, hosted: undefined, ignoreChanges: [] });
}

/** A field that the dashboard owns differs only where it was changed there. */
function withIgnored(rule: FieldRule, input: DiffInput): Difference[] {
  const found = diffField(rule, input);
  if (!input.ignoreChanges.includes(rule.name)) return found;
  return found.filter(({ cause }) => cause !== "config").map((one) => ({ ...one, ignored: true }));
}

interface Sides {
  readonly base: FieldValue | undefined;
  readonly wanted: FieldValue;
  readonly live: FieldValue;
}

function diffField(rule: FieldRule, input: DiffInput): Difference[] {
  const sides = {
    base: input.base?.[rule.name],
    wanted: input.wanted[rule.name] ?? rule.unset,
    live: input.live[rule.name] ?? rule.unset,
  };
  switch (rule.type.is) {
    case "image":
      return diffImage(rule, sides, input.hosted?.[rule.name]);
    case "items":
      return diffItems(rule, sides);
    case "list":
      return diffList(rule, sides);
    default: {
      const same = sameness(rule.type);
      return same(sides.wanted, sides.live) ? [] : [difference(rule, rule.name, sides, same)];
    }
  }
}

type Same = (a: FieldValue | undefined, b: FieldValue | undefined) => boolean;

/** The API may trim or normalise texts; that is no change to anybody. */
const sameness = (type: FieldType): Same => (type.is === "text" ? sameSpelling : sameValue);

/**
 * Fact F21: GStable hosts pictures itself, so our source and its URL never compare: source is compared with the source
 * last applied, hosted URL with the one last observed. Without a base the live picture is taken for the YAML's.
 */
function diffImage(rule: FieldRule, sides: Sides, hosted: string | null | undefined): Difference[] {
  if (sides.base === undefined) return [];
  const changedByUs = !sameValue(sides.wanted, sides.base);
  const changedOutside = hosted !== undefined && !sameValue(hosted, sides.live);
  if (!changedByUs && !changedOutside) return [];
  const cause: Cause = changedByUs ? (changedOutside ? "conflict" : "config") : "drift";
  return [{ ...difference(rule, rule.name, { ...sides, base: hosted ?? sides.base }), cause }];
}

function diffList(rule: FieldRule, sides: Sides): Difference[] {
  return sameMembers(sides.wanted, sides.live) && !reordered(sides)
    ? []
    : [difference(rule, rule.name, sides, sameMembers)];
}

/** Fact gap G13: the order matters when the YAML changed it, not when the API alone shows another one. */
function reordered({ base, wanted, live }: Sides): boolean {
  return (
    base !== undefined && !sameValue(wanted, live) && !sameValue(wanted, base) && sameMembers(wanted, base)
  );
}

function sameMembers(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (!isList(a) || !isList(b)) return sameValue(a, b);
  const sorted = (list: readonly FieldValue[]) => list.map(canonicalJson).sort();
  return a.length === b.length && sameValue(sorted(a), sorted(b));
}

function diffItems(rule: FieldRule, sides: Sides): Difference[] {
  if (rule.type.is !== "items") return [];
  const { by, fields } = rule.type;
  const base = sides.base === undefined ? undefined : keyItems(sides.base, by);
  const wanted = keyItems(sides.wanted, by);
  const models = base === undefined ? [wanted] : [base, wanted];
  const live = alignRepeats(keyItems(sides.live, by), models, (item) => sayItem(item, fields));
  const keys = [...new Set([...wanted.keys(), ...live.keys()])];
  const found = keys.flatMap((key) => {
    const [want, have] = [wanted.get(key), live.get(key)];
    const was = base === undefined ? undefined : (base.get(key)?.item ?? null);
    const path = `${rule.name}[${(want ?? have)?.index ?? 0}]`;
    if (want === undefined || have === undefined) {
      return [
        itemDifference(rule, path, { base: was, wanted: want?.item ?? null, live: have?.item ?? null }),
      ];
    }
    return fields.flatMap((part) => {
      const partSides = {
        base: isMap(was) ? (was[part.name] ?? null) : was,
        wanted: want.item[part.name] ?? null,
        live: have.item[part.name] ?? null,
      };
      const same = sameness(part.type);
      if (same(partSides.wanted, partSides.live)) return [];
      return [{ ...difference(part, `${path}.${part.name}`, partSides, same), field: rule.name }];
    });
  });
  const orders = ordersOf({ base, wanted, live });
  if (orders === undefined || !reordered(orders)) return found;
  const ordered = { type: "list" as const, fieldType: orderType(rule.type) };
  const moved: Difference = { ...difference(rule, rule.name, orders), ...ordered };
  // `drift --accept` keeps the order of the YAML where items moved outside: beside them only a change of the YAML's counts.
  return found.length === 0 || moved.cause === "config" ? [...found, moved] : found;
}

/** Unset and missing are one, and so are the spellings of a text. */
function sayItem(item: KeyedItem["item"], fields: readonly FieldRule[]): string {
  return canonicalJson(
    fields.map(({ name }) => {
      const part = item[name] ?? null;
      return typeof part === "string" ? plainText(part) : part;
    }),
  );
}

/** The orders of the items that all sides have: those that are new or gone are told by themselves. */
function ordersOf({
  base,
  wanted,
  live,
}: {
  base: KeyedItems | undefined;
  wanted: KeyedItems;
  live: KeyedItems;
}): Sides | undefined {
  if (base === undefined) return undefined;
  const stays = (key: string) => base.has(key) && wanted.has(key) && live.has(key);
  const order = (items: KeyedItems): FieldValue =>
    [...items.keys()].filter(stays).map((key) => key.slice(key.indexOf(" ") + 1));
  return { base: order(base), wanted: order(wanted), live: order(live) };
}

function orderType(type: FieldType & { is: "items" }): FieldType {
  const key = type.fields.find(({ name }) => name === type.by);
  return { is: "list", of: key?.type ?? { is: "text" } };
}

function itemDifference(rule: FieldRule, path: string, sides: Sides): Difference {
  return { ...difference(rule, path, sides), type: "item" };
}

function difference(
  rule: FieldRule,
  path: string,
  { base, wanted, live }: Sides,
  same: Same = sameValue,
): Difference {
  return {
    path,
    field: rule.name,
    type: rule.type.is,
    fieldType: rule.type,
    risk: rule.risk,
    before: live,
    after: wanted,
    base,
    cause: findCause({ base, wanted, live }, same),
    ignored: false,
  };
}

/** Who moved a value that differs between wanted and live. */
export function findCause({ base, wanted, live }: Sides, same: Same = sameValue): Cause {
  if (base === undefined) return "unknown";
  if (same(base, live)) return "config";
  return same(base, wanted) ? "drift" : "conflict";
}
