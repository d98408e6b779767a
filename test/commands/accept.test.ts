import { chmodSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { NetworkOptions } from "../../src/commands/context.js";
import { type AcceptScene, CONFIG, openAcceptScene } from "./accept-scene.js";

const shop = `version: 1
project: acme # the owner
accounts:
  treasury: { id: acc_01 }
  other: { id: acc_02 }

products:
  # what everybody buys
  plan:
    name: Plan # on the page
    commonPrices: [$9.99, $99]
    imageUrl: https://acme.example/plan.png
    attributes:
      - name: Duration # how long
        value: 1 Month
  extra: { name: Extra, commonPrices: [$5] }

paymentLinks:
  monthly:
    linkType: fixed
    linkName: Monthly
    account: treasury # where it goes
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems:
      - product: plan # the plan
        quantity: 1
        unitPrice: $9.99 # was $8
`;

let scene: AcceptScene | undefined;
afterEach(() => scene?.close());

async function applied(
  files: Readonly<Record<string, string>> = { [CONFIG]: shop },
  options: Partial<NetworkOptions> = {},
): Promise<AcceptScene> {
  scene = openAcceptScene(files, options);
  await scene.apply();
  return scene;
}

/** Nothing is left to do, nothing was written to the account, and the lockfile knows it all. */
async function expectSettled(one: AcceptScene): Promise<void> {
  expect(await one.plan()).toMatchObject({ changes: [], drift: [] });
  expect(await one.drift()).toMatchObject({ exitCode: 0 });
  expect(one.writes()).toBe(0);
}

describe("drift --accept", () => {
  it.each([
    ["an API key", "Ask Jo: sk_live_0123456789abcdef"],
    ["a signing key", "wkk_0123456789abcdef"],
  ])("writes %s neither into the repository nor anywhere else", async (_, description) => {
    const one = await applied();
    const before = [one.read(CONFIG), one.read("gstable.lock.json")];
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), description });
    const { exitCode, document, render } = await one.acceptResult();
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({
      accepted: [],
      left: [
        {
          address: "product.plan",
          fields: ["description"],
          why: expect.stringContaining("holds an API key"),
        },
      ],
      files: [],
    });
    expect(render({ colour: false, unicode: true, width: 100 })).not.toContain("0123456789");
    expect([one.read(CONFIG), one.read("gstable.lock.json")]).toEqual(before);
  });

  it("writes a price, a text and a new item, and leaves every other byte", async () => {
    const one = await applied();
    const linkId = one.id("paymentLink.monthly");
    one.sandbox.dashboard.editLink({
      linkId,
      linkName: "Monthly: new",
      lineItems: [
        { productId: one.id("product.plan"), quantity: 1, unitPrice: 12_990_000 },
        { productId: one.id("product.extra"), quantity: 2, unitPrice: 5_000_000 },
      ],
    });
    expect(await one.accept()).toMatchObject({
      exitCode: 0,
      accepted: [
        {
          address: "paymentLink.monthly",
          fields: ["linkName", "lineItems[0].unitPrice", "lineItems[1]"],
        },
      ],
      left: [],
      files: [CONFIG],
      diagnostics: [],
    });
    expect(one.read(CONFIG)).toBe(
      `${shop
        .replace("linkName: Monthly", 'linkName: "Monthly: new"')
        .replace("$9.99 # was", "$12.99 # was")}      - product: extra
        quantity: 2
        unitPrice: $5
`,
    );
    await expectSettled(one);
  });

  it("closes and opens in the YAML what was closed and opened outside", async () => {
    const one = await applied();
    one.sandbox.dashboard.disableLink({ linkId: one.id("paymentLink.monthly") });
    expect((await one.accept()).accepted).toEqual([{ address: "paymentLink.monthly", fields: ["enabled"] }]);
    expect(one.read(CONFIG)).toBe(`${shop}    enabled: false\n`);
    await expectSettled(one);
    one.sandbox.dashboard.enableLink({ linkId: one.id("paymentLink.monthly") });
    await one.accept();
    expect(one.read(CONFIG)).toBe(`${shop}    enabled: true\n`);
    await expectSettled(one);
  });

  it("takes the hosted URL of a picture that was changed in the dashboard", async () => {
    const one = await applied();
    const imageUrl = "https://cdn.gstable.example/new.png";
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), imageUrl });
    expect((await one.accept()).accepted).toEqual([{ address: "product.plan", fields: ["imageUrl"] }]);
    expect(one.read(CONFIG)).toBe(shop.replace("https://acme.example/plan.png", imageUrl));
    await expectSettled(one);
  });

  it("accepts what is named, and says where nothing drifted", async () => {
    const one = await applied();
    one.sandbox.dashboard.editProduct({ productId: one.id("product.extra"), name: "More" });
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "Other" });
    expect(await one.accept("product.extra", "paymentLink.monthly")).toMatchObject({
      exitCode: 0,
      accepted: [{ address: "product.extra", fields: ["name"] }],
      diagnostics: [{ code: "GS2122" }],
    });
    expect(one.read(CONFIG)).toBe(shop.replace("name: Extra", "name: More"));
    expect((await one.plan()).changes.map(({ address }) => address)).toEqual(["product.plan"]);
  });

  it("refuses an address that nobody knows before anything is written", async () => {
    const one = await applied();
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "Other" });
    expect(await one.accept("product.plan", "product.nobody")).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS7011" }],
    });
    expect(one.read(CONFIG)).toBe(shop);
  });

  it("leaves what cannot be said: a vanished object, a product without a name, a payout", async () => {
    const one = await applied();
    const stranger = one.sandbox.dashboard.createProduct({ name: "Stranger" });
    one.sandbox.dashboard.eraseProduct({ productId: one.id("product.extra") });
    one.sandbox.dashboard.editLink({
      linkId: one.id("paymentLink.monthly"),
      linkName: "Renamed",
      lineItems: [{ productId: stranger.productId, quantity: 1, unitPrice: 1_000_000 }],
    });
    one.sandbox.dashboard.changeAccountAddress({
      accountId: "acc_01",
      accountAddress: "0x2222222222222222222222222222222222222222",
    });
    const document = await one.accept();
    expect(document).toMatchObject({
      exitCode: 2,
      accepted: [{ address: "paymentLink.monthly", fields: ["linkName"] }],
    });
    expect(document.left.map(({ address, fields }) => `${address} ${fields.join()}`)).toEqual([
      "paymentLink.monthly lineItems[0]",
      "product.extra id",
      "account.treasury address,version",
    ]);
    expect(one.read(CONFIG)).toBe(shop.replace("linkName: Monthly", "linkName: Renamed"));
  });

  it("refuses what would make the configuration invalid, with the line to paste", async () => {
    const one = await applied();
    one.sandbox.dashboard.archiveProduct({ productId: one.id("product.plan") });
    const document = await one.accept();
    expect(document).toMatchObject({
      exitCode: 2,
      accepted: [],
      files: [],
      diagnostics: [
        { code: "GS2120", remedy: expect.stringContaining("products: { plan: { archived: true } }") },
      ],
    });
    expect(one.read(CONFIG)).toBe(shop);
  });

  it("does together what is only possible together", async () => {
    const one = await applied();
    one.sandbox.dashboard.archiveProduct({ productId: one.id("product.plan") });
    one.sandbox.dashboard.disableLink({ linkId: one.id("paymentLink.monthly") });
    expect(await one.accept()).toMatchObject({ exitCode: 0, left: [] });
    await expectSettled(one);
  });

  it("leaves the dashboard what is its own, and a change in the YAML for the next apply", async () => {
    const text = shop.replace(
      "    feeModel: payer\n",
      "    feeModel: payer\n    customSuccessText: Thanks\n    lifecycle: { ignoreChanges: [customSuccessText] }\n",
    );
    const one = await applied({ [CONFIG]: text });
    const pending = text.replace("name: Plan #", "name: Plan II #");
    one.write(CONFIG, pending);
    one.sandbox.dashboard.editLink({ linkId: one.id("paymentLink.monthly"), customSuccessText: "Hi" });
    one.sandbox.dashboard.editProduct({
      productId: one.id("product.plan"),
      description: "Live",
      attributes: [],
    });
    expect(await one.accept()).toMatchObject({
      exitCode: 0,
      accepted: [{ address: "product.plan", fields: ["description", "attributes[0]"] }],
    });
    expect((await one.plan()).changes).toMatchObject([
      { address: "product.plan", actions: ["update"], fields: [{ path: "name", cause: "config" }] },
    ]);
    const lock = JSON.parse(one.read("gstable.lock.json")).entries["product.plan"];
    expect(lock.values).toMatchObject({ name: "Plan", description: "Live", attributes: null });
  });

  it("settles a conflict for the live side", async () => {
    const one = await applied();
    one.write(CONFIG, shop.replace("name: Extra", "name: Ours"));
    one.sandbox.dashboard.editProduct({ productId: one.id("product.extra"), name: "Theirs" });
    expect((await one.accept()).exitCode).toBe(0);
    expect(one.read(CONFIG)).toBe(shop.replace("name: Extra", "name: Theirs"));
    await expectSettled(one);
  });
});

