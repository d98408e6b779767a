import { mkdtempSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Journal, journalPath } from "../../src/commands/state-files/journal-file.js";
import type { JournalRecord } from "../../src/state/journal.js";
import { decodeJournal } from "../../src/state/journal-text.js";
import { lockEntry } from "../engine/builders.js";

const owner = { project: "acme", environment: null, origin: "https://api.gstable.example" };
const recordOf = (name: string): JournalRecord => ({
  type: "entry",
  address: `product.${name}`,
  entry: lockEntry("product", `prd_${name}`),
});

/** A disk whose syncs end when the test says so. */
class SlowDisk {
  readonly syncs: { readonly end: () => void; readonly fail: (why: Error) => void }[] = [];
  readonly sync = (): Promise<void> => new Promise((end, fail) => this.syncs.push({ end, fail }));
}

let directory: string;
let lockfile: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gstable-journal-"));
  lockfile = join(directory, "gstable.lock.json");
});
afterEach(() => rmSync(directory, { recursive: true }));

const settled = async (...appends: readonly Promise<void>[]): Promise<readonly boolean[]> => {
  const done = appends.map(() => false);
  for (const [index, append] of appends.entries()) void append.then(() => (done[index] = true));
  await new Promise(setImmediate);
  return done;
};

async function namesOnDisk(): Promise<readonly string[]> {
  const journal = await decodeJournal(readFileSync(journalPath(lockfile), "utf8"));
  return journal.ok ? journal.records.map((record) => ("address" in record ? record.address : "")) : [];
}

describe("the journal of a run", () => {
  test("says that a record is kept only once a sync that began after it is over", async () => {
    const disk = new SlowDisk();
    const journal = new Journal(lockfile, owner, { sync: disk.sync });
    const a = journal.append([recordOf("a")]);
    expect(await settled(a)).toEqual([false]);
    const b = journal.append([recordOf("b")]);
    expect(await namesOnDisk()).toEqual(["product.a", "product.b"]);
    disk.syncs[0]?.end();
    expect(await settled(a, b)).toEqual([true, false]);
    disk.syncs[1]?.end();
    expect(await settled(a, b)).toEqual([true, true]);
    journal.close();
  });

  test("lets all that is written during a sync share the next one", async () => {
    const disk = new SlowDisk();
    const journal = new Journal(lockfile, owner, { sync: disk.sync });
    const first = journal.append([recordOf("a")]);
    await settled(first);
    const others = ["b", "c", "d"].map((name) => journal.append([recordOf(name)]));
    disk.syncs[0]?.end();
    await settled(first, ...others);
    disk.syncs[1]?.end();
    expect(await settled(first, ...others)).toEqual([true, true, true, true]);
    expect(disk.syncs).toHaveLength(2);
    journal.close();
  });

  test("keeps nothing any more once a sync has failed", async () => {
    const disk = new SlowDisk();
    const journal = new Journal(lockfile, owner, { sync: disk.sync });
    const during = [journal.append([recordOf("a")]), journal.append([recordOf("b")])];
    const outcomes = Promise.allSettled(during);
    await new Promise(setImmediate);
    disk.syncs[0]?.fail(new Error("no space left"));
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(journal.append([recordOf("c")])).rejects.toThrow("no space left");
    expect(disk.syncs).toHaveLength(1);
    journal.close();
  });

  test.each([
    ["its first line", 1],
    ["a record", 2],
    ["a later record", 3],
  ])(
    "writes nothing behind %s that was written by half: the next run reads what came before",
    async (_what, nth) => {
      let calls = 0;
      /** A disk that is full once, and has room right afterwards. */
      const write = (file: number, text: string) => {
        calls += 1;
        writeSync(file, calls === nth ? text.slice(0, 20) : text);
        if (calls === nth) throw new Error("no space left");
      };
      const journal = new Journal(lockfile, owner, { write });
      const appends = ["a", "b", "c"].map((name) => journal.append([recordOf(name)]));
      const outcomes = await Promise.allSettled(appends);
      const kept = ["product.a", "product.b", "product.c"].slice(0, Math.max(nth - 2, 0));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(kept.length);
      journal.close();
      expect(await namesOnDisk()).toEqual(kept);
      const next = new Journal(lockfile, owner);
      await next.append([recordOf("d")]);
      next.close();
      expect(await namesOnDisk()).toEqual([...kept, "product.d"]);
    },
  );

  test("writes nothing behind a record that holds the key: it may refer to what that one said", async () => {
    const journal = new Journal(lockfile, owner, { holdsKey: (text) => text.includes("prd_secret") });
    const appends = [journal.append([recordOf("secret")]), journal.append([recordOf("a")])];
    expect((await Promise.allSettled(appends)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    journal.close();
  });

  test("writes nothing of a record that holds the key", async () => {
    const journal = new Journal(lockfile, owner, { holdsKey: (text) => text.includes("prd_secret") });
    await journal.append([recordOf("a")]);
    await expect(journal.append([recordOf("secret")])).rejects.toThrow("journal");
    expect(await namesOnDisk()).toEqual(["product.a"]);
    journal.close();
  });
});
