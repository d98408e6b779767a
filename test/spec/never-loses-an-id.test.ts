import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { link, shop } from "../cli/shop.js";
import { check, settle } from "../engine/apply/chaos.js";
import { type Chaos, Shop } from "../engine/apply/drive.js";
import * as engine from "../engine/builders.js";
import { lockfile, openAppliedMerchant, openMerchant } from "./merchant.js";

const catalogue = engine.wants([
  engine.product("plan"),
  engine.link("premium"),
  engine.link("later", { linkName: "Later" }, { open: false }),
]);

/** The process dies at the n-th thing that it does, on the side of it that is asked for. */
function dyingAt(n: number, side: "crashBefore" | "crashAfter"): Chaos {
  let done = 0;
  return {
    pick: () => 0,
    fate: () => {
      done += 1;
      return done === n + 1 ? side : "plain";
    },
  };
}

describe("each object exists exactly once", () => {
  // Depth: test/engine/apply/once (random lives), test/proof (the built command, killed and lied to), npm run mutation.
  it.each(["crashBefore", "crashAfter"] as const)(
    "wherever a first apply dies (%s any step)",
    async (side) => {
      let died = true;
      let n = 0;
      for (; died; n += 1) {
        const life = new Shop();
        died = (await life.apply(catalogue, dyingAt(n, side))).crashed;
        await settle(life, catalogue);
        await check(life, catalogue, new Set());
      }
      expect(n).toBeGreaterThan(10);
    },
  );

  it("although the answer to a create is lost", async () => {
    const merchant = openMerchant();
    merchant.sandbox.addFault({ match: { path: "/payment/link/create" }, do: { kind: "loseAnswer" } });
    expect((await merchant.apply()).exitCode).toBe(0);
    const { paymentLinks } = merchant.sandbox.snapshot();
    expect(paymentLinks.map(({ linkName }) => linkName).sort()).toEqual(["Page of beans", "Page of mug"]);
    expect([merchant.idOf("paymentLink.beans"), merchant.idOf("paymentLink.mug")].sort()).toEqual(
      paymentLinks.map(({ linkId }) => linkId).sort(),
    );
  });

  it("although two applies run at the same time", async () => {
    const merchant = openMerchant();
    const both = await Promise.all([merchant.apply(), merchant.apply()]);
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    expect(merchant.sandbox.snapshot().paymentLinks).toHaveLength(2);
  });

  it("although the lockfile is lost: what equals the configuration is adopted, without a write", async () => {
    const merchant = await openAppliedMerchant();
    const { entries } = merchant.lock();
    rmSync(join(merchant.cwd, lockfile));
    expect((await merchant.apply()).document.plan?.summary).toMatchObject({ adopt: 4, create: 0 });
    expect(merchant.written()).toEqual([]);
    expect(merchant.lock().entries).toMatchObject(
      Object.fromEntries(Object.entries(entries).map(([address, { id }]) => [address, { id }])),
    );
  });
});

describe("an id stays with its entry", () => {
  // Depth: test/engine/plan (moves and imports), test/cli/lifecycle.
  it("when the entry is renamed with `moved`, without touching the live object", async () => {
    const merchant = await openAppliedMerchant();
    const id = merchant.idOf("paymentLink.mug");
    merchant.write(
      shop({
        paymentLinks: { beans: link("beans", "$24"), cup: link("mug", "$12") },
        moved: [{ from: "paymentLink.mug", to: "paymentLink.cup" }],
      }),
    );
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.idOf("paymentLink.cup")).toBe(id);
    expect(merchant.written()).toEqual([]);
  });

  it("when the object is gone and may be made anew: the old one is remembered", async () => {
    const merchant = await openAppliedMerchant();
    const linkId = merchant.idOf("paymentLink.mug");
    merchant.sandbox.dashboard.eraseLink({ linkId });
    expect((await merchant.apply()).exitCode).toBe(4);
    expect((await merchant.apply({ allow: ["missing:paymentLink.mug"] })).exitCode).toBe(0);
    expect(merchant.lock().entries["paymentLink.mug"]).toMatchObject({ formerIds: [linkId] });
    expect(merchant.idOf("paymentLink.mug")).not.toBe(linkId);
  });

  it("when the object is gone and its entry leaves as well: the page is not said to live on", async () => {
    const merchant = await openAppliedMerchant();
    const linkId = merchant.idOf("paymentLink.mug");
    merchant.sandbox.dashboard.eraseLink({ linkId });
    const { mug: _, ...paymentLinks } = shop().paymentLinks;
    merchant.write({ ...shop(), paymentLinks });
    const planned = await merchant.plan();
    expect(planned.document.changes).toMatchObject([
      { actions: ["forget"], url: { before: expect.stringContaining(linkId), after: null, kept: false } },
    ]);
    expect(planned.text).toContain("URL leads nowhere already");
    expect(planned.text).not.toContain("URL kept");
  });
});

describe("the lockfile", () => {
  // Depth: test/state/lockfile-text, test/state/journal.
  it("has the same bytes for the same state, sorted, one block an entry, with a final newline", async () => {
    const merchant = await openAppliedMerchant();
    const text = merchant.read(lockfile);
    await merchant.apply();
    expect(merchant.read(lockfile)).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
    const addresses = Object.keys(merchant.lock().entries);
    expect(addresses).toEqual([...addresses].sort());
    expect(merchant.has(`${lockfile}.journal`)).toBe(false);
  });

  it.each([
    ["is cut in half", (text: string) => text.slice(0, text.length / 2)],
    ["has conflict markers", (text: string) => text.replace('  "entries"', '<<<<<<< HEAD\n  "entries"')],
    ["is of a newer version", (text: string) => text.replace('"lockfileVersion": 1', '"lockfileVersion": 2')],
    ["is another project's", (text: string) => text.replace('"acme-store"', '"other"')],
  ])("that %s stops every command, and stays as it is", async (_what, damage) => {
    const merchant = await openAppliedMerchant();
    const damaged = damage(merchant.read(lockfile));
    merchant.save(lockfile, damaged);
    for (const run of [merchant.plan, merchant.apply, merchant.drift]) expect((await run()).exitCode).toBe(1);
    expect(merchant.sandbox.requests).toEqual([]);
    expect(merchant.read(lockfile)).toBe(damaged);
  });
});
