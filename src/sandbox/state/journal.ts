import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A snapshot file and, beside it, `<file>.log` with one JSON line for every write since. */
export interface Journal {
  /** The snapshot (undefined: none yet) and the records since, from the files. A broken line throws. */
  load(): Loaded;
  /** What other processes have written since we last looked: records, or everything after they made a new snapshot. */
  news(): Loaded | readonly unknown[];
  /** On disk, in one write, when it returns: a process killed right after has lost nothing. */
  append(record: unknown): void;
  /** Whether the log has grown so large that a new snapshot pays. */
  isLong(): boolean;
  /** Replaces the snapshot and empties the log; not when another process has just written to it. */
  compact(snapshot: unknown): void;
  close(): void;
}

export interface Loaded {
  readonly snapshot: unknown;
  readonly records: readonly unknown[];
}

const longLogBytes = 16 * 1024 * 1024;
// Signing keys are in it: not for other users of the machine.
const mode = 0o600;

/** Opens or creates the files. A last line that a crash cut off is dropped. */
export function openJournal(file: string): Journal {
  const logFile = `${file}.log`;
  mkdirSync(dirname(file), { recursive: true });
  const log = openSync(logFile, "a+", mode);
  let knownBytes = 0;
  let knownSnapshot: string | undefined;
  dropTornLine(logFile);

  const readOn = (): readonly unknown[] => {
    const { records, bytes } = readLines(log, { from: knownBytes, name: logFile });
    knownBytes += bytes;
    return records;
  };
  const load = (): Loaded => {
    knownSnapshot = snapshotMark(file);
    knownBytes = 0;
    const snapshot = knownSnapshot === undefined ? undefined : parse(readFileSync(file, "utf8"), file);
    return { snapshot, records: readOn() };
  };
  return {
    load,
    news: () => {
      if (snapshotMark(file) !== knownSnapshot) return load();
      return fstatSync(log).size > knownBytes ? readOn() : [];
    },
    append: (record) => {
      knownBytes += writeSync(log, `${JSON.stringify(record)}\n`);
    },
    isLong: () => knownBytes > longLogBytes,
    compact: (snapshot) => {
      if (fstatSync(log).size !== knownBytes) return;
      writeSnapshot(file, snapshot);
      // A crash before this line replays the log over the newer snapshot: the same rows, so the same state.
      truncateSync(logFile, 0);
      knownSnapshot = snapshotMark(file);
      knownBytes = 0;
    },
    close: () => closeSync(log),
  };
}

/** Tells snapshots apart: each is a new file under the old name (an inode alone may be given out again). */
function snapshotMark(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.ino}/${stats.mtimeMs}/${stats.size}`;
}

function dropTornLine(logFile: string): void {
  if (!existsSync(logFile)) return;
  const bytes = readFileSync(logFile);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(logFile, end);
}

/** The whole lines after `from`, and how many bytes they are. */
function readLines(
  log: number,
  { from, name }: { readonly from: number; readonly name: string },
): { readonly records: readonly unknown[]; readonly bytes: number } {
  const buffer = Buffer.alloc(Math.max(0, fstatSync(log).size - from));
  const read = readSync(log, buffer, 0, buffer.length, from);
  const bytes = buffer.subarray(0, read).lastIndexOf(0x0a) + 1;
  const lines = buffer.toString("utf8", 0, bytes).split("\n").slice(0, -1);
  return {
    bytes,
    records: lines.map((line, index) => parse(line, `${name}: line ${index + 1} after byte ${from}`)),
  };
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${place}: not the state of a sandbox; move the file away to start afresh`, {
      cause: error,
    });
  }
}

function writeSnapshot(file: string, snapshot: unknown): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(snapshot)}\n`, { mode });
  const handle = openSync(draft, "r+");
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
}
