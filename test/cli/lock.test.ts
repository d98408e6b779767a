import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Started } from "./run.js";
import { lockfile, openAppliedScene, openScene } from "./scene.js";
import { manyProducts } from "./shop.js";

describe.concurrent("the lock", () => {
  it("lets one of two applies through, and doubles nothing", async () => {
    const scene = await openScene(manyProducts(6), { latencyMs: 30 });
    const both: Started[] = [scene.start("apply", "--auto-approve"), scene.start("apply", "--auto-approve")];
    const ended = await Promise.all(both.map((one) => one.ended));
    const codes = ended.map(({ code }) => code).sort();
    expect(codes).toEqual([0, 1]);
    expect(ended.find(({ code }) => code === 1)?.stderr).toMatch(/GS3011[\s\S]*process \d+ on /);
    expect(scene.sandbox.snapshot()).toMatchObject({ products: { length: 6 }, paymentLinks: { length: 6 } });
    expect(scene.has(`${lockfile}.lock`)).toBe(false);
  });

  it("of a dead process is taken over, also where its process id was given away again", async () => {
    const scene = await openAppliedScene();
    const started = scene.start("sandbox");
    while (!started.stderr().includes("Ctrl-C")) await sleep(5);
    const alive = {
      host: hostname(),
      pid: started.child.pid,
      startedAt: "2026-01-01",
      token: "t",
      processStart: "1",
    };
    const locks = [{ ...alive, pid: 2 ** 22 + 1, processStart: undefined }, alive];
    for (const owner of process.platform === "linux" ? locks : locks.slice(0, 1)) {
      scene.write(`${lockfile}.lock`, owner);
      expect((await scene.run("apply", "--auto-approve")).code).toBe(0);
    }
    const { processStart: _, ...living } = alive;
    scene.write(`${lockfile}.lock`, living);
    expect((await scene.run("apply", "--auto-approve")).code).toBe(1);
    // What it has in its journal is no interrupted run.
    const { project, environment, origin } = JSON.parse(scene.read(lockfile));
    const first = { journal: 1, project, environment, origin };
    const journal = `${JSON.stringify(first)}\n{"type":"versionCodesUnreliable"}\n`;
    scene.write(`${lockfile}.journal`, journal);
    const codes = async () =>
      (await scene.run("plan", "--json")).json().diagnostics.map(({ code }: { code: string }) => code);
    expect(await codes()).toEqual(["GS3016"]);
    rmSync(join(scene.dir, `${lockfile}.lock`));
    expect(await codes()).toEqual(["GS3015"]);
    rmSync(join(scene.dir, `${lockfile}.journal`));
    started.child.kill("SIGINT");
    expect((await started.ended).code).toBe(0);
    expect((await scene.run("apply", "--auto-approve")).code).toBe(0);
  });
});
