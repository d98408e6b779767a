import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canaryKey, configFile, openAppliedScene, openScene } from "./scene.js";
import { shop } from "./shop.js";

describe.concurrent("doctor", () => {
  it("finds nothing wrong after an apply, reads only, and prints one document", async () => {
    const scene = await openAppliedScene();
    const ended = await scene.run("doctor", "--json");
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.json()).toMatchObject({ formatVersion: 1, command: "doctor", exitCode: 0, diagnostics: [] });
    const states = ended.json().checks.map(({ state }: { state: string }) => state);
    expect(new Set(states)).toEqual(new Set(["ok"]));
    expect(scene.writes()).toEqual([]);
    expect(ended.stdout + ended.stderr).not.toContain(canaryKey);
  });

  it("exits 1 without a key, and with a key that the API refuses", async () => {
    const scene = await openScene();
    const none = await scene.runWith({ env: { GSTABLE_API_KEY: undefined } }, "doctor");
    expect(none.code).toBe(1);
    expect(none.stdout).toContain("GSTABLE_API_KEY is empty");
    scene.sandbox.setKnobs({ acceptedKeys: ["sk_live_another"], authErrorBody: "html" });
    const refused = await scene.run("doctor");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("The API refuses the key");
    expect(refused.stdout + refused.stderr).not.toContain(canaryKey);
  });

  it("tells an invalid configuration with its place, and goes on", async () => {
    const scene = await openScene();
    scene.write(configFile, shop({ producst: {} }));
    const ended = await scene.run("doctor", "--debug");
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain(`${configFile}:`);
    expect(ended.stdout).toMatch(/ok +merchant-api/);
  });

  it("trips every guard without key, network or a file", async () => {
    const scene = await openScene();
    const env = { GSTABLE_API_KEY: undefined, GSTABLE_BASE_URL: undefined };
    const ended = await scene.runWith({ env }, "doctor", "--guards");
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).toContain("10 guards armed, 10 tripped on purpose, nothing was written");
    expect(scene.sandbox.requests).toEqual([]);
    expect(readdirSync(scene.dir)).toEqual([configFile]);
  });

  it("shows only what is not well with --quiet", async () => {
    const scene = await openScene();
    const ended = await scene.run("doctor", "--quiet");
    expect(ended.stdout).not.toMatch(/^ +ok /m);
    expect(ended.stdout).toMatch(/^Doctor: .*ok/m);
  });
});
