import { describe, expect, it, onTestFinished } from "vitest";
import { openAcceptScene } from "../commands/accept-scene.js";
import * as live from "../commands/import-scene.js";

const configFile = "gstable.config.yaml";

/** What a plan right after has to say. */
const nothing = { complete: true, changes: [], drift: [] };

// Depth: test/commands/import, test/commands/import-law (whatever an account holds).
describe("import", () => {
  it("writes YAML and lockfile for what exists, keeps every other byte, and leaves nothing to do", async () => {
    const before = `# who owns it\n${live.bare}`;
    const scene = live.openImportScene({ [configFile]: before });
    onTestFinished(() => scene.close());
    scene.sandbox.seed({
      products: [live.product("prd_1", { name: "Premium Plan" })],
      paymentLinks: [live.link("lnk_1", "prd_1", { linkName: "Premium Membership" })],
    });
    await scene.import([], { all: true });
    expect(scene.read(configFile)).toContain("# who owns it\nversion: 1\nproject: acme\n");
    expect(scene.lock().entries["paymentLink.premium-membership"]).toMatchObject({ id: "lnk_1" });
    expect(await scene.plan()).toMatchObject(nothing);
    expect(scene.writes()).toBe(0);
  });

  it("takes nothing from half a list", async () => {
    const scene = live.openImportScene();
    onTestFinished(() => scene.close());
    scene.sandbox.seed({ products: [live.product("prd_1")] });
    scene.sandbox.addFault({ match: { path: "/product/list", times: 0 }, do: { kind: "wrongTotal" } });
    expect((await scene.import([], { all: true })).exitCode).toBe(1);
    expect(scene.read(configFile)).toBe(live.bare);
    expect(scene.has("gstable.lock.json")).toBe(false);
  });
});

// Depth: test/commands/accept, test/commands/accept-law (whatever drifts, in whatever YAML).
describe("drift --accept", () => {
  it("writes what is live into the YAML, keeps every other byte, and leaves nothing to do", async () => {
    const before = `version: 1
project: acme # the owner
accounts: { treasury: { id: acc_01 } }
products:
  plan: { name: Plan, commonPrices: [$9.99] } # what everybody buys
`;
    const scene = openAcceptScene({ [configFile]: before });
    onTestFinished(() => scene.close());
    await scene.apply();
    const productId = scene.id("product.plan");
    scene.sandbox.dashboard.editProduct({ productId, commonPrices: [12_990_000] });
    expect(await scene.accept()).toMatchObject({ exitCode: 0, accepted: [{ address: "product.plan" }] });
    expect(scene.read(configFile)).toBe(before.replace("$9.99", "$12.99"));
    expect(await scene.plan()).toMatchObject(nothing);
    expect(scene.writes()).toBe(0);
  });
});
