import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { lockfile, openScene, type Scene } from "./scene.js";
import { manyProducts, shop } from "./shop.js";

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
    const started = scene.start("apply", "--auto-approve", "--json");
    await untilWrites(scene, 2);
    started.child.kill("SIGINT");
    await sleep(300);
    started.child.kill("SIGINT");
    const ended = await started.ended;
    expect(ended.code).toBe(130);
    expect(ended.json()).toMatchObject({
      command: "apply",
      exitCode: 130,
      diagnostics: [{ code: "GS5003", severity: "error" }],
    });
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
