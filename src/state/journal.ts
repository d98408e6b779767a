import type { Address } from "./address.js";
import type { Intent, LockAccount, LockEntry, Lockfile } from "./lockfile.js";

/** How a line says that an intent knew the very ids of the one before it: ten thousand are written once in a run. */
export const AS_BEFORE = "as before";

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

  /** Creates that were sent, or are about to be, and whose outcome is not known. */
  intents(): readonly Intent[] {
    return [...this.#intents.values()];
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
