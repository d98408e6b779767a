import { describe, expect, it } from "vitest";
import { openAppliedScene, openScene } from "./scene.js";
import { link, manyProducts, shop } from "./shop.js";

describe.concurrent("plan and apply converge", () => {
  it("applies a new configuration, and a second apply writes nothing", async () => {
    const scene = await openScene();
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(2);
    const first = await scene.apply("--json");
    expect(first.json().summary).toMatchObject({ done: 4, failed: 0, writes: 4 });
    const lock = scene.read("gstable.lock.json");
    scene.sandbox.clearRequests();
    const second = await scene.apply("--json");
    expect(second.json().summary).toMatchObject({ done: 0, writes: 0 });
    expect(scene.writes()).toEqual([]);
    expect(scene.read("gstable.lock.json")).toBe(lock);
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
  });

  it("reads 300 products and 300 links in list pages and at most three other calls", async () => {
    const scene = await openScene(manyProducts(300));
    await scene.apply("--quiet");
    expect(scene.sandbox.snapshot().paymentLinks).toHaveLength(300);
    scene.sandbox.clearRequests();
    const plan = await scene.runHere("plan", "--json");
    expect(plan.json()).toMatchObject({ exitCode: 0, changes: [], summary: { unchanged: 600 } });
    const pages = scene.reads().filter((path) => /\/(product|payment\/link)\/list\/\d+\/\d+$/.test(path));
    expect(pages).toHaveLength(6);
    expect(scene.sandbox.requests.length).toBeLessThanOrEqual(9);
    expect(plan.json().summary.apiCalls).toBe(scene.sandbox.requests.length);
  });

  it("sends exactly one update for a changed price", async () => {
    const scene = await openAppliedScene();
    const changed = shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } });
    scene.write("gstable.config.yaml", changed);
    const plan = (await scene.runHere("plan", "--json")).json();
    expect(plan.changes).toMatchObject([
      {
        address: "paymentLink.beans",
        actions: ["update"],
        risks: ["price"],
        url: { kept: true },
        fields: [{ path: "lineItems[0].unitPrice", before: "24.00", after: "25.00", cause: "config" }],
      },
    ]);
    await scene.apply();
    expect(scene.writes().map(({ path }) => path)).toEqual(["/api/v1/payment/link/update"]);
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
  });

  it("finds what somebody edited in the dashboard, and repairs it once that is allowed", async () => {
    const scene = await openAppliedScene();
    const linkId = scene.lock().entries["paymentLink.beans"]?.id ?? "";
    scene.sandbox.dashboard.editLink({ linkId, successUrl: "https://evil.example/" });
    expect((await scene.runHere("plan", "--detailed-exitcode", "--refresh", "full")).code).toBe(2);
    const drift = await scene.runHere("drift", "--json");
    expect(drift.code).toBe(2);
    expect(drift.json()).toMatchObject({
      command: "drift",
      exitCode: 2,
      drift: [
        { address: "paymentLink.beans", fields: [{ path: "successUrl", cause: "drift", risk: "exit" }] },
      ],
    });
    expect(scene.writes()).toEqual([]);
    await scene.apply();
    expect(scene.sandbox.snapshot().paymentLinks.find((one) => one.linkId === linkId)?.successUrl).toBe(
      undefined,
    );
    expect((await scene.runHere("drift")).code).toBe(0);
  });

  it("puts a price back only when the guard is talked past", async () => {
    const scene = await openAppliedScene();
    const linkId = scene.lock().entries["paymentLink.beans"]?.id ?? "";
    const lineItems = [
      { productId: scene.lock().entries["product.beans"]?.id ?? "", quantity: 1, unitPrice: 2_400_000 },
    ];
    scene.sandbox.dashboard.editLink({ linkId, lineItems });
    const refused = await scene.runHere("apply", "--auto-approve", "--json");
    expect(refused.code).toBe(4);
    expect(refused.json().plan.guards).toMatchObject([{ id: "price", state: "tripped" }]);
    expect(scene.writes()).toEqual([]);
    await scene.apply("--allow", "price:paymentLink.beans");
    expect(scene.writes()).toHaveLength(1);
  });

  it("changes nothing that an ignored field holds, and goes on naming it as drift", async () => {
    const lifecycle = { ignoreChanges: ["customSuccessText"] };
    const beans = link("beans", "$24", { customSuccessText: "Thanks", lifecycle });
    const scene = await openAppliedScene(shop({ paymentLinks: { beans } }));
    const linkId = scene.lock().entries["paymentLink.beans"]?.id ?? "";
    scene.sandbox.dashboard.editLink({ linkId, customSuccessText: "Merry Christmas" });
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
    const drift = await scene.runHere("drift", "--json");
    expect(drift.json().drift[0].fields).toMatchObject([{ path: "customSuccessText", ignored: true }]);
    expect(drift.code).toBe(0);
    await scene.apply();
    expect(scene.writes()).toEqual([]);
  });
});
