import type { FieldRule, FieldType } from "../../engine/kind.js";
import { type FieldValue, isList, isMap, plainText, sameValue } from "../../state/value.js";
import type { ListStep, MapPatch, Patch } from "./patch.js";
import { writeItem, writeValue } from "./written.js";

/** Pairs of places in the old and the new list that hold the same thing, in order. */
type Matches = readonly (readonly [from: number, to: number])[];

type ListType = FieldType & { readonly is: "items" | "list" | "set" };

/**
 * How the old list becomes the new one with the fewest changes; `undefined` where items that stay would have to
 * change places: what was written about one would stand beside another.
 */
export function alignLists(
  type: ListType,
  { before, after }: { before: readonly FieldValue[]; after: readonly FieldValue[] },
): readonly ListStep[] | undefined {
  const [old, fresh] = [before.map(keyer(type)), after.map(keyer(type))];
  const matches = commonSubsequence(old, fresh);
  const moved = old.filter((key) => fresh.includes(key)).length > matches.length;
  if (moved && type.is !== "list") return undefined;
  const all = type.is === "list" ? fillGaps(matches, { before: old.length, after: fresh.length }) : matches;
  const kept = new Map(all.map(([from, to]) => [to, from]));
  return after.map((value, to) => {
    const from = kept.get(to);
    const whole =
      type.is === "items" && isMap(value) ? writeItem(type, value) : writeValue(partOf(type), value);
    if (from === undefined) return { add: whole };
    const patch = patchOf(type, { before: before[from] ?? null, after: value });
    return { from, whole, ...(patch !== undefined && { patch }) };
  });
}

const partOf = (type: ListType): FieldType => (type.is === "list" ? type.of : { is: "text" });

/** The n-th with a key is the n-th with it on the other side, as the plan compares them. */
function keyer(type: ListType): (value: FieldValue) => string {
  const seen = new Map<string, number>();
  return (value) => {
    const key =
      type.is === "items" && isMap(value) ? plainText(String(value[type.by])) : JSON.stringify(value);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return `${nth} ${key}`;
  };
}

function patchOf(
  type: ListType,
  { before, after }: { before: FieldValue; after: FieldValue },
): Patch | undefined {
  if (sameValue(before, after)) return undefined;
  if (type.is === "items" && isMap(before) && isMap(after)) {
    const parts = type.fields.flatMap((field) => patchPart(field, before[field.name], after[field.name]));
    return { is: "map", entries: new Map(parts) } satisfies MapPatch;
  }
  return { is: "set", value: writeValue(partOf(type), after) };
}

function patchPart(
  field: FieldRule,
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): [string, Patch][] {
  if (sameValue(before ?? null, after ?? null)) return [];
  if (after === undefined || after === null) return [[field.name, { is: "remove" }]];
  return [[field.name, { is: "set", value: writeValue(field.type, after) }]];
}

/** Plain values between two that stay are replaced one by one: the first by the first. */
function fillGaps(matches: Matches, { before, after }: { before: number; after: number }): Matches {
  const filled: (readonly [number, number])[] = [];
  let [from, to] = [0, 0];
  for (const [nextFrom, nextTo] of [...matches, [before, after] as const]) {
    while (from < nextFrom && to < nextTo) {
      filled.push([from, to]);
      from += 1;
      to += 1;
    }
    if (nextFrom < before && nextTo < after) filled.push([nextFrom, nextTo]);
    [from, to] = [nextFrom + 1, nextTo + 1];
  }
  return filled;
}

function commonSubsequence(a: readonly string[], b: readonly string[]): Matches {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row !== undefined) {
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  const matches: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      matches.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return matches;
}

/** The values of a set in the order in which they are written, new ones behind. */
export function orderSet(after: FieldValue, written: readonly unknown[]): readonly FieldValue[] {
  const wanted = isList(after) ? after : [];
  const kept = written.flatMap((value) => wanted.filter((one) => one === value));
  return [...kept, ...wanted.filter((one) => !kept.includes(one))];
}
