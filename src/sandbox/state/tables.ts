import type { SandboxState } from "./state.js";

export type TableName = keyof SandboxState;
export type Row<T extends TableName> = SandboxState[T][number];
export type AnyRow = Row<TableName>;

const idFields = {
  products: "productId",
  paymentLinks: "linkId",
  accounts: "accountId",
  webhooks: "webhookId",
  sessions: "sessionId",
} as const satisfies Record<TableName, string>;

export const tableNames = Object.keys(idFields) as readonly TableName[]; // keys of the constant above

/** The id of a row. */
export function idOf<T extends TableName>(table: T, row: Row<T>): string {
  // Each row carries its table's id field; the compiler cannot follow that through the generic.
  return (row as unknown as Readonly<Record<string, string>>)[idFields[table]] ?? "";
}

/** How requests read: the present, or the past where a lag or a script says so. */
export interface ReadView {
  get<T extends TableName>(table: T, id: string): Row<T> | undefined;
  /** In order of creation; the same array until the table changes. */
  rows<T extends TableName>(table: T): readonly Row<T>[];
}

/** One changed row with what it was before; `after: undefined` is a row erased. */
export interface Change {
  readonly table: TableName;
  readonly id: string;
  readonly before: AnyRow | undefined;
  readonly after: AnyRow | undefined;
}
