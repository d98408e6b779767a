import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cliPath, type Started } from "./run.js";
import { configFile, lockfile, openAppliedScene, openScene, type Scene } from "./scene.js";
import { link, manyProducts, product, shop } from "./shop.js";

const shell = promisify(execFile);
const journal = `${lockfile}.journal`;

/** Waits until the sandbox carried out so many writes. */
async function untilWrites(scene: Scene, count: number): Promise<void> {
  while (scene.writes().filter(({ executions }) => executions > 0).length < count) await sleep(5);
}

function expectEachOnce(scene: Scene, count: number): void {
  const { products, paymentLinks } = scene.sandbox.snapshot();
  const names = products.map(({ name }) => name).sort();
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(count);
  const sold = paymentLinks.map(({ linkName }) => linkName);
  expect(new Set(sold).size).toBe(sold.length);
  expect(sold).toHaveLength(count);
}

describe.concurrent("an apply that is stopped", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "saves its state at %s, exits 130, and the next one finishes",
    async (signal) => {
      const scene = await openScene(manyProducts(12), { latencyMs: 40 });
      const started = scene.start("apply", "--auto-approve", "--json");
      await untilWrites(scene, 5);
      started.child.kill(signal);
      const ended = await started.ended;
      expect(ended.code).toBe(130);
      expect(ended.json()).toMatchObject({ command: "apply", exitCode: 130 });
      expect(ended.json().done.length).toBeGreaterThan(0);
      expect(ended.json().notAttempted.length).toBeGreaterThan(0);
      expect(ended.stderr).toContain("Interrupted");
      const saved = Object.keys(scene.lock().entries).length;
      expect(saved).toBe(
        scene.sandbox.snapshot().products.length + scene.sandbox.snapshot().paymentLinks.length,
      );
      expect(scene.has(journal)).toBe(false);
      scene.sandbox.setKnobs({ latencyMs: 0 });
      await scene.apply();
      expectEachOnce(scene, 12);
    },
  );

  it("loses nothing when it is killed again and again: every object exists once", async () => {
    const scene = await openScene(manyProducts(20), { latencyMs: 8 });
    let kills = 0;
    for (let attempt = 0; ; attempt += 1) {
      const started = scene.start("apply", "--auto-approve", "--quiet", "--settle", "150ms");
      const before = scene.writes().length;
      if (attempt < 6) {
        await Promise.race([untilWrites(scene, before + 1 + attempt * 2), started.ended]);
        await sleep(attempt * 7);
        started.child.kill("SIGKILL");
      }
      const { code, signal, stdout, stderr } = await started.ended;
      if (signal === "SIGKILL") kills += 1;
      else expect(code, stdout + stderr).toBe(0);
      if (code === 0) break;
    }
    expect(kills).toBeGreaterThan(2);
    expectEachOnce(scene, 20);
    expect(scene.has(journal)).toBe(false);
    expect((await scene.run("plan", "--detailed-exitcode")).code).toBe(0);
  });

  it("ends a plan with 130 as well, and with nothing written", async () => {
    const scene = await openScene(shop(), { latencyMs: 2000 });
    const started = scene.start("plan", "--json");
    while (scene.sandbox.requests.length === 0) await sleep(5);
    started.child.kill("SIGINT");
    const ended = await started.ended;
    expect(ended.code).toBe(130);
    expect(ended.json()).toMatchObject({ command: "plan", exitCode: 130 });
  });

  it("stops at once at the second signal, and the next run still finds what was made", async () => {
    const scene = await openScene();
    scene.sandbox.addFault({ match: { path: "/product/create" }, do: { kind: "hang", carriedOut: true } });
    const started = scene.start("apply", "--auto-approve");
    await untilWrites(scene, 2);
    started.child.kill("SIGINT");
    await sleep(300);
    started.child.kill("SIGINT");
    expect((await started.ended).code).toBe(130);
    expect(scene.has(journal)).toBe(true);
    await scene.apply("--settle", "50ms");
    expect(scene.sandbox.snapshot().products).toHaveLength(2);
  });
});

describe.concurrent("what an interrupted run left", () => {
  /** Killed right after a create whose answer is still under way. */
  async function openKilled(): Promise<Scene> {
    const scene = await openScene();
    scene.sandbox.addFault({
      match: { path: "/payment/link/create" },
      do: { kind: "hang", carriedOut: true },
    });
    const started = scene.start("apply", "--auto-approve");
    await untilWrites(scene, 4);
    await sleep(50);
    started.child.kill("SIGKILL");
    await started.ended;
    scene.sandbox.clearRequests();
    return scene;
  }

  it("is shown by plan, which changes nothing, and folded by apply", async () => {
    const scene = await openKilled();
    const left = scene.read(journal);
    const hadLock = scene.has(lockfile);
    const plan = (await scene.run("plan", "--json", "--settle", "50ms")).json();
    expect(plan.diagnostics).toContainEqual(expect.objectContaining({ code: "GS3015", severity: "note" }));
    expect(plan.summary.create).toBe(0);
    expect(scene.read(journal)).toBe(left);
    expect(scene.has(lockfile)).toBe(hadLock);
    const applied = await scene.apply("--json", "--settle", "50ms");
    expect(applied.json().plan.hash).toBe(plan.hash);
    expect(scene.has(journal)).toBe(false);
    expect(Object.keys(scene.lock().entries)).toHaveLength(4);
    expect(scene.sandbox.snapshot().paymentLinks).toHaveLength(2);
    expect(scene.writes()).toEqual([]);
  });

  it("does not stop at half a last line, but at a damaged one before it", async () => {
    const scene = await openKilled();
    scene.write(journal, `${scene.read(journal)}{"type":"ent`);
    expect((await scene.run("plan")).code).toBe(0);
    const [first, ...rest] = scene.read(journal).split("\n");
    scene.write(journal, [first, "nonsense", ...rest].join("\n"));
    const stopped = await scene.run("apply", "--auto-approve", "--json");
    expect(stopped.code).toBe(1);
    expect(stopped.json().diagnostics).toMatchObject([{ code: "GS3009", source: { line: 2 } }]);
    expect(scene.writes()).toEqual([]);
  });
});

describe.concurrent("the lock", () => {
  it("lets one of two applies through, and doubles nothing", async () => {
    const scene = await openScene(manyProducts(6), { latencyMs: 30 });
    const both: Started[] = [scene.start("apply", "--auto-approve"), scene.start("apply", "--auto-approve")];
    const ended = await Promise.all(both.map((one) => one.ended));
    const codes = ended.map(({ code }) => code).sort();
    expect(codes).toEqual([0, 1]);
    expect(ended.find(({ code }) => code === 1)?.stderr).toMatch(/GS3011[\s\S]*process \d+ on /);
    expectEachOnce(scene, 6);
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
    started.child.kill("SIGINT");
    expect((await started.ended).code).toBe(0);
    expect((await scene.run("apply", "--auto-approve")).code).toBe(0);
  });
});

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
    expect(readFileSync(join(scene.dir, journal), "utf8")).toContain("paymentLink.beans");
  });
});
