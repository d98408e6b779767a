import { utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockfile, type Merchant, openAppliedMerchant } from "../spec/merchant.js";

const lock = `${lockfile}.lock`;

const owner = { host: "another-machine", pid: 1, startedAt: "2026-01-01", token: "theirs" };

/** Somebody's lock, whose last heartbeat was so long ago. */
function holdElsewhere({ cwd, save }: Merchant, { seconds, text = `${JSON.stringify(owner)}\n` }: Held) {
  save(lock, text);
  const then = new Date(Date.now() - seconds * 1000);
  utimesSync(join(cwd, lock), then, then);
}

interface Held {
  readonly seconds: number;
  readonly text?: string;
}

// Between two processes of one machine: test/cli/lock.
describe("a lock that another machine holds", () => {
  it("is kept while its heart beats, up to two minutes without a beat", async () => {
    const merchant = await openAppliedMerchant();
    holdElsewhere(merchant, { seconds: 110 });
    expect(await merchant.apply()).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS3011", summary: expect.stringContaining("another-machine") }] },
    });
    expect(merchant.sandbox.requests).toEqual([]);
    expect(merchant.has(lock)).toBe(true);
  });

  it("is taken over after that, and released at the end", async () => {
    const merchant = await openAppliedMerchant();
    holdElsewhere(merchant, { seconds: 130 });
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.has(lock)).toBe(false);
  });
});

describe("a lock on this machine", () => {
  it.each([
    ["whose process is dead is taken over at once", { ...owner, host: hostname(), pid: 2 ** 22 + 1 }],
    [
      "of this process id, from an earlier life of the machine, too",
      { ...owner, host: hostname(), pid: process.pid },
    ],
  ])("%s", async (_what, held) => {
    const merchant = await openAppliedMerchant();
    holdElsewhere(merchant, { seconds: 0, text: `${JSON.stringify(held)}\n` });
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.has(lock)).toBe(false);
  });

  it.each(["", "{", '{"host": 1}'])("that says nothing of its owner (%j) is nobody's", async (text) => {
    const merchant = await openAppliedMerchant();
    holdElsewhere(merchant, { seconds: 0, text });
    expect((await merchant.apply()).exitCode).toBe(0);
  });

  it("that was taken over meanwhile is left to its new owner", async () => {
    const merchant = await openAppliedMerchant();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      holdElsewhere(merchant, { seconds: 0 });
      return merchant.sandbox.fetch(input, init);
    };
    expect((await merchant.apply({}, { fetch })).exitCode).toBe(0);
    expect(JSON.parse(merchant.read(lock))).toEqual(owner);
  });
});

describe("what killed runs left", () => {
  const left = [`.${lockfile}.4711.tmp`, `${lock}.4711.0b4e9a3c-7d51-4c7c-9a53-3a0c2b1f6e10`];
  const others = [`.${lockfile}.bak`, `${lockfile}.4711.tmp`, ".other.json.4711.tmp", `${lock}.txt`];

  function leave({ cwd, save }: Merchant, names: readonly string[], minutes: number): void {
    const then = new Date(Date.now() - minutes * 60_000);
    for (const name of names) {
      save(name, "half");
      utimesSync(join(cwd, name), then, then);
    }
  }

  it("is removed by the next apply once it is old, and nothing else is", async () => {
    const merchant = await openAppliedMerchant();
    leave(merchant, [...left, ...others], 11);
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(left.filter(merchant.has)).toEqual([]);
    expect(others.filter(merchant.has)).toEqual(others);
  });

  it("stays while somebody may be about to give it its name", async () => {
    const merchant = await openAppliedMerchant();
    leave(merchant, left, 9);
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(left.filter(merchant.has)).toEqual(left);
  });

  it("goes with signing keys in it, too", async () => {
    const merchant = await openAppliedMerchant();
    leave(merchant, [".keys.json.4711.tmp"], 11);
    expect((await merchant.apply({ webhookKeys: "keys.json" })).exitCode).toBe(0);
    expect(merchant.has(".keys.json.4711.tmp")).toBe(false);
  });
});
