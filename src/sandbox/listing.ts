import { ApiError } from "./codes.js";
import { digest } from "./ids.js";
import type { Knobs } from "./knobs.js";
import type { World } from "./world.js";

/** One page of a list. `page` and `size` as numbers: whether an answer makes strings of them is its own affair. */
interface Page<T> {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly items: readonly T[];
}

interface ListRules<T> {
  readonly idOf: (row: T) => string;
  readonly shows: (row: T, knobs: Knobs) => boolean;
}

/** Makes the pager of one list. It sorts once for each state of the table, not once for each page. */
export function createPager<T>(rules: ListRules<T>) {
  const sorted = new WeakMap<readonly T[], { readonly knobs: Knobs; readonly rows: readonly T[] }>();

  const ordered = (world: World, rows: readonly T[]): readonly T[] => {
    const known = sorted.get(rows);
    if (known?.knobs === world.knobs && world.knobs.listOrder !== "unstable") return known.rows;
    const shown = rows.filter((row) => rules.shows(row, world.knobs));
    const result = inListOrder(world, shown, rules.idOf);
    sorted.set(rows, { knobs: world.knobs, rows: result });
    return result;
  };

  return (world: World, rows: readonly T[], params: Readonly<Record<string, string>>): Page<T> => {
    const { page, size } = pageOf(world.knobs, params);
    const all = ordered(world, rows);
    const from = (page - 1) * size;
    if (from > 0 && from >= all.length && world.knobs.pageBeyondEnd === "refused") {
      throw new ApiError(400101, `page: there is no page ${page}`);
    }
    return { total: all.length, page, size, items: all.slice(from, from + size) };
  };
}

function pageOf(knobs: Knobs, params: Readonly<Record<string, string>>): { page: number; size: number } {
  const page = positive("page", params.page);
  const size = positive("size", params.size);
  if (size > knobs.maxPageSize && knobs.oversizedPage === "refused") {
    throw new ApiError(400101, `size: must be at most ${knobs.maxPageSize}`);
  }
  return { page, size: Math.min(size, knobs.maxPageSize) };
}

function positive(name: string, text = ""): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new ApiError(400101, `${name}: must be a whole number from 1`);
  return value;
}

function inListOrder<T>(world: World, rows: readonly T[], idOf: (row: T) => string): readonly T[] {
  const byKey = (keyOf: (row: T) => string | number): readonly T[] =>
    rows
      .map((row) => ({ row, key: keyOf(row) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ row }) => row);
  switch (world.knobs.listOrder) {
    case "oldest":
      return rows;
    case "newest":
      return rows.toReversed();
    case "shuffled":
      return byKey((row) => digest(idOf(row), 16));
    case "unstable":
      return byKey(() => world.random());
  }
}
