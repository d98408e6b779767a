import { describe, expect, it } from "vitest";
import { configFile, lockfile, openAppliedScene, openScene, type Scene } from "./scene.js";
import { link, product, shop } from "./shop.js";

const beans = { beans: link("beans", "$24") };
const both = { beans: link("beans", "$24"), mug: link("mug", "$12") };
const threeLinks = { ...both, extra: link("mug", "$13", { linkName: "Extra" }) };
const idOf = (scene: Scene, address: string) => scene.lock().entries[address]?.id;

describe.concurrent("entries come, go and come back", () => {
  it("disables a removed link, archives a removed product, and revives the same ids", async () => {
    const scene = await openAppliedScene();
    const before = { link: idOf(scene, "paymentLink.mug"), product: idOf(scene, "product.mug") };
    scene.write(configFile, shop({ products: { beans: product("Beans") }, paymentLinks: beans }));
    await scene.apply();
    expect(scene.writes().map(({ path }) => path)).toEqual([
      "/api/v1/payment/link/disable",
      "/api/v1/product/archive",
    ]);
    expect(scene.lock().entries["paymentLink.mug"]).toMatchObject({ id: before.link, retired: true });
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
    scene.write(configFile, shop());
    await scene.apply();
    expect(idOf(scene, "paymentLink.mug")).toBe(before.link);
    expect(idOf(scene, "product.mug")).toBe(before.product);
    const state = scene.sandbox.snapshot();
    expect(state.paymentLinks.map(({ status }) => status)).toEqual(["active", "active"]);
    expect(state.products.map(({ status }) => status)).toEqual(["active", "active"]);
  });

  it("refuses to close more than one and more than a fifth of the links at once", async () => {
    const scene = await openAppliedScene(shop({ paymentLinks: threeLinks }));
    scene.write(configFile, shop({ paymentLinks: beans }));
    const refused = await scene.runHere("apply", "--auto-approve", "--json");
    expect(refused.code).toBe(4);
    expect(refused.json().plan.guards).toMatchObject([{ id: "retire", address: "config" }]);
    expect(scene.writes()).toEqual([]);
    await scene.apply("--allow", "retire:config");
    expect(scene.writes()).toHaveLength(2);
  });

  it("renames an entry with `moved` without touching the live object", async () => {
    const scene = await openAppliedScene();
    const id = idOf(scene, "paymentLink.mug");
    const paymentLinks = { ...beans, "big-mug": link("mug", "$12") };
    const moved = [{ from: "paymentLink.mug", to: "paymentLink.big-mug" }];
    scene.write(configFile, shop({ paymentLinks, moved }));
    await scene.apply();
    expect(scene.writes()).toEqual([]);
    expect(idOf(scene, "paymentLink.big-mug")).toBe(id);
    expect(idOf(scene, "paymentLink.mug")).toBe(undefined);
    const again = await scene.runHere("plan", "--json");
    expect(again.json()).toMatchObject({ exitCode: 0, changes: [] });
  });

  it("stops a rename that forgot `moved`, and prints the line to write", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, shop({ paymentLinks: { ...beans, "big-mug": link("mug", "$12") } }));
    const refused = await scene.runHere("apply", "--auto-approve");
    expect(refused.code).toBe(4);
    expect(refused.stdout.replace(/\s+/g, " ")).toContain(
      "{ from: paymentLink.mug, to: paymentLink.big-mug }",
    );
    expect(scene.writes()).toEqual([]);
  });

  it("takes over what `imports` names, as a step of the plan", async () => {
    const scene = await openScene(shop());
    await scene.apply();
    const id = idOf(scene, "paymentLink.beans");
    const renamed = { beans: link("beans", "$24", { linkName: "New name" }), mug: both.mug };
    const imports = [{ to: "paymentLink.beans", id }];
    scene.write(configFile, shop({ paymentLinks: renamed, imports }));
    const elsewhere = ["--lockfile", "second.lock.json"];
    scene.sandbox.clearRequests();
    const plan = (await scene.runHere("plan", "--json", ...elsewhere)).json();
    expect(
      plan.changes.find(({ address }: { address: string }) => address === "paymentLink.beans"),
    ).toMatchObject({
      id,
      actions: ["adopt", "update"],
    });
    await scene.apply(...elsewhere);
    expect(scene.writes().map(({ path }) => path)).toEqual(["/api/v1/payment/link/update"]);
    expect(scene.sandbox.snapshot().paymentLinks).toHaveLength(2);
  });

  it("adopts everything that equals the configuration when the lockfile is lost", async () => {
    const scene = await openAppliedScene();
    const before = scene.read(lockfile);
    const away = ["--lockfile", "found-again.lock.json"];
    const plan = (await scene.runHere("plan", "--json", ...away)).json();
    expect(plan.summary).toMatchObject({ adopt: 4, create: 0 });
    await scene.apply(...away);
    expect(scene.writes()).toEqual([]);
    expect(scene.read("found-again.lock.json")).toBe(before);
  });

  it("changes with --target only what was named and what that refers to", async () => {
    const scene = await openScene();
    const plan = (await scene.runHere("plan", "--json", "--target", "paymentLink.mug")).json();
    expect(plan.partial).toBe(true);
    expect(plan.changes.map(({ address }: { address: string }) => address).sort()).toEqual([
      "paymentLink.mug",
      "product.mug",
    ]);
    await scene.apply("--target", "paymentLink.mug");
    expect(Object.keys(scene.lock().entries)).toEqual(["paymentLink.mug", "product.mug"]);
    const wrong = await scene.runHere("plan", "--json", "--target", "paymentLink.mugg");
    expect(wrong.code).toBe(1);
  });

  it("takes a target that is named twice for one: the reviewed hash stays", async () => {
    const scene = await openScene();
    const target = ["--target", "paymentLink.mug"];
    const once = await scene.runHere("plan", "--json", ...target);
    expect((await scene.runHere("plan", "--json", ...target, ...target)).stdout).toBe(once.stdout);
  });

  it("makes a vanished link anew only when that is allowed, and remembers the old id", async () => {
    const scene = await openAppliedScene();
    const id = idOf(scene, "paymentLink.mug") ?? "";
    scene.sandbox.dashboard.eraseLink({ linkId: id });
    const refused = await scene.runHere("apply", "--auto-approve", "--json");
    expect(refused.code).toBe(4);
    expect(refused.json().plan.guards).toMatchObject([{ id: "missing", address: "paymentLink.mug" }]);
    expect((await scene.runHere("drift")).code).toBe(2);
    expect(scene.writes()).toEqual([]);
    const done = (await scene.apply("--json", "--allow", "missing:paymentLink.mug")).json();
    expect(done.plan.changes[0].url.kept).toBe(false);
    expect(scene.lock().entries["paymentLink.mug"]?.formerIds).toEqual([id]);
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
  });

  it("keeps a protected page open when its entry is deleted together with the protection", async () => {
    const mug = link("mug", "$12", { lifecycle: { protect: true } });
    const scene = await openAppliedScene(shop({ paymentLinks: { ...beans, mug } }));
    scene.write(configFile, shop({ paymentLinks: beans }));
    const refused = await scene.runHere("apply", "--auto-approve", "--json");
    expect(refused.code).toBe(4);
    expect(refused.json().plan.guards).toMatchObject([{ id: "protect", address: "paymentLink.mug" }]);
    expect(scene.writes()).toEqual([]);
  });
});
