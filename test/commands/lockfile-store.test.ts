import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLockfile } from "../../src/commands/state-files/lockfile-store.js";
import { apply, plan } from "../../src/index.js";
import type { JournalRecord } from "../../src/state/journal.js";
import { encodeJournalOwner, encodeRecords } from "../../src/state/journal-text.js";
import { emptyLockfile } from "../../src/state/lockfile.js";
import { encodeLockfile } from "../../src/state/lockfile-text.js";
import { lockEntry } from "../engine/builders.js";
import { openShop } from "./shop-scene.js";

const owner = { project: "acme", environment: null, origin: "https://api.gstable.example" };
const nothing = encodeLockfile(emptyLockfile(owner));
const entry = (address: "product.a" | "product.b", id: string): JournalRecord => ({
  type: "entry",
  address,
  entry: lockEntry("product", id),
});
const journalOf = (...records: readonly JournalRecord[]) =>
  encodeJournalOwner(owner) + encodeRecords(records);

/** A directory with a journal, and the path of its lockfile. */
function openDirectory(journal: string) {
  const cwd = mkdtempSync(join(tmpdir(), "gstable-store-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const path = join(cwd, "gstable.lock.json");
  writeFileSync(`${path}.journal`, journal);
  return { cwd, path };
}

describe("a lockfile in another encoding", () => {
  const named = (name: string) => ({
    ...emptyLockfile(owner),
    entries: new Map([["product.a", lockEntry("product", "prd_1", { values: { name } })]]),
  });
  const read = async (bytes: Buffer) => {
    const { cwd, path } = openDirectory("");
    rmSync(`${path}.journal`);
    writeFileSync(path, bytes);
    return openLockfile(path, owner, cwd);
  };

  it("is not read: its texts would differ from what is live", async () => {
    const text = encodeLockfile(named("Jürgens Café") as never);
    expect((await read(Buffer.from(text))).ok).toBe(true);
    expect(await read(Buffer.from(text, "latin1"))).toMatchObject({
      ok: false,
      diagnostics: [{ code: "GS3010", summary: "gstable.lock.json cannot be read: it is not UTF-8" }],
    });
  });

  it("is not one that holds a text which was damaged before it came here", async () => {
    expect((await read(Buffer.from(encodeLockfile(named("Caf\uFFFD") as never)))).ok).toBe(true);
  });
});

describe("a lockfile and its journal", () => {
  it("that give one id to two entries stop the command, with the place", async () => {
    const { cwd, path } = openDirectory(journalOf(entry("product.a", "prd_1")));
    const renamed = {
      ...emptyLockfile(owner),
      entries: new Map([["product.b", lockEntry("product", "prd_1")]]),
    };
    writeFileSync(path, encodeLockfile(renamed as never));
    expect(await openLockfile(path, owner, cwd)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "GS3006", source: { file: "gstable.lock.json.journal", line: 2 } }],
    });
  });

  it.skipIf(process.platform === "win32")(
    "are read so that a run that ends in between hides none of its ids",
    async () => {
      const { cwd, path } = openDirectory(journalOf(entry("product.a", "prd_1")));
      await promisify(execFile)("mkfifo", [path]);
      const reading = openLockfile(path, owner, cwd);
      // Opens once the lockfile is about to be read.
      const file = await open(path, "w");
      rmSync(`${path}.journal`);
      await file.writeFile(nothing);
      await file.close();
      const opened = await reading;
      expect(opened.ok && [...opened.value.lockfile.entries.keys()]).toEqual(["product.a"]);
    },
  );
});

describe("an entry under the address of another kind", () => {
  it("stops the command at its place, instead of being made a second time", async () => {
    const { cwd, context, sandbox } = openShop();
    await apply({ autoApprove: true }, context);
    const path = join(cwd, "gstable.lock.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"paymentLink.mug"', '"product.cup"'));
    const before = sandbox.requests.length;
    const line = text.split("\n").findIndex((one) => one.includes('"paymentLink.mug"')) + 1;
    for (const run of [() => plan({}, context), () => apply({ autoApprove: true }, context)]) {
      expect(await run()).toMatchObject({
        exitCode: 1,
        document: { diagnostics: [{ code: "GS3004", source: { file: "gstable.lock.json", line } }] },
      });
    }
    expect(sandbox.requests.slice(before).filter(({ write }) => write)).toEqual([]);
  });
});
