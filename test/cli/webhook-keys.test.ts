import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFile, openScene, type Scene } from "./scene.js";
import { shop } from "./shop.js";

const hook = (name: string) => ({
  webhookName: name,
  webhookUrl: `https://api.acme.example/${name}`,
  subscribedEvents: ["session.paid"],
});
const keysFile = "keys.json";
const keysOf = (scene: Scene): Record<string, string> => JSON.parse(scene.read(keysFile));
const secretsOf = ({ sandbox }: Scene) => sandbox.snapshot().webhooks.map(({ key }) => String(key));

describe.concurrent("a webhook's signing key", () => {
  it("goes into the file of --webhook-keys, and nowhere else", async () => {
    const scene = await openScene(shop({ webhooks: { ledger: hook("ledger"), mail: hook("mail") } }));
    const applied = await scene.apply("--webhook-keys", keysFile, "--debug");
    const [first] = secretsOf(scene);
    expect(Object.keys(keysOf(scene)).sort()).toEqual(["webhook.ledger", "webhook.mail"]);
    expect(Object.values(keysOf(scene)).sort()).toEqual(secretsOf(scene).sort());
    if (process.platform !== "win32") expect(statSync(join(scene.dir, keysFile)).mode & 0o777).toBe(0o600);
    const rotated = await scene.runHere("webhook", "rotate", "ledger", "--yes", "--webhook-keys", keysFile);
    expect(rotated.code, rotated.stderr).toBe(0);
    expect(Object.values(keysOf(scene)).sort()).toEqual(secretsOf(scene).sort());
    const planned = await scene.runHere("plan", "--json", "--debug");
    const outputs = [applied, rotated, planned].map(({ stdout, stderr }) => stdout + stderr).join("");
    const files = readdirSync(scene.dir)
      .filter((name) => name !== keysFile)
      .map((name) => readFileSync(join(scene.dir, name), "utf8"))
      .join("");
    for (const key of [...secretsOf(scene), first ?? ""]) expect(outputs + files).not.toContain(key);
  });

  it("is not asked for where it could not be kept: nothing is sent", async () => {
    const scene = await openScene(shop({ webhooks: { ledger: hook("ledger") } }));
    scene.write("elsewhere.json", {});
    symlinkSync("elsewhere.json", join(scene.dir, "link.json"));
    for (const file of ["link.json", "no/such/directory/keys.json"]) {
      expect((await scene.runHere("apply", "--auto-approve", "--webhook-keys", file)).code, file).toBe(1);
    }
    expect(scene.writes()).toEqual([]);
    await scene.apply();
    const before = secretsOf(scene);
    expect((await scene.runHere("webhook", "rotate", "ledger", "--yes")).code).toBe(1);
    expect((await scene.runHere("webhook", "rotate", "ledger", "--webhook-keys", keysFile)).code).toBe(4);
    expect(secretsOf(scene)).toEqual(before);
    expect(scene.read(configFile)).toContain("ledger");
  });
});
