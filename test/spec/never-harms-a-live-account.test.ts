import { describe, expect, it } from "vitest";
import { output } from "../../src/commands/output.js";
import type { OutputDocument } from "../../src/state/output-document.js";
import { guardIds } from "../../src/state/policy.js";
import { link, shop } from "../cli/shop.js";
import { ask, directoryWith } from "../commands/doctor-scene.js";
import { beansAlone, dearer, slipped } from "./catalogues.js";
import { configFile, lockfile, type Merchant, openAppliedMerchant, openMerchant } from "./merchant.js";

describe("looking", () => {
  // Depth: test/api/requests (nothing else gets out), test/cli/streams (every command that only looks).
  it("changes nothing, whatever there would be to do, and a restricted key is enough", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(dearer);
    const before = merchant.sandbox.snapshot();
    const reading = { env: { ...merchant.context.env, GSTABLE_API_KEY: "rk_live_0123456789" } };
    const keyless = { env: { ...merchant.context.env, GSTABLE_API_KEY: undefined } };
    expect((await merchant.plan({}, reading)).document.changes).toHaveLength(1);
    expect((await merchant.drift({}, reading)).exitCode).toBe(0);
    expect((await merchant.verify({}, keyless)).exitCode).toBe(0);
    expect(merchant.written()).toEqual([]);
    expect(merchant.sandbox.snapshot()).toEqual(before);
  });
});

describe("a guard", () => {
  // Depth: test/engine/guards (when each trips), test/commands/doctor-guards (that none can be disarmed).
  it("of each sort stops a plan that would do harm, before the first write", async () => {
    const { document } = await ask(directoryWith({ [configFile]: shop() }), { guards: true });
    expect(document.guards?.map(({ id, tripped, writes }) => ({ id, tripped, writes }))).toEqual(
      guardIds.map((id) => ({ id, tripped: true, writes: 0 })),
    );
  });

  it("refuses the whole apply, and lets through the one thing that was allowed, with its value", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(slipped);
    const refused = await merchant.apply();
    expect(refused.exitCode).toBe(4);
    expect(refused.document.plan?.guards).toMatchObject([
      { id: "price", allowWith: "price:paymentLink.beans=240.00" },
    ]);
    expect((await merchant.apply({ allow: ["price:paymentLink.beans=250.00"] })).exitCode).toBe(4);
    expect((await merchant.apply({ allow: ["price:paymentLink.mug"] })).exitCode).toBe(4);
    expect(merchant.written()).toEqual([]);
    expect((await merchant.apply({ allow: ["price:paymentLink.beans=240.00"] })).exitCode).toBe(0);
    expect(merchant.written()).toEqual(["payment/link/update"]);
  });

  it("compares with what is live, so that no edit of the lockfile disarms it", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(slipped);
    const honest = merchant.read(lockfile);
    const edited = honest.replaceAll("24000000", "240000000");
    expect(edited).not.toBe(honest);
    merchant.save(lockfile, edited);
    expect((await merchant.apply()).document.plan?.guards).toMatchObject([{ id: "price", state: "tripped" }]);
    expect(merchant.written()).toEqual([]);
  });
});

describe("what the lockfile does not list", () => {
  // Depth: test/cli/lifecycle, test/engine/plan.
  it("is never touched: it is shown as unmanaged", async () => {
    const merchant = await openAppliedMerchant();
    const theirs = merchant.sandbox.dashboard.createProduct({ name: "Made by hand" });
    merchant.write(beansAlone);
    const { document } = await merchant.apply();
    expect(document.plan?.unmanaged).toMatchObject([{ id: theirs.productId, name: "Made by hand" }]);
    const stored = merchant.sandbox.snapshot().products.find((one) => one.productId === theirs.productId);
    expect(stored).toEqual(theirs);
  });
});

