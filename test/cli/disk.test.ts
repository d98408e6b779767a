import { execFile } from "node:child_process";
import { lstatSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cliPath } from "./run.js";
import { configFile, lockfile, openAppliedScene, openScene } from "./scene.js";
import { link, product, shop } from "./shop.js";

const shell = promisify(execFile);
const journal = `${lockfile}.journal`;

describe.concurrent("the disk", () => {
  const toDo = shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } });

  it("gets the directory of a lockfile when it is missing", async () => {
    const scene = await openScene();
    await scene.apply("--lockfile", "state/prod/gstable.lock.json");
    expect(scene.has("state/prod/gstable.lock.json")).toBe(true);
  });

  it("with a file where a directory should be stops the run before anything is sent", async () => {
    const scene = await openScene();
    scene.write("state", "I am a file");
    const ended = await scene.run(
      "apply",
      "--auto-approve",
      "--json",
      "--lockfile",
      "state/gstable.lock.json",
    );
    expect(ended.code).toBe(1);
    expect(ended.json().diagnostics[0].code).toBe("GS3010");
    expect(scene.writes()).toEqual([]);
  });

  it("keeps a lockfile that is a link one, and takes a link to nowhere for no missing lockfile", async () => {
    const scene = await openAppliedScene(toDo);
    renameSync(join(scene.dir, lockfile), join(scene.dir, "real.json"));
    symlinkSync("real.json", join(scene.dir, lockfile));
    scene.write(configFile, { ...toDo, products: { ...toDo.products, cup: product("Cup") } });
    await scene.apply();
    expect(lstatSync(join(scene.dir, lockfile)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(scene.read("real.json")).entries).toHaveProperty("product.cup");
    renameSync(join(scene.dir, "real.json"), join(scene.dir, "gone.json"));
    const before = scene.writes().length;
    const ended = await scene.run("apply", "--auto-approve", "--json");
    expect([ended.code, ended.json().diagnostics[0].code]).toEqual([1, "GS3010"]);
    expect(scene.writes().length).toBe(before);
  });

  it.skipIf(process.platform === "win32")(
    "that is full stops the run: what cannot be saved is not sent",
    async () => {
      const scene = await openAppliedScene();
      const attributes = ["a", "b"].map((name) => ({ name: name.repeat(60), value: name.repeat(90) }));
      const cup = product("Cup", { description: "x".repeat(900), attributes });
      scene.write(configFile, { ...toDo, products: { ...toDo.products, cup } });
      // Files may grow to 1 KiB: the lock fits, the intent of the new product does not.
      const script = 'ulimit -f 1; exec "$0" "$@"';
      const args = [
        "--norc",
        "-c",
        script,
        process.execPath,
        cliPath,
        "apply",
        "--auto-approve",
        "--target",
        "product.cup",
      ];
      const ended = await shell("bash", args, {
        cwd: scene.dir,
        env: { PATH: process.env.PATH ?? "", ...scene.env },
      }).catch((error: { code: number; stdout: string }) => error);
      expect("code" in ended && ended.code).toBe(1);
      expect(ended.stdout).toContain("GS3010");
      expect(scene.writes()).toEqual([]);
      await scene.apply();
      expect(scene.sandbox.snapshot().products).toHaveLength(3);
    },
  );

  it("is not overwritten where the lockfile changed during the run", async () => {
    const scene = await openAppliedScene(shop(), {});
    scene.write(configFile, toDo);
    scene.sandbox.addFault({ match: { path: "/payment/link/update" }, do: { kind: "delay", ms: 400 } });
    const started = scene.start("apply", "--auto-approve", "--json");
    while (scene.writes().length === 0) await sleep(5);
    const foreign = scene.read(lockfile).replace('"open": true', '"open": false');
    scene.write(lockfile, foreign);
    const ended = await started.ended;
    expect(ended.code).toBe(5);
    expect(ended.json().diagnostics).toContainEqual(expect.objectContaining({ code: "GS3012" }));
    expect(scene.read(lockfile)).toBe(foreign);
    expect(scene.read(journal)).toContain("paymentLink.beans");
  });
});
