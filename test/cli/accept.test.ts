import { describe, expect, it } from "vitest";
import { configFile, lockfile, openScene, type Scene } from "./scene.js";

const text = `version: 1
project: acme-store
accounts: { treasury: { id: acc_sandbox_main } }
products:
  beans: { name: Beans, commonPrices: [$9.99] } # the best
paymentLinks:
  beans:
    linkType: fixed
    linkName: Page of beans
    account: treasury
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems: [{ product: beans, quantity: 1, unitPrice: $24 }] # per bag
`;

async function drifted(): Promise<Scene> {
  const scene = await openScene(text);
  await scene.apply();
  const linkId = scene.lock().entries["paymentLink.beans"]?.id ?? "";
  const productId = scene.lock().entries["product.beans"]?.id ?? "";
  scene.sandbox.dashboard.editLink({
    linkId,
    lineItems: [{ productId, quantity: 1, unitPrice: 26_500_000 }],
  });
  scene.sandbox.clearRequests();
  return scene;
}

describe.concurrent("drift --accept", () => {
  it("writes what is live, says where, and leaves nothing to do", async () => {
    const scene = await drifted();
    const ended = await scene.runHere("drift", "--accept");
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(configFile);
    expect(ended.stdout).toContain("paymentLink.beans  lineItems[0].unitPrice");
    expect(scene.read(configFile)).toBe(text.replace("$24", "$26.50"));
    expect((await scene.runHere("plan", "--detailed-exitcode", "--refresh", "full")).code).toBe(0);
    expect((await scene.runHere("drift")).code).toBe(0);
    expect(scene.writes()).toEqual([]);
    const again = await scene.runHere("drift", "--accept", "--json");
    expect(again.json()).toMatchObject({ exitCode: 0, accepted: [], files: [], diagnostics: [] });
  });

  it("has one document with --json", async () => {
    const scene = await drifted();
    expect((await scene.runHere("drift", "--accept", "paymentLink.beans", "--json")).json()).toMatchObject({
      formatVersion: 1,
      command: "drift",
      exitCode: 0,
      accepted: [{ address: "paymentLink.beans", fields: ["lineItems[0].unitPrice"] }],
      files: [configFile],
    });
  });

  it("after a crash between the two files the next plan is empty all the same", async () => {
    const scene = await drifted();
    const before = scene.read(lockfile);
    await scene.runHere("drift", "--accept");
    scene.write(lockfile, before);
    expect((await scene.runHere("plan", "--detailed-exitcode", "--refresh", "full")).code).toBe(0);
    await scene.apply();
    expect(scene.writes()).toEqual([]);
  });

  it("takes addresses only where it accepts, and only known ones", async () => {
    const scene = await drifted();
    expect((await scene.run("drift", "paymentLink.beans")).code).toBe(1);
    expect((await scene.run("drift", "--accept", "--unmanaged")).code).toBe(1);
    const unknown = await scene.runHere("drift", "--accept", "paymentLink.nobody", "--json");
    expect(unknown.json()).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7011" }] });
    const stdin = await scene.runHereWith({ stdin: text }, "drift", "--accept", "-c", "-", "--json");
    expect(stdin.json()).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7010" }] });
    expect(scene.read(configFile)).toBe(text);
  });

  it("works while an interrupted run left its journal, and keeps what that knows", async () => {
    const scene = await drifted();
    const { project, environment, origin } = JSON.parse(scene.read(lockfile));
    const { id } = scene.lock().entries["product.beans"] ?? { id: "" };
    const entry = JSON.parse(scene.read(lockfile)).entries["product.beans"];
    scene.write(
      `${lockfile}.journal`,
      [
        { journal: 1, project, environment, origin },
        { type: "entry", address: "product.beans", entry },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    );
    expect((await scene.runHere("drift", "--accept")).code).toBe(0);
    expect(scene.has(`${lockfile}.journal`)).toBe(false);
    expect(scene.lock().entries["product.beans"]?.id).toBe(id);
  });
});
