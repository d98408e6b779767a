import { describe, expect, it } from "vitest";
import { configFile, openScene } from "./scene.js";

describe.concurrent("init", () => {
  it("writes a starter that can be rehearsed as it is, without a key and without a network", async () => {
    const scene = await openScene();
    const env = { GSTABLE_API_KEY: "", GSTABLE_BASE_URL: "" };
    const dir = ["-c", "new/gstable.config.yaml"];
    const { code, stdout } = await scene.runWith({ env }, "init", ...dir);
    expect(code).toBe(0);
    expect(stdout).toContain("gstable-sync apply --sandbox -c new/gstable.config.yaml");
    expect((await scene.runWith({ env }, "validate", ...dir)).code).toBe(0);
    expect((await scene.runWith({ env }, "apply", "--sandbox", "--auto-approve", ...dir)).code).toBe(0);
    expect((await scene.runWith({ env }, "plan", "--sandbox", "--detailed-exitcode", ...dir)).code).toBe(0);
    expect(scene.sandbox.requests).toEqual([]);
  });

  it("keeps what is there, and asks nothing where nobody can answer", async () => {
    const scene = await openScene();
    const before = scene.read(configFile);
    expect((await scene.run("init", "--ci", "none", "--json")).json()).toMatchObject({
      command: "init",
      exitCode: 0,
      files: [
        { file: configFile, state: "kept" },
        { file: ".gitignore", state: "written" },
      ],
    });
    expect(scene.read(configFile)).toBe(before);
    expect(scene.sandbox.requests).toEqual([]);
  });
});
