import { type Journal, type Loaded, openJournal } from "./journal.js";
import { type SandboxState, sandboxState } from "./state.js";
import {
  type AnyRow,
  type Change,
  idOf,
  type ReadView,
  type Row,
  type TableName,
  tableNames,
} from "./tables.js";

/** The tables. Rows are values: a change puts a new one. */
export interface Store extends ReadView {
  put<T extends TableName>(table: T, row: Row<T>): void;
  erase(table: TableName, id: string): void;
  /** Makes the puts and erasures since the last commit durable, as one record; answers them. */
  commit(): readonly Change[];
  /** Takes in what other processes have written to the same file since. Cheap when there is nothing. */
  refresh(): void;
  clear(): void;
  snapshot(): SandboxState;
  close(): void;
}

type Tables = { [T in TableName]: Map<string, Row<T>> };

/** Opens the store, on `file` or in memory only. */
export function openStore(file: string | undefined): Store {
  const tables = emptyTables();
  const journal = file === undefined ? undefined : openJournal(file);
  if (journal !== undefined) load(tables, journal.load());
  return new JournalledStore(tables, journal);
}

class JournalledStore implements Store {
  readonly #tables: Tables;
  readonly #journal: Journal | undefined;
  readonly #listed = new Map<TableName, readonly AnyRow[]>();
  #pending: Change[] = [];

  constructor(tables: Tables, journal: Journal | undefined) {
    this.#tables = tables;
    this.#journal = journal;
  }

  get<T extends TableName>(table: T, id: string): Row<T> | undefined {
    return this.#tables[table].get(id);
  }

  rows<T extends TableName>(table: T): readonly Row<T>[] {
    const rows = this.#listed.get(table) ?? [...this.#tables[table].values()];
    this.#listed.set(table, rows);
    return rows as readonly Row<T>[]; // cached under the name of its own table
  }

  put<T extends TableName>(table: T, row: Row<T>): void {
    const id = idOf(table, row);
    this.#change({ table, id, before: this.get(table, id), after: row });
  }

  erase(table: TableName, id: string): void {
    this.#change({ table, id, before: this.get(table, id), after: undefined });
  }

  commit(): readonly Change[] {
    const changes = this.#pending;
    this.#pending = [];
    if (changes.length > 0 && this.#journal !== undefined) {
      this.#journal.append(
        changes.map(({ table, id, after }) => (after === undefined ? [table, id] : [table, id, after])),
      );
      if (this.#journal.isLong()) this.#journal.compact(stateOf(this.#tables));
    }
    return changes;
  }

  refresh(): void {
    const news = this.#journal?.news() ?? [];
    if (!("snapshot" in news) && news.length === 0) return;
    this.#listed.clear();
    if ("snapshot" in news) load(this.#tables, news);
    else for (const record of news) replay(this.#tables, record);
  }

  clear(): void {
    for (const table of tableNames) {
      for (const id of [...this.#tables[table].keys()])
        this.#change({ table, id, before: undefined, after: undefined });
    }
    this.commit();
  }

  snapshot(): SandboxState {
    return structuredClone(stateOf(this.#tables));
  }

  close(): void {
    this.commit();
    this.refresh();
    this.#journal?.compact(stateOf(this.#tables));
    this.#journal?.close();
  }

  #change(entry: Change): void {
    applyChange(this.#tables, entry);
    this.#listed.delete(entry.table);
    this.#pending.push(entry);
  }
}

function emptyTables(): Tables {
  return {
    products: new Map(),
    paymentLinks: new Map(),
    accounts: new Map(),
    webhooks: new Map(),
    sessions: new Map(),
  };
}

function stateOf(tables: Tables): SandboxState {
  return {
    products: [...tables.products.values()],
    paymentLinks: [...tables.paymentLinks.values()],
    accounts: [...tables.accounts.values()],
    webhooks: [...tables.webhooks.values()],
    sessions: [...tables.sessions.values()],
  };
}

function load(tables: Tables, { snapshot, records }: Loaded): void {
  for (const table of tableNames) tables[table].clear();
  const state = snapshot === undefined ? undefined : sandboxState.parse(snapshot);
  for (const table of tableNames) {
    for (const row of state?.[table] ?? []) {
      applyChange(tables, { table, id: idOf(table, row), before: undefined, after: row });
    }
  }
  for (const record of records) replay(tables, record);
}

function replay(tables: Tables, record: unknown): void {
  // Our own lines, which parsed as JSON: only the shape of the list is taken on trust.
  for (const [table, id, after] of record as readonly (readonly [TableName, string, AnyRow?])[]) {
    applyChange(tables, { table, id, before: undefined, after });
  }
}

function applyChange(tables: Tables, { table, id, after }: Change): void {
  // The row was made for this table; the union of maps has no common parameter type.
  const rows = tables[table] as Map<string, AnyRow>;
  if (after === undefined) rows.delete(id);
  else rows.set(id, after);
}
