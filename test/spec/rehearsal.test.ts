import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shop } from "../cli/shop.js";
import { lockfile, openAppliedMerchant, openMerchant } from "./merchant.js";

const address = `0x${"5a".repeat(20)}`;
const production = shop({ accounts: { treasury: { id: "acc_of_acme", address } } });

/** No key, and no way out of this machine. */
const nowhere = {
  env: {},
  fetch: async () => {
    throw new Error("a rehearsal used the network");
  },
};

// Depth: test/cli/sandbox, test/sandbox (the local GStable itself), test/examples (every example, rehearsed).
describe("a rehearsal with --sandbox", () => {
  it("runs a production configuration as it is: no key, no network, its accounts with their pins", async () => {
    const merchant = openMerchant(production);
    const applied = await merchant.apply({ sandbox: true }, nowhere);
    expect(applied).toMatchObject({ exitCode: 0, document: { summary: { done: 4 } } });
    expect(applied.document.plan?.target).toMatchObject({ sandbox: true, accounts: [{ address }] });
    expect((await merchant.plan({ sandbox: true }, nowhere)).document.changes).toEqual([]);
    expect(merchant.sandbox.requests).toEqual([]);
  });

  it("leaves out what speaks of the real account's objects, and says so", async () => {
    const merchant = openMerchant(
      shop({
        imports: [{ to: "paymentLink.beans", id: "lnk_real" }],
        moved: [{ from: "product.cup", to: "product.mug" }],
        policy: { allow: ["protect:paymentLink.left=disable"] },
      }),
    );
    const applied = await merchant.apply({ sandbox: true }, nowhere);
    expect(applied).toMatchObject({ exitCode: 0, document: { summary: { done: 4, failed: 0 } } });
    const told = applied.document.diagnostics?.map(({ code, severity }) => `${code} ${severity}`);
    expect(told).toEqual(["GS7022 note", "GS2110 warning", "GS4101 warning"]);
    expect(applied.document.diagnostics?.[0]?.detail).toContain("`paymentLink.beans` (lnk_real)");
    expect((await merchant.plan({ sandbox: true }, nowhere)).document.changes).toEqual([]);
  });

  it("imports what the sandbox has", async () => {
    const merchant = openMerchant(shop());
    await merchant.apply({ sandbox: true }, nowhere);
    const lock = JSON.parse(merchant.read(".gstable/gstable.lock.json"));
    const { id } = lock.entries["paymentLink.mug"];
    delete lock.entries["paymentLink.mug"];
    merchant.save(".gstable/gstable.lock.json", `${JSON.stringify(lock, null, 2)}\n`);
    merchant.save("gstable.config.yaml", JSON.stringify(shop({ imports: [{ to: "paymentLink.mug", id }] })));
    const planned = await merchant.plan({ sandbox: true }, nowhere);
    expect(planned.document.diagnostics).toEqual([]);
    expect(planned.document.changes).toMatchObject([{ address: "paymentLink.mug", id, actions: ["adopt"] }]);
  });

  it("keeps its state to itself, beside the project's, and says SANDBOX in every output", async () => {
    const merchant = await openAppliedMerchant();
    const before = merchant.read(lockfile);
    for (const told of [
      await merchant.plan({ sandbox: true }, nowhere),
      await merchant.apply({ sandbox: true }, nowhere),
      await merchant.drift({ sandbox: true }, nowhere),
    ]) {
      expect(told.exitCode).toBe(0);
      expect(told.text).toContain("SANDBOX");
    }
    expect(merchant.read(lockfile)).toBe(before);
    expect(existsSync(join(merchant.cwd, ".gstable"))).toBe(true);
    expect(merchant.written()).toEqual([]);
  });
});
