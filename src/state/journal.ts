import { z } from "zod";
import { type Address, parseAddress } from "./address.js";
import { type Intent, type LockAccount, type LockEntry, type Lockfile, lockfileSchema } from "./lockfile.js";

/**
 * One step of an open run, appended to `<lockfile>.journal` before the run goes on:
 * - `intent`: a create is about to be sent; `dropIntent`: it certainly made nothing;
 * - `entry`: an entry as it is from now on (which also ends its intent); `forget`: no longer ours;
 * - `move`: the same object under another name; what its create left open goes with it.
 */
export type JournalRecord =
  | { readonly type: "intent"; readonly address: Address; readonly intent: Intent }
  | { readonly type: "dropIntent"; readonly address: Address }
  | { readonly type: "entry"; readonly address: Address; readonly entry: LockEntry }
  | { readonly type: "forget"; readonly address: Address }
  | { readonly type: "move"; readonly from: Address; readonly to: Address }
  | { readonly type: "accounts"; readonly accounts: { readonly [name: string]: LockAccount } }
  | { readonly type: "versionCodesUnreliable" };

/** The lockfile after these records, in their order. Pure. */
export function foldJournal(lockfile: Lockfile, records: readonly JournalRecord[]): Lockfile {
  if (records.length === 0) return lockfile;
  const draft = new Draft(lockfile);
  for (const record of records) draft.add(record);
  return draft.lockfile();
}

/** A lockfile in the making: takes records one by one without copying everything each time. */
export class Draft {
  readonly #base: Lockfile;
  #accounts: ReadonlyMap<string, LockAccount>;
  readonly #entries: Map<Address, LockEntry>;
  readonly #owners: Map<string, Address>;
  readonly #intents: Map<Address, Intent>;
  #versionCodesUnreliable: boolean;

  constructor(base: Lockfile) {
    this.#base = base;
    this.#accounts = base.accounts;
    this.#entries = new Map(base.entries);
    this.#owners = new Map([...base.entries].map(([address, { id }]) => [id, address]));
    this.#intents = new Map(base.intents);
    this.#versionCodesUnreliable = base.versionCodesUnreliable;
  }

  entry(address: Address): LockEntry | undefined {
    return this.#entries.get(address);
  }

  /** The entry that has this id now. */
  ownerOf(id: string): Address | undefined {
    const owner = this.#owners.get(id);
    return owner !== undefined && this.#entries.get(owner)?.id === id ? owner : undefined;
  }

  intent(address: Address): Intent | undefined {
    return this.#intents.get(address);
  }

  add(record: JournalRecord): void {
    switch (record.type) {
      case "intent":
        this.#intents.set(record.address, record.intent);
        return;
      case "dropIntent":
        this.#intents.delete(record.address);
        return;
      case "entry":
        this.#intents.delete(record.address);
        this.#entries.set(record.address, record.entry);
        this.#owners.set(record.entry.id, record.address);
        return;
      case "forget":
        this.#entries.delete(record.address);
        return;
      case "move":
        this.#move(record.from, record.to);
        return;
      case "accounts":
        this.#accounts = new Map(Object.entries(record.accounts));
        return;
      case "versionCodesUnreliable":
        this.#versionCodesUnreliable = true;
        return;
      default:
        record satisfies never;
    }
  }

  /** What it amounts to now. */
  lockfile(): Lockfile {
    return {
      ...this.#base,
      accounts: this.#accounts,
      entries: new Map(this.#entries),
      intents: new Map(this.#intents),
      versionCodesUnreliable: this.#versionCodesUnreliable,
    };
  }

  #move(from: Address, to: Address): void {
    const intent = this.#intents.get(from);
    if (intent !== undefined) {
      this.#intents.delete(from);
      this.#intents.set(to, intent);
    }
    const entry = this.#entries.get(from);
    if (entry === undefined) return;
    this.#entries.delete(from);
    this.#entries.set(to, entry);
    this.#owners.set(entry.id, to);
  }
}

const address = z.custom<Address>((text) => typeof text === "string" && parseAddress(text) !== undefined);
const shape = lockfileSchema.shape;

const recordSchema: z.ZodType<JournalRecord> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("intent"), address, intent: shape.intents.unwrap().valueType }),
  z.strictObject({ type: z.literal("dropIntent"), address }),
  z.strictObject({ type: z.literal("entry"), address, entry: shape.entries.valueType }),
  z.strictObject({ type: z.literal("forget"), address }),
  z.strictObject({ type: z.literal("move"), from: address, to: address }),
  z.strictObject({ type: z.literal("accounts"), accounts: shape.accounts }),
  z.strictObject({ type: z.literal("versionCodesUnreliable") }),
]);

/** The lockfile that a journal belongs to: the first line of each run. */
export interface JournalOwner {
  readonly project: string;
  readonly environment: string | null;
  readonly origin: string;
}

const ownerSchema = z.strictObject({
  journal: z.literal(1),
  project: z.string(),
  environment: z.string().nullable(),
  origin: z.string(),
});

/** The first line of a journal. */
export function encodeJournalOwner(owner: JournalOwner): string {
  const { project, environment, origin } = owner;
  return `${JSON.stringify({ journal: 1, project, environment, origin })}\n`;
}

/** One line for each record. */
export function encodeRecords(records: readonly JournalRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
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
export function decodeJournal(text: string): JournalReading {
  const lines = text.split("\n").slice(0, -1);
  const records: JournalRecord[] = [];
  let owner: JournalOwner | undefined;
  for (const [index, line] of lines.entries()) {
    const begins = line.lastIndexOf(OWNER_MARK);
    if (index === 0 || begins >= 0) {
      const found = ownerSchema.safeParse(parseLine(line.slice(Math.max(begins, 0))));
      if (!found.success) return { ok: false, line: index + 1, why: "it does not begin as a journal does" };
      if (owner !== undefined && !isSameOwner(owner, found.data)) {
        return { ok: false, line: index + 1, why: "two lockfiles wrote it" };
      }
      owner = found.data;
      continue;
    }
    const record = recordSchema.safeParse(parseLine(line));
    if (!record.success) return { ok: false, line: index + 1, why: "this line is not one of its records" };
    records.push(record.data);
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
