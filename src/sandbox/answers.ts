import { digest } from "./ids.js";
import type { Knobs } from "./knobs.js";

/** How a number of money or quantity is answered. */
export function numberOf(knobs: Knobs, value: number): number | string {
  return knobs.numbers === "strings" ? String(value) : value;
}

/** An optional field of an answer; unset it is absent, `""` (a list: `[]`) or null, as the knob says. */
export function optional<T>(
  knobs: Knobs,
  name: string,
  value: T | undefined,
  empty: unknown = "",
): Record<string, unknown> {
  if (value !== undefined) return { [name]: value };
  if (knobs.clearedReadsAs === "absent") return {};
  return { [name]: knobs.clearedReadsAs === "null" ? null : empty };
}

/** A list as sent, or in another order that is always the same for this object. */
export function inOrder<T>(order: "kept" | "shuffled", list: readonly T[], salt: string): readonly T[] {
  if (order === "kept" || list.length < 2) return list;
  const keyed = list.map((item, index) => ({ item, index, key: digest(`${salt}/${index}`, 16) }));
  const shuffled = keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const moved = shuffled.some(({ index }, place) => index !== place);
  return (moved ? shuffled : shuffled.toReversed()).map(({ item }) => item);
}

/** `createAt` and `updateAt` of an answer. */
export function timestamps(knobs: Knobs, timesMs: Readonly<Record<string, number>>): Record<string, string> {
  if (knobs.timestamps === "absent") return {};
  return Object.fromEntries(Object.entries(timesMs).map(([name, atMs]) => [name, timestamp(knobs, atMs)]));
}

/** A point in time; as UTC text also where the knob leaves optional timestamps out. */
export function timestamp(knobs: Knobs, atMs: number): string {
  if (knobs.timestamps === "iso") return new Date(atMs).toISOString();
  const shiftMs = knobs.timestamps === "plus8" ? 8 * 3_600_000 : 0;
  return new Date(atMs + shiftMs).toISOString().slice(0, 19).replace("T", " ");
}