describe("a public page", () => {
  it("keeps its URL through every change, and when its entry goes and comes back", async () => {
    const merchant = await openAppliedMerchant();
    const printed = await urlsOf(merchant);
    expect(new Set(Object.values(printed)).size).toBe(2);
    for (const config of [dearer, beansAlone, shop()]) {
      merchant.write(config);
      expect((await merchant.apply()).exitCode).toBe(0);
      expect(printed).toMatchObject(await urlsOf(merchant));
    }
    expect(await urlsOf(merchant)).toEqual(printed);
    expect(merchant.sandbox.snapshot().paymentLinks.map(({ status }) => status)).toEqual([
      "active",
      "active",
    ]);
  });

  it("that is born closed is closed at once, however many are under way", async () => {
    const merchant = openMerchant(
      shop({ paymentLinks: { mug: link("mug", "$12", { enabled: false }), beans: link("beans", "$24") } }),
    );
    await merchant.apply();
    const { paymentLinks } = merchant.sandbox.snapshot();
    expect(paymentLinks.map(({ status }) => status).sort()).toEqual(["active", "disabled"]);
    const links = merchant.written().filter((path) => path.startsWith("payment/link"));
    expect(links.slice(0, 3)).toContain("payment/link/disable");
  });
});

describe("what is not certain", () => {
  // Depth: test/engine/reading, test/cli/refusals.
  it("is not acted upon: half a list creates nothing and closes nothing", async () => {
    const merchant = await openAppliedMerchant();
    // The mug's page leaves, another one comes.
    merchant.write({
      ...beansAlone,
      paymentLinks: { ...beansAlone.paymentLinks, gift: link("beans", "$50") },
    });
    merchant.sandbox.addFault({
      match: { path: "/payment/link/list", times: 0 },
      do: { kind: "wrongTotal", by: 1 },
    });
    const planned = await merchant.plan();
    expect(planned).toMatchObject({ exitCode: 1, document: { complete: false } });
    expect(planned.document.changes?.map(({ actions }) => actions)).toEqual([]);
    expect((await merchant.apply()).exitCode).toBe(1);
    expect(merchant.written()).toEqual([]);
  });

  it("is another merchant's key: none of the recorded accounts is there, and nothing is compared", async () => {
    const merchant = await openAppliedMerchant();
    merchant.save(lockfile, merchant.read(lockfile).replaceAll("acc_sandbox_main", "acc_of_somebody"));
    expect(await merchant.apply()).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS3008" }] },
    });
    expect(merchant.written()).toEqual([]);
  });

  it("is another merchant's key: what is recorded is not asked for one by one, which would take long", async () => {
    const merchant = await openAppliedMerchant();
    merchant.save(lockfile, merchant.read(lockfile).replaceAll("acc_sandbox_main", "acc_of_somebody"));
    merchant.sandbox.dashboard.eraseLink({ linkId: merchant.idOf("paymentLink.mug") });
    merchant.sandbox.clearRequests();
    expect((await merchant.plan()).exitCode).toBe(1);
    const paths = merchant.sandbox.requests.map(({ path }) => path);
    expect(paths.filter((path) => !/\/list(\/\d+\/\d+)?$/.test(path))).toEqual([]);
  });

  // Depth: test/engine/apply/cases ("what changed between plan and apply").
  it("is an object that somebody edits meanwhile: it is read again right before its update, and left alone", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(dearer);
    const linkId = merchant.idOf("paymentLink.beans");
    // The plan reads the detail once; the second reading is the one before the update.
    merchant.sandbox.addFault({
      match: { method: "GET", path: linkId, nth: 2 },
      do: { kind: "dashboard", when: "before", action: "editLink", args: { linkId, linkName: "Edited" } },
    });
    const applied = await merchant.apply();
    expect(applied).toMatchObject({ exitCode: 6, document: { failed: [{ error: { outcome: "stale" } }] } });
    expect(merchant.written()).toEqual([]);
  });
});

/** The public pages, by name. */
async function urlsOf({ context }: Merchant): Promise<Readonly<Record<string, string | null>>> {
  const { document } = await output({ config: configFile }, context);
  const { paymentLinks } = document as OutputDocument;
  return Object.fromEntries(Object.entries(paymentLinks).map(([name, { url }]) => [name, url]));
}