describe("environments", () => {
  const environments = `${shop}
environments:
  eu:
    # only here
    overrides:
      paymentLinks:
        monthly: { linkName: Monat } # German
  us: {}
`;

  it("are kept apart: what differs here is written into this environment's overrides", async () => {
    const one = await applied({ [CONFIG]: environments }, { env: "eu" });
    one.sandbox.dashboard.editLink({
      linkId: one.id("paymentLink.monthly"),
      linkName: "Monatlich",
      successUrl: "https://acme.example/danke",
    });
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "Tarif" });
    expect((await one.accept()).exitCode).toBe(0);
    expect(one.read(CONFIG)).toBe(
      environments.replace(
        "        monthly: { linkName: Monat } # German\n",
        `        monthly: { linkName: Monatlich, successUrl: "https://acme.example/danke" } # German
      products:
        plan:
          name: Tarif
`.replace(/"/g, ""),
      ),
    );
    await expectSettled(one);
  });

  it("get their map of overrides when they have none", async () => {
    const one = await applied({ [CONFIG]: environments }, { env: "us" });
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "Tariff" });
    expect((await one.accept()).exitCode).toBe(0);
    expect(one.read(CONFIG)).toBe(
      environments.replace("us: {}", "us: { overrides: { products: { plan: { name: Tariff } } } }"),
    );
    await expectSettled(one);
  });
});

