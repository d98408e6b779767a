import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draft, foldJournal, type JournalRecord } from "../../src/state/journal.js";
import {
  decodeJournal,
  encodeJournalOwner,
  encodeRecords,
  type WrittenIds,
} from "../../src/state/journal-text.js";
import { emptyLockfile } from "../../src/state/lockfile.js";
import { encodeLockfile } from "../../src/state/lockfile-text.js";
import { lockEntry } from "../engine/builders.js";
import { anyRecord } from "./arbitraries.js";

const owner = { project: "acme", environment: null, origin: "https://api.gstable.example" };
const first = encodeJournalOwner(owner);
const empty = emptyLockfile(owner);
const records: readonly JournalRecord[] = [
  { type: "entry", address: "product.plan", entry: lockEntry("product", "prd_1") },
  { type: "accounts", accounts: { journal: { id: "acc_1", address: "0x1" } } },
  { type: "forget", address: "product.plan" },
];

async function read(text: string): Promise<readonly JournalRecord[]> {
  const journal = await decodeJournal(text);
  if (!journal.ok) throw new Error(`${journal.line}: ${journal.why}`);
  return journal.records;
}

describe("a journal", () => {
  test("gives back every record that was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord), async (some) => {
        expect(await read(first + encodeRecords(some))).toEqual(JSON.parse(JSON.stringify(some)));
      }),
    );
  });

  test("torn at any byte has the whole lines before it, and nothing else", async () => {
    const text = encodeRecords(records);
    for (let bytes = 0; bytes <= text.length; bytes += 1) {
      const torn = text.slice(0, bytes);
      expect(await read(first + torn)).toEqual(records.slice(0, torn.split("\n").length - 1));
    }
  });

  test("torn at any byte can be gone on with by the next run", async () => {
    const text = encodeRecords(records);
    for (let bytes = 0; bytes <= text.length; bytes += 1) {
      const torn = text.slice(0, bytes);
      const whole = records.slice(0, torn.split("\n").length - 1);
      expect(await read(first + torn + first + encodeRecords(records))).toEqual([...whole, ...records]);
    }
  });

  test("torn within its very first line can be gone on with too", async () => {
    for (let bytes = 0; bytes < first.length; bytes += 1) {
      expect(await read(first.slice(0, bytes))).toEqual([]);
      expect(await read(first.slice(0, bytes) + first + encodeRecords(records))).toEqual(records);
    }
  });

  test.each([
    ["a line that is no record", `${first}{"type":"entry"}\n${encodeRecords(records)}`, 2],
    ["half a line in the middle", `${first}${encodeRecords(records).slice(10)}`, 2],
    ["another beginning", encodeRecords(records), 1],
    ["an address that is none", `${first}${JSON.stringify({ type: "forget", address: "product.A" })}\n`, 2],
    ["the line of another project", first + encodeJournalOwner({ ...owner, project: "other" }), 2],
    ["the line of another environment", first + encodeJournalOwner({ ...owner, environment: "eu" }), 2],
  ])("with %s is refused with the line", async (_what, text, line) => {
    expect(await decodeJournal(text)).toMatchObject({ ok: false, line });
  });

  test("never gives somebody else's prototype to a lockfile", async () => {
    const text = `${first}{"type":"accounts","accounts":{"__proto__":{"id":"acc_1","address":"0x1"}}}\n`;
    const journal = await decodeJournal(text);
    const lockfile = foldJournal(empty, journal.ok ? journal.records : []);
    expect(lockfile.accounts.has("id")).toBe(false);
    expect(Reflect.get({}, "id")).toBeUndefined();
  });
});

