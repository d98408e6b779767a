import { describe, expect, it } from "vitest";
import { configFile, openScene, type Scene } from "./scene.js";
import { shop } from "./shop.js";
import { atTerminal, hasTerminal } from "./terminal.js";

const bare = "version: 1\nproject: acme-store\n";

async function withObjects(): Promise<Scene> {
  const scene = await openScene(bare);
  const { productId } = scene.sandbox.dashboard.createProduct({ name: "Beans" });
  scene.sandbox.dashboard.createLink({
    linkName: "Page of beans",
    lineItems: [{ productId, quantity: 1, unitPrice: 24_000_000 }],
  });
  scene.sandbox.clearRequests();
  return scene;
}

describe.concurrent("import", () => {
  it("with a restricted key writes files after which a plan is empty", async () => {
    const scene = await withObjects();
    const env = { GSTABLE_API_KEY: "rk_live_canary0123456789" };
    const imported = await scene.runHereWith({ env }, "import", "--all");
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain("paymentLink.page-of-beans");
    expect(imported.stdout).toContain("gstable-sync plan");
    expect((await scene.runHereWith({ env }, "plan", "--detailed-exitcode", "--refresh", "full")).code).toBe(
      0,
    );
    expect((await scene.runHereWith({ env }, "drift")).code).toBe(0);
    expect(scene.writes()).toEqual([]);
    expect((await scene.runHereWith({ env }, "import", "--all", "--json")).json()).toMatchObject({
      command: "import",
      exitCode: 0,
      imported: [],
      skipped: [],
    });
  });

  it("with --json prints one document, also where it cannot begin", async () => {
    const scene = await withObjects();
    expect((await scene.runHere("import", "--all", "--split", "--json")).json()).toMatchObject({
      exitCode: 0,
      imported: [{ address: "paymentLink.page-of-beans" }, { address: "product.beans" }],
      files: ["catalog/payment-links.yaml", "catalog/products.yaml", configFile],
    });
    expect((await scene.runHere("import", "--json")).json()).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS7014" }],
    });
    expect(
      (await scene.runHereWith({ stdin: bare }, "import", "--all", "-c", "-", "--json")).json(),
    ).toMatchObject({
      diagnostics: [{ code: "GS7010" }],
    });
  });

  it("with --sandbox says that the configuration is the real one", async () => {
    const scene = await openScene(`${bare}products:\n  beans: { name: Beans, commonPrices: [$1] }\n`);
    await scene.apply("--sandbox");
    const lock = JSON.parse(scene.read(".gstable/gstable.lock.json"));
    scene.write(".gstable/gstable.lock.json", { ...lock, entries: {} });
    scene.write(configFile, bare);
    const { code, stdout } = await scene.runHere("import", "--sandbox", "product.beans=none");
    expect([code, stdout]).toEqual([1, ""]);
    const all = await scene.runHere("import", "--sandbox", "--all");
    expect(all.stdout).toContain("SANDBOX");
    expect(all.stdout).toContain("real configuration");
    expect(scene.has("gstable.lock.json")).toBe(false);
    expect((await scene.runHere("plan", "--sandbox", "--detailed-exitcode")).code).toBe(0);
  });

  it("reads the sandbox also for a configuration that takes over objects of the real account", async () => {
    const imports = [{ to: "paymentLink.beans", id: "lnk_real" }];
    const scene = await openScene(shop({ imports }));
    expect((await scene.runHere("apply", "--sandbox", "--auto-approve")).code).toBe(0);
    const name = ".gstable/gstable.lock.json";
    const { "paymentLink.mug": _, ...entries } = JSON.parse(scene.read(name)).entries;
    scene.write(name, { ...JSON.parse(scene.read(name)), entries });
    const { mug: __, ...paymentLinks } = shop().paymentLinks;
    scene.write(configFile, shop({ imports, paymentLinks }));
    const ended = await scene.runHere("import", "--all", "--sandbox", "--json");
    expect(ended.json()).toMatchObject({ exitCode: 0, sandbox: true, imported: [{ name: "Page of mug" }] });
    expect((await scene.runHere("plan", "--sandbox", "--json")).json().changes).toEqual([]);
  });

  it.skipIf(!hasTerminal)("at a terminal shows what there is, and imports what is chosen", async () => {
    const scene = await withObjects();
    const { screen, code } = await atTerminal(scene, ["import"], [["Enter for none: ", "2\n"]]);
    expect(code).toBe(0);
    expect(screen).toContain("product  Beans");
    expect(screen).toContain("paymentLink  Page of beans");
    expect(scene.lock().entries).toHaveProperty("paymentLink.page-of-beans");
    const none = await atTerminal(scene, ["import"], [["Enter for none: ", "\n"]]);
    expect(none.screen).not.toContain("Enter for none: ");
  });

  it.skipIf(!hasTerminal)("an interrupt at the question leaves everything as it was", async () => {
    const scene = await withObjects();
    const { code } = await atTerminal(scene, ["import"], [["Enter for none: ", "\u0003"]]);
    expect(code).toBe(130);
    expect(scene.read(configFile)).toBe(bare);
    expect(scene.has("gstable.lock.json.lock")).toBe(false);
  });
});
