import type { z } from "zod";
import type { Row, TableName } from "./state/tables.js";
import type { World } from "./world.js";

/** One thing that somebody can do in the dashboard. */
export interface DashboardAction<S extends z.ZodType, R> {
  readonly args: S;
  readonly run: (world: World, args: z.output<S>) => R;
}

/** An action whose arguments and result are typed by its schema. */
export function action<S extends z.ZodType, R>(
  args: S,
  run: (world: World, args: z.output<S>) => R,
): DashboardAction<S, R> {
  return { args, run };
}

/** The row, or an Error: a script that names an object that is not there is wrong. */
export function existingRow<T extends TableName>(world: World, table: T, id: string): Row<T> {
  const row = world.store.get(table, id);
  if (row === undefined) throw new Error(`the sandbox has no ${id} among its ${table}`);
  return row;
}

/** Puts the row with some fields changed; a field set to undefined is unset. */
export function changedRow<T extends TableName>(
  world: World,
  table: T,
  { id, changes }: { readonly id: string; readonly changes: { [K in keyof Row<T>]?: Row<T>[K] | undefined } },
): Row<T> {
  const before = existingRow(world, table, id);
  const stamped = "updatedAtMs" in before ? { updatedAtMs: world.clock.nowMs() } : {};
  const row: Row<T> = { ...before, ...stamped, ...changes };
  world.store.put(table, row);
  return row;
}