describe("folding records", () => {
  const fold = (...some: readonly JournalRecord[]) => foldJournal(empty, some);
  const entry = lockEntry("product", "prd_1");
  const intent = {
    kind: "product",
    values: entry.values,
    knownIds: [],
    lifecycle: entry.lifecycle,
  } as const;
  const born: JournalRecord = { type: "intent", address: "product.a", intent: { ...intent, knownIds: [] } };

  test("in two parts is the same as at once", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.array(anyRecord), (some, more) => {
        const once = encodeLockfile(fold(...some, ...more));
        expect(encodeLockfile(foldJournal(fold(...some), more))).toBe(once);
      }),
    );
  });

  test("never changes the lockfile that it begins with", () => {
    const before = encodeLockfile(empty);
    fold({ type: "entry", address: "product.a", entry }, born);
    expect(encodeLockfile(empty)).toBe(before);
  });

  test("an entry ends its intent, and no other one's", () => {
    const other: JournalRecord = { ...born, address: "product.b" };
    const { intents } = fold(born, other, { type: "entry", address: "product.a", entry });
    expect([...intents.keys()]).toEqual(["product.b"]);
  });

  test("an intent that made nothing is dropped, its entry stays", () => {
    const { intents, entries } = fold({ type: "entry", address: "product.a", entry }, born, {
      type: "dropIntent",
      address: "product.a",
    });
    expect([intents.size, entries.get("product.a")]).toEqual([0, entry]);
  });

  test("a moved entry is under its new name only, with its id", () => {
    const { entries } = fold(
      { type: "entry", address: "product.a", entry },
      { type: "move", from: "product.a", to: "product.b" },
    );
    expect([...entries]).toEqual([["product.b", entry]]);
  });

  test("what a create left open moves with its name", () => {
    const { intents } = fold(born, { type: "move", from: "product.a", to: "product.b" });
    expect([...intents.keys()]).toEqual(["product.b"]);
  });

  test("a move of what is not there changes nothing", () => {
    expect(fold({ type: "move", from: "product.a", to: "product.b" })).toEqual(empty);
  });

  test("says who has an id now, not who had it", () => {
    const draft = new Draft(empty);
    draft.add({ type: "entry", address: "product.a", entry });
    draft.add({ type: "move", from: "product.a", to: "product.b" });
    expect(draft.ownerOf("prd_1")).toBe("product.b");
    draft.add({ type: "entry", address: "product.b", entry: { ...entry, id: "prd_2" } });
    expect([draft.ownerOf("prd_1"), draft.ownerOf("prd_2")]).toEqual([undefined, "product.b"]);
    draft.add({ type: "forget", address: "product.b" });
    expect(draft.ownerOf("prd_2")).toBeUndefined();
  });
});

describe("the ids that a create knew", () => {
  const knownIds = Array.from({ length: 1000 }, (_, index) => `prd_${index}`);
  const { values, lifecycle } = lockEntry("product", "prd_1");
  const intentOf = (name: string, ids = knownIds): JournalRecord => ({
    type: "intent",
    address: `product.${name}`,
    intent: { kind: "product", values, knownIds: ids, lifecycle },
  });
  const links: JournalRecord = {
    type: "intent",
    address: "paymentLink.a",
    intent: { kind: "paymentLink", values, knownIds: ["lnk_1"], lifecycle },
  };

  test("are written once in a run, and read back with each", async () => {
    const some = [intentOf("a"), links, intentOf("b"), intentOf("c", ["prd_1"]), intentOf("d", ["prd_1"])];
    const written: WrittenIds = new Map();
    const lines = some.map((record) => encodeRecords([record], written));
    expect(lines.map((line) => line.includes("prd_999"))).toEqual([true, false, false, false, false]);
    expect(await read(first + lines.join(""))).toEqual(some);
  });

  test("of an interrupted run do not stand for those of the next", async () => {
    const { length } = encodeRecords([intentOf("a")]);
    const text = encodeRecords([intentOf("a"), intentOf("b")]);
    expect(await read(first + text + first + text)).toHaveLength(4);
    expect(await decodeJournal(first + text.slice(0, length) + first + text.slice(length))).toMatchObject({
      ok: false,
      line: 4,
    });
  });
});
