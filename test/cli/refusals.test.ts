import { describe, expect, it } from "vitest";
import { cases, fault } from "./refusal-cases.js";
import { configFile, lockfile, openAppliedScene, type Scene } from "./scene.js";
import { link, product, shop } from "./shop.js";

/** Something would be to do in every case. */
const changed = shop({
  products: { beans: product("Beans"), mug: product("Mug"), cup: product("Cup") },
  paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") },
});

describe.concurrent("nothing is written, and it says why", () => {
  it.each(cases)("with $title", async ({ prepare, env = {}, args = [], apply, plan = apply, code }) => {
    const scene = await openAppliedScene();
    scene.write(configFile, changed);
    await prepare(scene);
    const lockBefore = scene.has(lockfile) ? snapshot(scene) : undefined;
    // How a wrong command line is told is the program's own.
    const run = code === "GS7002" ? scene.runWith : scene.runHereWith;
    const [applied, planned] = await Promise.all([
      run({ env }, "apply", "--auto-approve", "--json", ...args),
      run({ env }, "plan", "--json", ...args),
    ]);
    expect(applied.code, applied.stdout).toBe(apply);
    expect(planned.code, planned.stdout).toBe(plan);
    expect(scene.sandbox.requests.filter(({ write, executions }) => write && executions > 0)).toEqual([]);
    expect(scene.has(lockfile) ? snapshot(scene) : undefined).toBe(lockBefore);
    for (const [command, ended] of [
      ["apply", applied],
      ["plan", planned],
    ] as const) {
      const document = ended.json();
      expect(document).toMatchObject({ formatVersion: 1, command, exitCode: ended.code });
      if (ended.code !== 0) expect(document.diagnostics.length).toBeGreaterThan(0);
      const codes = document.diagnostics.map((diagnostic: { code: string }) => diagnostic.code);
      if (code !== undefined && ended.code === apply) expect(codes).toContain(code);
    }
  });

  it("also by `state`: a lockfile of another API names other objects", async () => {
    const scene = await openAppliedScene();
    const text = scene.read(lockfile).replace(/"origin": "[^"]+"/, '"origin": "https://api.gstable.io"');
    scene.write(lockfile, text);
    for (const args of [["list"], ["rm", "paymentLink.mug"]]) {
      const ended = await scene.runHere("state", ...args, "--json");
      expect(ended.code).toBe(1);
      expect(ended.json().diagnostics).toMatchObject([
        { code: "GS3007", source: { file: lockfile, line: 5, column: 3 } },
      ]);
    }
    expect(scene.read(lockfile)).toBe(text);
  });

  it("an environment that there is not is a matter of the command line, in `validate` too", async () => {
    const scene = await openAppliedScene();
    for (const config of [shop(), shop({ environments: { eu: {}, us: {} } })]) {
      scene.write(configFile, config);
      for (const command of ["validate", "plan", "output"]) {
        const ended = await scene.runHere(command, "--env", "ue", "--json");
        expect(ended.json(), command).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS1602" }] });
        expect(ended.code).toBe(1);
      }
    }
    expect((await scene.runHere("validate")).code).toBe(0);
  });

  it("tells an invalid configuration's problems beside a missing key", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, shop({ producst: {} }));
    const ended = await scene.runHereWith({ env: { GSTABLE_API_KEY: undefined } }, "plan", "--json");
    const codes = ended.json().diagnostics.map((diagnostic: { code: string }) => diagnostic.code);
    expect(codes).toContain("GS6001");
    expect(codes.filter((code: string) => code.startsWith("GS1"))).not.toEqual([]);
  });

  it("marks a plan from an incomplete list, and plans neither creates nor retirements from it", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, { ...changed, paymentLinks: { beans: link("beans", "$25") } });
    fault("/payment/link/list", { kind: "wrongTotal", by: 1 })(scene);
    const ended = await scene.runHere("plan", "--json");
    expect(ended.code).toBe(1);
    expect(ended.json().complete).toBe(false);
    expect(ended.json().summary).toMatchObject({ create: 0, disable: 0, archive: 0 });
  });
});

function snapshot(scene: Scene): string | undefined {
  try {
    return scene.read(lockfile);
  } catch {
    return undefined; // a directory lies there
  }
}
