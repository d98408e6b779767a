import { type AnyRow, type Change, idOf, type ReadView, type Row, type TableName } from "./tables.js";

/** The recent past: what reads see while a lag lasts, or when a script asks for a stale answer. */
export interface Past {
  /** Remembers a commit; with a lag its objects are shown as they were before for `lagReads` reads. */
  remember(changes: readonly Change[], lagReads: number): void;
  /** These objects are in the present for every read, whatever lag they had: they were put there as a beginning. */
  supersede(changes: readonly Change[]): void;
  /** How a read sees the tables now. Reading an object uses up one read of its lag. */
  lagging(): ReadView;
  /** As before the last `commits` commits. */
  before(commits: number): ReadView;
  forget(): void;
}

interface Lag {
  readonly change: Change;
  readsLeft: number;
}

const rememberedCommits = 50;

/** The past of the tables behind `present`: its last fifty commits, and what of them lags. */
export function createPast(present: ReadView): Past {
  const lags = new Map<string, Lag>();
  let commits: (readonly Change[])[] = [];

  return {
    remember: (changes, lagReads) => {
      if (changes.length > 0) commits = [...commits.slice(1 - rememberedCommits), changes];
      if (lagReads === 0) return;
      for (const change of changes) {
        const key = keyOf(change);
        const first = lags.get(key)?.change ?? change;
        lags.set(key, { change: first, readsLeft: lagReads });
      }
    },
    supersede: (changes) => {
      for (const change of changes) lags.delete(keyOf(change));
      const begun = new Set(changes.map(keyOf));
      commits = commits.map((commit) => commit.filter((change) => !begun.has(keyOf(change))));
    },
    lagging: () => (lags.size === 0 ? present : useUp(present, lags)),
    before: (count) => {
      const undone = new Map<string, Change>();
      for (const changes of commits.slice(-count).reverse()) {
        for (const change of [...changes].reverse()) undone.set(keyOf(change), change);
      }
      return viewWithout(present, [...undone.values()]);
    },
    forget: () => {
      lags.clear();
      commits = [];
    },
  };
}

function keyOf({ table, id }: Change): string {
  return `${table}/${id}`;
}

function useUp(present: ReadView, lags: Map<string, Lag>): ReadView {
  const spend = (matches: (change: Change) => boolean): Change[] => {
    const hidden = [...lags].filter(([, lag]) => matches(lag.change));
    for (const [key, lag] of hidden) {
      lag.readsLeft -= 1;
      if (lag.readsLeft === 0) lags.delete(key);
    }
    return hidden.map(([, lag]) => lag.change);
  };
  return {
    get: (table, id) =>
      viewWithout(
        present,
        spend((change) => change.table === table && change.id === id),
      ).get(table, id),
    rows: (table) =>
      viewWithout(
        present,
        spend((change) => change.table === table),
      ).rows(table),
  };
}

function viewWithout(present: ReadView, changes: readonly Change[]): ReadView {
  const beforeIn = (table: TableName): Map<string, AnyRow | undefined> =>
    new Map(changes.filter((change) => change.table === table).map((change) => [change.id, change.before]));
  return {
    get: <T extends TableName>(table: T, id: string) => {
      const before = beforeIn(table);
      return before.has(id) ? (before.get(id) as Row<T> | undefined) : present.get(table, id);
    },
    rows: <T extends TableName>(table: T): readonly Row<T>[] => {
      const before = beforeIn(table);
      if (before.size === 0) return present.rows(table);
      const kept = present.rows(table).map((row) => {
        const id = idOf(table, row);
        if (!before.has(id)) return row;
        const old = before.get(id) as Row<T> | undefined; // rows of this table only
        before.delete(id);
        return old;
      });
      return [...kept, ...(before.values() as Iterable<Row<T> | undefined>)].filter(
        (row) => row !== undefined,
      );
    },
  };
}
