import { describe, expect, it } from "vitest";
import { canaryKey, configFile, openScene } from "./scene.js";
import { link, product, shop } from "./shop.js";

const yaml = `version: 1
project: acme-store
variables: { site: https://acme.example }
accounts: { treasury: { id: acc_sandbox_main } }
products:
  beans:
    name: Beans
    commonPrices: [$24]
    imageUrl: \${site}/beans.png
paymentLinks:
  beans:
    linkType: fixed
    linkName: Beans
    account: treasury
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems: [{ product: beans, quantity: 1, unitPrice: $24 }]
`;

describe.concurrent("where a configuration may come from", () => {
  it("is YAML in the working directory", async () => {
    const scene = await openScene(yaml);
    expect((await scene.runHere("validate", "--json")).json().summary.entries).toMatchObject({
      product: 1,
      paymentLink: 1,
    });
    await scene.apply();
    expect(scene.sandbox.snapshot().paymentLinks[0]?.lineItems[0]?.unitPrice).toBe(24_000_000);
  });

  it("is standard input with `-c -`, whose paths start in the working directory", async () => {
    const scene = await openScene(shop({ include: ["more/*.yaml"] }));
    scene.write("more/cups.yaml", "products: { cup: { name: Cup, commonPrices: [$3] } }\n");
    const stdin = scene.read(configFile);
    scene.write(configFile, "this is not read");
    const apply = await scene.runHereWith({ stdin }, "apply", "-c", "-", "--auto-approve", "--json");
    expect(apply.json().summary).toMatchObject({ done: 5 });
    expect(scene.has("gstable.lock.json")).toBe(true);
    const broken = await scene.runHereWith(
      { stdin: "version: 1\nprojcet: x\n" },
      "validate",
      "-c",
      "-",
      "--json",
    );
    expect(broken.code).toBe(3);
    expect(broken.json().diagnostics).toContainEqual(
      expect.objectContaining({ source: { file: "<stdin>", line: 2, column: 1 } }),
    );
  });

  it("is a JSON file elsewhere, with its lockfile beside it", async () => {
    const scene = await openScene();
    scene.write("shop/gstable.json", shop());
    scene.write(configFile, "this is not read");
    await scene.apply("--config", "shop/gstable.json");
    expect(scene.has("shop/gstable.lock.json")).toBe(true);
    expect(scene.has("gstable.lock.json")).toBe(false);
    const flag = await scene.runHere(
      "plan",
      "--json",
      "-c",
      "shop/gstable.json",
      "--lockfile",
      "other.lock.json",
    );
    expect(flag.json().summary.adopt).toBe(4);
  });

  it("shows both places when two files have the same name, and refuses files outside", async () => {
    const scene = await openScene(shop({ include: ["more/*.yaml"] }));
    scene.write("more/again.yaml", "products: { mug: { name: Mug, commonPrices: [$3] } }\n");
    const twice = await scene.runHere("validate");
    expect(twice.code).toBe(3);
    expect(twice.stdout).toMatch(/more\/again\.yaml:1/);
    expect(twice.stdout).toContain(`${configFile}:`);
    scene.write(configFile, shop({ include: ["../*.yaml"] }));
    expect((await scene.runHere("validate")).code).toBe(3);
  });

  it("has its guards in a policy file of its own", async () => {
    const guarded = await openScene(shop({ policy: "gstable.policy.yaml" }));
    expect((await guarded.runHere("validate")).code).toBe(3); // there is no such file
    guarded.write("gstable.policy.yaml", "maxPriceChange: 10%\n");
    await guarded.apply();
    guarded.sandbox.clearRequests();
    const paymentLinks = { beans: link("beans", "$30"), mug: link("mug", "$12") };
    guarded.write(configFile, shop({ policy: "gstable.policy.yaml", paymentLinks }));
    const plan = await guarded.runHere("plan", "--json", "--detailed-exitcode");
    expect(plan.code).toBe(4);
    expect(plan.json().guards).toMatchObject([{ id: "price", state: "tripped" }]);
    guarded.write(
      "gstable.policy.yaml",
      `maxPriceChange: 10%\nallow: ["${plan.json().guards[0].allowWith}"]\n`,
    );
    const allowed = await guarded.apply("--json");
    expect(allowed.json().plan.guards).toMatchObject([{ state: "allowed" }]);
    expect(guarded.writes()).toHaveLength(1);
  });
});

describe.concurrent("environments", () => {
  const environments = {
    eu: { apiKeyEnv: "GSTABLE_API_KEY_EU" },
    us: { overrides: { paymentLinks: { mug: null, beans: { linkName: "Beans, US" } } } },
  };
  const config = shop({ environments });

  it("have a lockfile each, and do not touch what the other one manages", async () => {
    const scene = await openScene(config);
    const eu = { env: { GSTABLE_API_KEY_EU: canaryKey, GSTABLE_API_KEY: undefined } };
    const first = await scene.runHereWith(eu, "apply", "--env", "eu", "--auto-approve", "--json");
    expect(first.json()).toMatchObject({ exitCode: 0, plan: { environment: "eu" } });
    expect(scene.has("gstable.lock.eu.json")).toBe(true);
    const plan = (await scene.runHere("plan", "--env", "us", "--json")).json();
    expect(plan.summary).toMatchObject({ adopt: 0, create: 3, unmanaged: 0 });
    const ofEu = scene.read("gstable.lock.eu.json");
    scene.sandbox.clearRequests();
    await scene.apply("--env", "us");
    expect(scene.read("gstable.lock.eu.json")).toBe(ofEu);
    expect(scene.sandbox.snapshot().paymentLinks).toHaveLength(3);
    expect((await scene.runHereWith(eu, "plan", "--env", "eu", "--detailed-exitcode")).code).toBe(0);
  });

  it("have to be chosen, but not to validate", async () => {
    const scene = await openScene(config);
    expect((await scene.runHere("validate")).code).toBe(0);
    // The configuration is all right; the command line is not.
    expect((await scene.runHere("plan")).code).toBe(1);
    const misspelt = await scene.runHere("plan", "--env", "ue", "--json");
    expect(misspelt.code).toBe(1);
    expect(JSON.stringify(misspelt.json().diagnostics)).toContain("eu");
    expect(scene.sandbox.requests).toEqual([]);
  });

  it("never fall back to another key than the one that they name", async () => {
    const scene = await openScene(config);
    const plan = await scene.runHere("plan", "--env", "eu", "--json");
    expect(plan.code).toBe(1);
    expect(plan.json().diagnostics[0]).toMatchObject({ code: "GS6001" });
    expect(JSON.stringify(plan.json())).toContain("GSTABLE_API_KEY_EU");
    expect(scene.sandbox.requests).toEqual([]);
  });

  it("unset an entry with null, and cannot share a lockfile", async () => {
    const lockfile = "same.lock.json";
    const shared = { eu: { lockfile }, us: { lockfile } };
    const scene = await openScene(
      shop({ environments: shared, products: { beans: product("Beans"), mug: product("Mug") } }),
    );
    expect((await scene.runHere("validate")).code).toBe(3);
  });
});
