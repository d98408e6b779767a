import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFile, openAppliedScene, openScene, type Scene } from "./scene.js";
import { link, shop } from "./shop.js";

const priced = (price: string) =>
  shop({ paymentLinks: { beans: link("beans", price), mug: link("mug", "$12") } });

/** A scene with a reviewed plan in plan.json that changes one price. */
async function openReviewed(): Promise<Scene> {
  const scene = await openAppliedScene();
  scene.write(configFile, priced("$25"));
  const plan = await scene.runHere("plan", "--out", "plan.json");
  expect(plan.code).toBe(0);
  return scene;
}

const hashIn = (scene: Scene) => JSON.parse(scene.read("plan.json")).hash as string;

describe.concurrent("what was reviewed is what is applied", () => {
  it("applies the reviewed plan by its file or by its hash", async () => {
    const byFile = await openReviewed();
    expect((await byFile.runHere("apply", "--plan", "plan.json")).code).toBe(0);
    expect(byFile.writes()).toHaveLength(1);
    expect((await byFile.runHere("apply", "--plan", "plan.json")).code).toBe(0);
    const byHash = await openReviewed();
    expect((await byHash.runHere("apply", "--plan-hash", hashIn(byHash))).code).toBe(0);
    expect(byHash.writes()).toHaveLength(1);
  });

  it("refuses when the configuration moved on, and names what was not reviewed", async () => {
    const scene = await openReviewed();
    scene.write(configFile, priced("$26"));
    for (const review of [
      ["--plan", "plan.json"],
      ["--plan-hash", hashIn(scene)],
    ]) {
      const stale = await scene.runHere("apply", "--json", ...review);
      expect(stale.code).toBe(6);
      expect(stale.json().diagnostics).toContainEqual(expect.objectContaining({ code: "GS4304" }));
      if (review[0] === "--plan")
        expect(stale.stdout).toContain("not as they were reviewed: paymentLink.beans");
    }
    expect(scene.writes()).toEqual([]);
  });

  it("refuses when somebody edited what the plan rests on", async () => {
    const scene = await openReviewed();
    const linkId = scene.lock().entries["paymentLink.beans"]?.id ?? "";
    scene.sandbox.dashboard.editLink({ linkId, linkName: "Edited" });
    expect((await scene.runHere("apply", "--plan", "plan.json")).code).toBe(6);
    expect(scene.writes()).toEqual([]);
  });

  it("never takes a plan file for its contents", async () => {
    const scene = await openReviewed();
    const plan = JSON.parse(scene.read("plan.json"));
    plan.changes[0].fields[0].after = "1.00";
    plan.changes[0].actions = ["disable"];
    scene.write("plan.json", plan);
    expect((await scene.runHere("apply", "--plan", "plan.json")).code).toBe(0);
    expect(scene.writes().map(({ path }) => path)).toEqual(["/api/v1/payment/link/update"]);
    const tampered = await openReviewed();
    const other = JSON.parse(tampered.read("plan.json"));
    other.changes[0].hash = "sha256-0";
    tampered.write("plan.json", { ...other, hash: "sha256-0" });
    expect((await tampered.runHere("apply", "--plan", "plan.json")).code).toBe(6);
    expect(tampered.writes()).toEqual([]);
  });

  it.each(["garbage", "{}", "[1,2]", ""])(
    "refuses %j as a plan before it asks the API anything",
    async (text) => {
      const scene = await openReviewed();
      scene.sandbox.clearRequests();
      scene.write("plan.json", text);
      const ended = await scene.runHere("apply", "--plan", "plan.json", "--json");
      expect(ended.code).toBe(1);
      expect(ended.json().diagnostics).toMatchObject([{ code: "GS4305" }]);
      expect(scene.sandbox.requests).toEqual([]);
    },
  );

  it("judges guards afresh, whatever was reviewed", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, priced("$240"));
    expect((await scene.runHere("plan", "--out", "plan.json", "--detailed-exitcode")).code).toBe(4);
    expect((await scene.runHere("apply", "--plan", "plan.json")).code).toBe(4);
    expect(scene.writes()).toEqual([]);
    const allowed = await scene.runHere("apply", "--plan", "plan.json", "--allow", "price:paymentLink.beans");
    expect(allowed.code).toBe(0);
  });

  it("resumes a reviewed plan with the same command after a part of it failed", async () => {
    const scene = await openScene();
    await scene.runHere("plan", "--out", "plan.json");
    scene.sandbox.addFault({
      match: { path: "/payment/link/create", nth: 2 },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    const first = await scene.runHere("apply", "--plan", "plan.json", "--json");
    expect(first.code).toBe(5);
    expect(first.json().summary).toMatchObject({ done: 3, failed: 1 });
    expect(first.json().failed).toMatchObject([
      { action: "create", error: { code: 400101, outcome: "refused" } },
    ]);
    const second = await scene.runHere("apply", "--plan", "plan.json", "--json");
    expect(second.json().summary).toMatchObject({ done: 1, failed: 0 });
    expect(second.code).toBe(0);
    expect(scene.sandbox.snapshot().paymentLinks).toHaveLength(2);
  });

  it("takes what is left of a reviewed plan for reviewed only where the money still goes to the same address", async () => {
    const scene = await openScene();
    await scene.run("plan", "--out", "plan.json");
    scene.sandbox.dashboard.changeAccountAddress({
      accountId: "acc_sandbox_main",
      accountAddress: `0x${"2".repeat(40)}`,
    });
    expect((await scene.run("apply", "--plan", "plan.json")).code).toBe(6);
    expect(scene.writes()).toEqual([]);
  });

  it("takes no plan that was made for the sandbox for a reviewed one of the live account", async () => {
    const scene = await openScene();
    expect((await scene.run("plan", "--sandbox", "--out", "plan.json")).code).toBe(0);
    expect((await scene.run("apply", "--plan", "plan.json")).code).toBe(6);
    expect(scene.writes()).toEqual([]);
  });

  it("tells how to go on after a failure with a command that works", async () => {
    const scene = await openScene();
    scene.sandbox.addFault({
      match: { path: "/payment/link/create" },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    const first = await scene.runHere("apply", "--auto-approve");
    expect(first.code).toBe(5);
    const command = /To resume[\s\S]*gstable-sync (apply .*)$/m.exec(first.stdout)?.[1] ?? "";
    expect((await scene.runHere(...command.split(" "))).code).toBe(0);
  });

  it("needs an approval where nobody can be asked, but none for nothing to do", async () => {
    const scene = await openReviewed();
    const refused = await scene.runHere("apply", "--json");
    expect(refused.code).toBe(4);
    expect(refused.json().diagnostics).toContainEqual(expect.objectContaining({ code: "GS4301" }));
    expect(refused.json().notAttempted).toMatchObject([{ action: "update" }]);
    expect(scene.writes()).toEqual([]);
    scene.write(configFile, shop());
    expect((await scene.runHere("apply")).code).toBe(0);
  });

  it("names the command that approves, with everything that this one had on its line", async () => {
    const scene = await openScene();
    scene.write("other.yaml", scene.read(configFile));
    const words = [
      "-c",
      "other.yaml",
      "--sandbox",
      "--target",
      "product.mug",
      "--allow",
      "price:paymentLink.mug",
    ];
    const refused = await scene.runHere("apply", ...words);
    expect(refused.code).toBe(4);
    const command = /GS4301[\s\S]*gstable-sync (apply .*)$/m.exec(refused.stdout)?.[1] ?? "";
    for (const word of words) expect(command).toContain(word);
    expect((await scene.runHere(...command.split(" "))).code).toBe(0);
  });

  it("answers --detailed-exitcode with 0, 2 or 4", async () => {
    const scene = await openReviewed();
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(2);
    scene.write(configFile, priced("$250"));
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(4);
    expect((await scene.runHere("plan")).code).toBe(0);
    scene.write(configFile, shop());
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(0);
    // Nothing to write, but apply would refuse: the account's payout address is another one.
    scene.sandbox.dashboard.changeAccountAddress({
      accountId: "acc_sandbox_main",
      accountAddress: `0x${"2".repeat(40)}`,
    });
    expect((await scene.runHere("apply", "--auto-approve")).code).toBe(4);
    expect((await scene.runHere("plan", "--detailed-exitcode")).code).toBe(4);
  });

  it("writes the same plan to --out and to stdout, and the same bytes twice", async () => {
    const scene = await openReviewed();
    const [one, two] = [
      await scene.runHere("plan", "--json", "--out", "one.json"),
      await scene.runHere("plan", "--json", "--out", "two.json"),
    ];
    expect(one.stdout).toBe(readFileSync(join(scene.dir, "one.json"), "utf8"));
    expect(two.stdout).toBe(one.stdout);
    expect((await scene.runHere("plan", "--out", "missing/plan.json")).code).toBe(1);
  });
});
