import type { Kind } from "./address.js";
import { AS_BEFORE, type JournalRecord } from "./journal.js";
import type { JournalSchemas } from "./journal-schema.js";

/** The lockfile that a journal belongs to: the first line of each run. */
export interface JournalOwner {
  readonly project: string;
  readonly environment: string | null;
  readonly origin: string;
}

/** The first line of a journal. */
export function encodeJournalOwner(owner: JournalOwner): string {
  const { project, environment, origin } = owner;
  return `${JSON.stringify({ journal: 1, project, environment, origin })}\n`;
}

/** The ids that the last intent of each kind knew: what a run has written down of them. */
export type WrittenIds = Map<Kind, readonly string[]>;

/**
 * One line for each record. `written`, which is brought up to date, is what these lines may refer to: an intent that
 * has the very list of the one before it only says so.
 */
export function encodeRecords(records: readonly JournalRecord[], written: WrittenIds = new Map()): string {
  return records.map((record) => `${JSON.stringify(shorten(record, written))}\n`).join("");
}

function shorten(record: JournalRecord, written: WrittenIds): unknown {
  if (record.type !== "intent") return record;
  const { intent } = record;
  if (written.get(intent.kind) === intent.knownIds)
    return { ...record, intent: { ...intent, knownIds: AS_BEFORE } };
  written.set(intent.kind, intent.knownIds);
  return record;
}

/** The record that a line stands for; `undefined`: it is none. */
function readRecord(
  line: string,
  written: WrittenIds,
  { recordSchema }: JournalSchemas,
): JournalRecord | undefined {
  const { data } = recordSchema.safeParse(parseLine(line));
  if (data?.type !== "intent") return data;
  const { intent } = data;
  const ids = intent.knownIds === AS_BEFORE ? written.get(intent.kind) : intent.knownIds;
  if (ids === undefined) return undefined;
  written.set(intent.kind, ids);
  return { ...data, intent: { ...intent, knownIds: ids } };
}

export type JournalReading =
  | {
      readonly ok: true;
      readonly owner: JournalOwner | undefined;
      readonly records: readonly JournalRecord[];
    }
  | { readonly ok: false; readonly line: number; readonly why: string };

/**
 * Reads a journal back. A line that a crash tore off before it was synced is left out, since nothing was done on its
 * strength: the last one, without its newline, and one that the next run's first line follows. Any other damage is
 * an error with its line.
 */
export async function decodeJournal(text: string): Promise<JournalReading> {
  const schemas = await import("./journal-schema.js");
  const lines = text.split("\n").slice(0, -1);
  const records: JournalRecord[] = [];
  let owner: JournalOwner | undefined;
  let written: WrittenIds = new Map();
  for (const [index, line] of lines.entries()) {
    const begins = line.lastIndexOf(OWNER_MARK);
    if (index === 0 || begins >= 0) {
      const found = schemas.ownerSchema.safeParse(parseLine(line.slice(Math.max(begins, 0))));
      if (!found.success) return { ok: false, line: index + 1, why: "it does not begin as a journal does" };
      if (owner !== undefined && !isSameOwner(owner, found.data)) {
        return { ok: false, line: index + 1, why: "two lockfiles wrote it" };
      }
      owner = found.data;
      written = new Map();
      continue;
    }
    const record = readRecord(line, written, schemas);
    if (record === undefined)
      return { ok: false, line: index + 1, why: "this line is not one of its records" };
    records.push(record);
  }
  return { ok: true, owner, records };
}

/** A run that goes on with a journal writes its first line again. Inside a record these quotes would be escaped. */
const OWNER_MARK = '{"journal":1,';

function isSameOwner(a: JournalOwner, b: JournalOwner): boolean {
  return a.project === b.project && a.environment === b.environment && a.origin === b.origin;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
