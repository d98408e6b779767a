import type { Address } from "../state/address.js";
import type { DesiredEntry } from "../state/desired.js";
import type { LockEntry } from "../state/lockfile.js";
import { type FieldValue, type FieldValues, sameSpelling } from "../state/value.js";
import { catchUps } from "./baseline.js";
import { decide } from "./decide.js";
import type { Decision } from "./decision.js";
import type { Difference } from "./diff.js";
import { type KeyedItem, keyItems } from "./items.js";
import { type FieldRule, fieldRule, type KindDefinition, mapReferences } from "./kind.js";

/** The name that the configuration has for a live id; `undefined`: none. */
export type NameOf = (to: "account" | "product", id: string) => string | undefined;

/** What the configuration has to say so that the drift of one entry is no drift any more. */
export interface Acceptance {
  readonly address: Address;
  /** References as names. `paths`: the differences that each ends. */
  readonly edits: readonly {
    readonly field: string;
    readonly value: FieldValue;
    readonly paths: readonly string[];
  }[];
  /** What cannot be said in a configuration. */
  readonly left: readonly { readonly paths: readonly string[]; readonly why: string }[];
}

/**
 * The live values of what moved outside, field by field. What the YAML changed and nobody applied yet stays as it is,
 * and so does what `ignoreChanges` hands to the dashboard.
 */
export function acceptDrift(decision: Decision, nameOf: NameOf): Acceptance {
  const { pair, drift } = decision;
  const { address, definition, desired, live } = pair;
  const moved = drift.filter(({ ignored }) => !ignored);
  const all = moved.map(({ path }) => path);
  if (desired === undefined) return { address, edits: [], left: [{ paths: all, why: retired }] };
  if (live === undefined) return { address, edits: [], left: [{ paths: all, why: gone }] };
  const edits: { field: string; value: FieldValue; paths: string[] }[] = [];
  const left: { paths: string[]; why: string }[] = [];
  for (const field of new Set(moved.map((one) => one.field))) {
    const differences = moved.filter((one) => one.field === field);
    const paths = differences.map(({ path }) => path);
    const named = nameReferences(definition, { field, value: liveValue(decision, differences) }, nameOf);
    if (named.unknown === undefined) edits.push({ field, value: named.value, paths });
    else left.push({ paths, why: unmanaged(named.unknown) });
  }
  return { address, edits, left };
}

const retired =
  "the entry left the configuration; put it back to keep the object open, or let apply close it again";
const gone =
  "its object is gone; remove the entry from the configuration, or let apply create it anew with `--allow missing:ADDRESS`";
const unmanaged = (id: string): string =>
  `it refers to \`${id}\`, for which the configuration has no name; import it first, or name it`;

/** The whole field as it is to be wanted: live where somebody moved it, as the YAML says elsewhere. */
function liveValue({ pair }: Decision, differences: readonly Difference[]): FieldValue {
  const { definition, live, wanted = {} } = pair;
  const [first] = differences;
  if (live === undefined || first === undefined) throw new Error(`${pair.address} has no drift`);
  if (first.field === definition.openClose.field) return first.before;
  const rule = fieldRule(definition, first.field);
  const shown = live.values[first.field] ?? rule.unset;
  if (rule.type.is !== "items" || first.type === "list") return shown;
  return mergeItems(rule, { wanted: wanted[first.field] ?? null, live: shown }, differences);
}

type Item = KeyedItem["item"];

/** Items keep the order of the YAML: another one from the API alone is no drift. New ones come where they are live. */
function mergeItems(
  { name, type }: FieldRule,
  sides: { wanted: FieldValue; live: FieldValue },
  differences: readonly Difference[],
): FieldValue {
  const by = type.is === "items" ? type.by : "";
  const at = (path: string) => differences.find((one) => one.path === path);
  const wanted = listItems(sides.wanted, by);
  const live = listItems(sides.live, by);
  const merged = wanted.flatMap(({ key, item }, index) => {
    const path = `${name}[${index}]`;
    const isGone = differences.some((one) => one.path === path && one.type === "item" && one.before === null);
    const parts = Object.keys(item).map((part) => [
      part,
      (at(`${path}.${part}`) ?? { before: item[part] }).before,
    ]);
    return isGone ? [] : [{ key, item: Object.fromEntries(parts) as Item }];
  });
  for (const [index, one] of live.entries()) {
    const path = `${name}[${index}]`;
    if (!differences.some((other) => other.path === path && other.type === "item" && other.after === null))
      continue;
    const before = live.slice(0, index).findLast(({ key }) => merged.some((other) => other.key === key));
    // Of several for one product the n-th stays the n-th: they are told apart by nothing else.
    const after = Math.max(
      merged.findIndex(({ key }) => key === before?.key),
      merged.findLastIndex(({ item }) => sameSpelling(item[by], one.item[by])),
    );
    merged.splice(after + 1, 0, one);
  }
  return merged.length === 0 ? null : merged.map(({ item }) => item);
}

function listItems(value: FieldValue, by: string): { key: string; item: Item }[] {
  return [...keyItems(value, by)].map(([key, { item }]) => ({ key, item }));
}

function nameReferences(
  definition: KindDefinition,
  { field, value }: { field: string; value: FieldValue },
  nameOf: NameOf,
): { value: FieldValue; unknown: string | undefined } {
  let unknown: string | undefined;
  const named = mapReferences(definition, { [field]: value }, (to, id) => {
    const name = nameOf(to, id);
    unknown ??= name === undefined ? id : undefined;
    return name ?? id;
  });
  return { value: named[field] ?? null, unknown };
}

/**
 * What the lockfile records of an entry once the configuration says so; `undefined`: nothing new. Where nothing is
 * left to do, the baseline catches up as it does in any plan; otherwise only in the fields that agree by now.
 */
export function recordAccepted(
  decision: Decision,
  { desired, wanted, fields }: { desired: DesiredEntry; wanted: FieldValues; fields: readonly string[] },
): { readonly address: Address; readonly entry: LockEntry } | undefined {
  const { pair } = decision;
  const after = decide({ ...pair, desired, wanted });
  const [record] = catchUps([after]);
  if (record?.type === "entry") return record;
  if (after.actions.length === 0 || pair.lock === undefined || pair.live === undefined) return undefined;
  const open = new Set(after.differences.map(({ field }) => field));
  const agreed = fields.filter((field) => !open.has(field));
  const isImage = (field: string) =>
    pair.definition.fields.some(({ name, type }) => name === field && type.is === "image");
  const { live, lock, definition } = pair;
  const values = agreed.filter((field) => field in wanted).map((field) => [field, wanted[field] ?? null]);
  const hosted = agreed.filter(isImage).map((field) => [field, live.values[field] ?? null]);
  const entry: LockEntry = {
    ...lock,
    values: { ...lock.values, ...Object.fromEntries(values) },
    ...(hosted.length > 0 && { hosted: { ...lock.hosted, ...Object.fromEntries(hosted) } }),
    ...(agreed.includes(definition.openClose.field) && { open: live.open }),
  };
  return { address: pair.movedFrom ?? pair.address, entry };
}
