import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { KeyLeakError } from "../../api/index.js";
import type { JournalRecord } from "../../state/journal.js";
import {
  encodeJournalOwner,
  encodeRecords,
  type JournalOwner,
  type WrittenIds,
} from "../../state/journal-text.js";
import type { HoldsKey } from "../leaks.js";
import { syncDirectory } from "./replace-file.js";

export interface JournalOptions {
  readonly holdsKey?: HoldsKey;
  /** Writes a text at the end of the file. */
  readonly write?: (file: number, text: string) => void;
  /** Brings what was written to the disk. */
  readonly sync?: (file: number) => Promise<void>;
}

/** Where the journal of an open run is. */
export function journalPath(lockfile: string): string {
  return `${lockfile}.journal`;
}

/**
 * The journal of an open run: what is appended is on disk, and synced, when `append` resolves. It rejects, and writes
 * nothing, where a record holds the key: the journal ends in git. After a failure every append fails: behind half a line
 * the next one would be damaged, and what a disk lost once it does not tell of twice.
 */
export class Journal {
  readonly #path: string;
  readonly #owner: JournalOwner;
  readonly #holdsKey: HoldsKey;
  readonly #write: (file: number, text: string) => void;
  readonly #sync: (file: number) => Promise<void>;
  readonly #written: WrittenIds = new Map();
  #file: number | undefined;
  #failed: { readonly error: unknown } | undefined;
  /** The last sync that was begun or ordered; one that failed fails all that come after it. */
  #synced: Promise<void> = Promise.resolve();
  /** A sync that has not begun yet: all that is written before it begins shares it. */
  #ordered: Promise<void> | undefined;

  constructor(
    lockfile: string,
    owner: JournalOwner,
    { holdsKey = () => false, write = writeAll, sync = promisify(fdatasync) }: JournalOptions = {},
  ) {
    this.#path = journalPath(lockfile);
    this.#owner = owner;
    this.#holdsKey = holdsKey;
    this.#write = write;
    this.#sync = sync;
  }

  async append(records: readonly JournalRecord[]): Promise<void> {
    if (records.length === 0) return;
    if (this.#failed !== undefined) throw this.#failed.error;
    let file: number;
    try {
      file = this.#put(records);
    } catch (error) {
      this.#failed = { error };
      throw error;
    }
    this.#ordered ??= this.#order(file);
    await this.#ordered;
  }

  /** Ends the journal: what it holds is in the lockfile now. */
  async end(): Promise<void> {
    this.close();
    await rm(this.#path, { force: true });
  }

  /** Leaves the journal where it is, for the next run. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #put(records: readonly JournalRecord[]): number {
    const text = encodeRecords(records, this.#written);
    if (this.#holdsKey(text)) throw new KeyLeakError("A record of the journal");
    const file = this.#file ?? this.#open();
    this.#write(file, text);
    return file;
  }

  #open(): number {
    const file = openSync(this.#path, "a", 0o644);
    this.#file = file;
    this.#write(file, encodeJournalOwner(this.#owner));
    syncDirectory(dirname(this.#path));
    return file;
  }

  /** Syncs once the sync under way is over: that one may have missed what was just written. */
  #order(file: number): Promise<void> {
    this.#synced = this.#synced.then(() => {
      this.#ordered = undefined;
      return this.#sync(file);
    });
    return this.#synced;
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}
