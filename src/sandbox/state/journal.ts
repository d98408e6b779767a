import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A snapshot file and, beside it, `<file>.log` with one JSON line for every write since. */
export interface Journal {
  /** On disk, in one write, when it returns: a process killed right after has lost nothing. */
  append(record: unknown): void;
  /** Whether the log has grown so large that a new snapshot pays. */
  isLong(): boolean;
  /** Replaces the snapshot and empties the log. Does nothing when another process has written to the log. */
  compact(snapshot: unknown): void;
  close(): void;
}

export interface OpenedJournal {
  readonly journal: Journal;
  readonly snapshot: unknown;
  readonly records: readonly unknown[];
}

const longLogBytes = 16 * 1024 * 1024;
// Signing keys are in it: not for other users of the machine.
const mode = 0o600;

/** Opens or creates the files. A last line that a crash cut off is dropped; a broken line before it throws. */
export function openJournal(file: string): OpenedJournal {
  const logFile = `${file}.log`;
  mkdirSync(dirname(file), { recursive: true });
  const snapshot: unknown = existsSync(file) ? parse(readFileSync(file, "utf8"), file) : undefined;
  const records = existsSync(logFile) ? readLog(logFile) : [];
  return { snapshot, records, journal: writer(file, logFile) };
}

function readLog(logFile: string): readonly unknown[] {
  const bytes = readFileSync(logFile);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(logFile, end);
  const lines = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
  return lines.map((line, index) => parse(line, `${logFile}:${index + 1}`));
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

function writer(file: string, logFile: string): Journal {
  const log = openSync(logFile, "a", mode);
  let bytes = fstatSync(log).size;
  return {
    append: (record) => {
      bytes += writeSync(log, `${JSON.stringify(record)}\n`);
    },
    isLong: () => bytes > longLogBytes,
    compact: (snapshot) => {
      if (fstatSync(log).size !== bytes) return;
      writeSnapshot(file, snapshot);
      // A crash before this line replays the log over the newer snapshot: the same rows, so the same state.
      truncateSync(logFile, 0);
      bytes = 0;
    },
    close: () => closeSync(log),
  };
}

function writeSnapshot(file: string, snapshot: unknown): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(snapshot)}\n`, { mode });
  const handle = openSync(draft, "r+");
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
}