describe("files", () => {
  it("an entry is edited where it stands, in an included file", async () => {
    const [head = "", links = ""] = shop.split("paymentLinks:\n");
    const one = await applied({
      [CONFIG]: `include: [catalog/*.yaml]\n${head}`,
      "catalog/links.yaml": `paymentLinks:\n${links}`,
    });
    chmodSync(join(one.dir, "catalog/links.yaml"), 0o640);
    one.sandbox.dashboard.editLink({ linkId: one.id("paymentLink.monthly"), linkName: "New" });
    expect((await one.accept()).files).toEqual(["catalog/links.yaml"]);
    expect(one.read("catalog/links.yaml")).toBe(
      `paymentLinks:\n${links.replace("linkName: Monthly", "linkName: New")}`,
    );
    expect(statSync(join(one.dir, "catalog/links.yaml")).mode & 0o777).toBe(0o640);
    await expectSettled(one);
  });

  it("a byte order mark and Windows' line ends stay", async () => {
    const text = `\ufeff${shop.replaceAll("\n", "\r\n")}`;
    const one = await applied({ [CONFIG]: text });
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), description: "More" });
    await one.accept();
    expect(one.read(CONFIG)).toBe(
      text.replace("        value: 1 Month\r\n", "        value: 1 Month\r\n    description: More\r\n"),
    );
    await expectSettled(one);
  });

  it("JSON stays JSON", async () => {
    const one = await applied({
      [CONFIG]: `${JSON.stringify({ version: 1, project: "acme", products: { plan: { name: "Plan", commonPrices: ["$1"] } } }, undefined, 2)}\n`,
    });
    one.sandbox.dashboard.editProduct({
      productId: one.id("product.plan"),
      description: "More",
      commonPrices: [2_500_000],
    });
    await one.accept();
    expect(JSON.parse(one.read(CONFIG)).products.plan).toEqual({
      name: "Plan",
      commonPrices: ["$2.50"],
      description: "More",
    });
    await expectSettled(one);
  });

  it("a link out of the project is not followed", async () => {
    const one = await applied();
    const directory = mkdtempSync(join(tmpdir(), "gstable-elsewhere-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const elsewhere = join(directory, "shop.yaml");
    renameSync(join(one.dir, CONFIG), elsewhere);
    symlinkSync(elsewhere, join(one.dir, CONFIG));
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "New" });
    const lock = one.read("gstable.lock.json");
    expect(await one.accept()).toMatchObject({
      exitCode: 1,
      accepted: [],
      files: [],
      diagnostics: [{ code: "GS7012" }],
    });
    expect(one.read(CONFIG)).toBe(shop);
    expect(one.read("gstable.lock.json")).toBe(lock);
  });

  it("when one file cannot be written, none is", async () => {
    const [head = "", links = ""] = shop.split("paymentLinks:\n");
    const one = await applied({
      [CONFIG]: `include: [catalog/*.yaml]\n${head}`,
      "catalog/links.yaml": `paymentLinks:\n${links}`,
    });
    const directory = mkdtempSync(join(tmpdir(), "gstable-elsewhere-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const outside = join(directory, "root.yaml");
    writeFileSync(outside, one.read(CONFIG));
    renameSync(join(one.dir, CONFIG), join(one.dir, "old.yaml"));
    symlinkSync(outside, join(one.dir, CONFIG));
    one.sandbox.dashboard.editLink({ linkId: one.id("paymentLink.monthly"), linkName: "New" });
    one.sandbox.dashboard.editProduct({ productId: one.id("product.plan"), name: "New" });
    expect((await one.accept()).exitCode).toBe(1);
    expect(one.read("catalog/links.yaml")).toBe(`paymentLinks:\n${links}`);
  });

  it("a configuration from standard input has none", async () => {
    const one = openAcceptScene({}, { config: "-" });
    scene = one;
    expect(await one.accept()).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7010" }] });
  });
});
