import { linkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFile, lockfile, openAppliedScene, openScene, type Scene } from "./scene.js";
import { link, shop } from "./shop.js";

const included = "catalog/more.json";
const policy = "guards.yaml";

/** Applied, with something to do, and spread over several files. */
async function spreadScene(): Promise<Scene> {
  const scene = await openAppliedScene();
  scene.write(included, { products: { cup: { name: "Cup", commonPrices: ["$3"] } } });
  scene.write(policy, "maxPriceChange: 50%\n");
  scene.write(configFile, shop({ include: ["catalog/*.json"], policy }));
  return scene;
}

describe.concurrent("an output never replaces what the project lives on", () => {
  const own: readonly (readonly [what: string, args: readonly string[], kept: string])[] = [
    ["plan --out, the lockfile", ["plan", "--out", lockfile], lockfile],
    ["plan --out, the lockfile by another path", ["plan", "--out", `./catalog/../${lockfile}`], lockfile],
    ["plan --out, the configuration", ["plan", "--out", configFile], configFile],
    ["plan --out, an included file", ["plan", "--out", included], included],
    ["plan --report, the policy", ["plan", "--report", `markdown=${policy}`], policy],
    ["drift --report, the lockfile", ["drift", "--report", `html=${lockfile}`], lockfile],
    ["apply --report, the lockfile", ["apply", "--auto-approve", "--report", `json=${lockfile}`], lockfile],
    ["apply --report, the configuration", ["apply", "--report", `json=${configFile}`], configFile],
    ["validate --report, the configuration", ["validate", "--report", `json=${configFile}`], configFile],
    ["output --out, the lockfile", ["output", "--out", lockfile], lockfile],
    ["output --out, an included file", ["output", "--out", included, "--format", "json"], included],
    ["a wrong flag beside it", ["plan", "--allow", "x", "--report", `json=${lockfile}`], lockfile],
    ["apply --webhook-keys", ["apply", "--auto-approve", "--webhook-keys", lockfile], lockfile],
  ];

  it.each(own)("%s", async (_what, args, kept) => {
    const scene = await spreadScene();
    const before = scene.read(kept);
    const ended = await scene.runHere(...args, "--json");
    expect(ended.json()).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7006" }] });
    expect(ended.code).toBe(1);
    expect(scene.read(kept)).toBe(before);
    expect(scene.writes()).toEqual([]);
  });

  it("also through a link, and under a second name", async () => {
    const scene = await spreadScene();
    symlinkSync(lockfile, join(scene.dir, "soft.json"));
    linkSync(join(scene.dir, configFile), join(scene.dir, "hard.json"));
    for (const out of ["soft.json", "hard.json"])
      expect((await scene.runHere("plan", "--out", out)).stderr).toContain("GS7006");
  });

  it("nor the lockfile of another environment, where the configuration is broken", async () => {
    const scene = await spreadScene();
    scene.write("of-eu.json", scene.read(lockfile));
    scene.write(configFile, "version: [");
    const ended = await scene.runHere("plan", "--report", "markdown=of-eu.json");
    expect(ended.stderr).toContain("GS7006");
    expect(scene.read("of-eu.json")).toContain("lockfileVersion");
  });

  it("nor a lockfile that a first apply has only just made", async () => {
    const scene = await openScene(shop({ lockfile: "state.json" }));
    const ended = await scene.runHere("apply", "--auto-approve", "--report", "json=state.json", "--json");
    expect(ended.code).toBe(0);
    expect(ended.json()).toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS7006" })]),
    });
    expect(scene.read("state.json")).toContain("lockfileVersion");
    const fresh = await openScene();
    const refused = await fresh.runHere("apply", "--auto-approve", "--webhook-keys", lockfile);
    expect([refused.code, fresh.writes()]).toEqual([1, []]);
  });

  it("nor the reviewed plan that apply resumes with, nor another output", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } }));
    await scene.runHere("plan", "--out", "plan.json");
    const reviewed = scene.read("plan.json");
    const again = await scene.runHere("apply", "--plan", "plan.json", "--report", "json=plan.json");
    expect([again.code, scene.read("plan.json")]).toEqual([1, reviewed]);
    const twice = await scene.runHere("plan", "--out", "a.json", "--report", "markdown=./a.json");
    expect([twice.code, scene.has("a.json")]).toEqual([1, false]);
  });

  it("but yesterday's outputs, other files, and what is no file", async () => {
    const scene = await spreadScene();
    scene.write("notes.json", "{}");
    for (const out of ["plan.json", "plan.json", "notes.json"])
      expect((await scene.runHere("plan", "--out", out)).code, out).toBe(0);
    expect(scene.read("notes.json")).toContain("formatVersion");
    const both = ["--out", "/dev/null", "--report", "html=/dev/null"];
    expect((await scene.runHere("plan", ...both)).code).toBe(0);
  });
});
