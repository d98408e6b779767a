// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { chmodSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { SandboxOptions, SandboxSeed } from "../../src/sandbox/index.js";
import { importDocumentSchema } from "../../src/state/import-document.js";
import {
  bare,
  CONFIG,
  type ImportScene,
  item,
  link,
  openImportScene,
  product,
  webhook,
} from "./import-scene.js";

let scene: ImportScene | undefined;
afterEach(() => scene?.close());

function open(
  seed: SandboxSeed,
  files?: Readonly<Record<string, string>>,
  options?: SandboxOptions,
): ImportScene {
  scene = openImportScene(files, options);
  scene.sandbox.seed(seed);
  scene.sandbox.clearRequests();
  return scene;
}

/** Nothing is left to do, nothing was written to the account, and an apply finds nothing to record either. */
async function expectSettled(one: ImportScene): Promise<void> {
  expect(await one.plan()).toMatchObject({ changes: [], drift: [] });
  expect(await one.drift()).toMatchObject({ exitCode: 0 });
  const before = one.read("gstable.lock.json");
  expect(await one.apply()).toMatchObject({ exitCode: 0 });
  expect(one.read("gstable.lock.json")).toBe(before);
  expect(one.writes()).toBe(0);
}

const shop: SandboxSeed = {
  products: [product("prd_1", { name: "Premium Plan" }), product("prd_2", { status: "archived" })],
  paymentLinks: [
    link("lnk_1", "prd_1", { linkName: "Premium Membership", successUrl: "https://acme.example/thanks" }),
    link("lnk_2", "prd_1", { status: "disabled", customDisabledText: "Back soon" }),
  ],
  webhooks: [
    webhook("wkid_1"),
    webhook("wkid_2", { status: "paused" }),
    webhook("wkid_3", { status: "inactive" }),
  ],
};

describe("import --all", () => {
  it("writes what exists, names the accounts, and leaves nothing to do", async () => {
    const one = open(shop);
    const document = await one.import([], { all: true });
    expect(importDocumentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      exitCode: 0,
      imported: [
        { address: "paymentLink.link-lnk-2", id: "lnk_2", open: false, file: CONFIG, existing: false },
        { address: "paymentLink.premium-membership", id: "lnk_1", open: true },
        { address: "product.premium-plan", id: "prd_1" },
        { address: "product.product-prd-2", id: "prd_2", open: false },
        { address: "webhook.webhook-wkid-1", id: "wkid_1", open: true },
        { address: "webhook.webhook-wkid-2", id: "wkid_2", open: true },
        { address: "webhook.webhook-wkid-3", id: "wkid_3", open: false },
      ],
      accounts: [{ id: "acc_01" }],
      skipped: [],
      files: [CONFIG],
      diagnostics: [],
    });
    expect(one.read(CONFIG)).toBe(expectedShop(one.read(CONFIG)));
    await expectSettled(one);
  });

  it("records what an apply would have recorded", async () => {
    const one = open(shop);
    await one.import([], { all: true });
    const imported = one.read("gstable.lock.json");
    const texts = one.read(CONFIG);
    rmSync(join(one.dir, "gstable.lock.json"));
    const lines = Object.entries(JSON.parse(imported).entries as Record<string, { id: string }>).map(
      ([to, { id }]) => `  - { to: ${to}, id: ${id} }\n`,
    );
    one.write(CONFIG, `${texts}imports:\n${lines.join("")}`);
    expect(await one.apply()).toMatchObject({ exitCode: 0 });
    expect(one.read("gstable.lock.json")).toBe(imported);
  });

  it("again finds nothing", async () => {
    const one = open(shop);
    await one.import([], { all: true });
    const before = one.read(CONFIG);
    expect(await one.import([], { all: true })).toMatchObject({
      exitCode: 0,
      imported: [],
      skipped: [],
      files: [],
    });
    expect(one.read(CONFIG)).toBe(before);
  });

  it("takes the hosted picture for the source, so that nothing is fetched again", async () => {
    const imageUrl = "https://files.gstable.example/abc.png";
    const one = open({ products: [product("prd_1", { imageUrl })] });
    await one.import([], { all: true });
    expect(one.lock().entries["product.product-prd-1"]).toMatchObject({
      values: { imageUrl },
      hosted: { imageUrl },
    });
    await expectSettled(one);
  });

  it("skips a text with half a character, which no file can hold", async () => {
    const one = open({ products: [product("prd_1"), product("prd_2", { description: "Half \ud83d" })] });
    const document = await one.import([], { all: true });
    expect(document.imported.map(({ id }) => id)).toEqual(["prd_1"]);
    expect(document.skipped).toMatchObject([
      { id: "prd_2", severity: "error", why: expect.stringContaining("half a character") },
    ]);
  });

  it("skips what the configuration cannot say, says exactly why, and imports the rest", async () => {
    const one = open({
      products: [
        product("prd_1"),
        product("prd_2", { status: "archived" }),
        product("prd_3", { name: "x".repeat(101) }),
      ],
      paymentLinks: [
        link("lnk_ok", "prd_1"),
        link("lnk_archived_product", "prd_2"),
        link("lnk_long_product", "prd_3"),
        link("lnk_word", "prd_1", { lineItems: [item("prd_1", { itemType: "subscription" })] }),
        link("lnk_http", "prd_1", { successUrl: "http://acme.example" }),
        link("lnk_free", "prd_1", { lineItems: [item("prd_1", { unitPrice: 0 })] }),
        link("lnk_account", "prd_1"),
        link("lnk_gone", "prd_1", { status: "archived" }),
      ],
      webhooks: [
        webhook("wkid_1", { webhookUrl: "https://acme.example/one" }),
        webhook("wkid_2", { webhookUrl: "https://acme.example/one" }),
        webhook("wkid_3", { status: "resting" }),
      ],
    });
    one.say(new Map([["lnk_account", { accountId: "acc_gone" }]]));
    const document = await one.import([], { all: true });
    expect(document.exitCode).toBe(5);
    expect(document.imported.map(({ id }) => id)).toEqual(["lnk_ok", "prd_1", "prd_2", "wkid_1"]);
    expect(document.skipped.map(({ id, severity, code, why }) => [id, severity, code, why])).toEqual([
      ["lnk_account", "error", "GS2127", expect.stringContaining("acc_gone")],
      ["lnk_archived_product", "error", "GS1501", expect.stringContaining("archived")],
      ["lnk_free", "error", "GS1403", expect.stringContaining("zero")],
      ["lnk_http", "error", "GS1212", expect.stringContaining("http://acme.example")],
      ["lnk_long_product", "error", "GS2127", expect.stringContaining("prd_3")],
      ["lnk_word", "error", "GS2127", expect.stringContaining("subscription")],
      ["prd_3", "error", "GS1401", expect.stringContaining("101 characters")],
      ["wkid_2", "error", "GS1502", expect.stringContaining("same URL")],
      ["wkid_3", "error", "GS2127", expect.stringContaining("resting")],
      ["lnk_gone", "note", "GS2127", expect.stringContaining("archived for good")],
    ]);
    expect(await one.plan()).toMatchObject({ changes: [] });
    expect(one.writes()).toBe(0);
  });

  it("fails where nothing can be imported, and writes nothing", async () => {
    const one = open({ products: [product("prd_1", { name: " " })] });
    expect(await one.import([], { all: true })).toMatchObject({ exitCode: 1, imported: [], files: [] });
    expect(one.read(CONFIG)).toBe(bare);
    expect(one.has("gstable.lock.json")).toBe(false);
  });

  it("never writes a key that somebody put into a text", async () => {
    const one = open({
      products: [product("prd_1", { description: "key rk_live_canary0123456789" }), product("prd_2")],
    });
    const document = await one.import([], { all: true });
    expect(document.skipped).toMatchObject([{ id: "prd_1", why: expect.stringContaining("description") }]);
    expect(one.read(CONFIG) + one.read("gstable.lock.json")).not.toContain("canary");
  });

  it("gives an object to the entry that is waiting for it", async () => {
    const text = `${bare}products:\n  mine: { name: Product prd_1, commonPrices: [$9.99] }\n`;
    const one = open({ products: [product("prd_1")] }, { [CONFIG]: text });
    expect(await one.import([], { all: true })).toMatchObject({
      exitCode: 0,
      imported: [{ address: "product.mine", id: "prd_1", existing: true }],
      files: [],
    });
    expect(one.read(CONFIG)).toBe(text);
    await expectSettled(one);
  });

  it("does not take away what a planned create is held up by", async () => {
    const text = `${bare}products:\n  mine: { name: Product prd_1, commonPrices: [$5] }\n`;
    const one = open({ products: [product("prd_1"), product("prd_2")] }, { [CONFIG]: text });
    const document = await one.import([], { all: true });
    expect(document.skipped).toMatchObject([
      { id: "prd_1", code: "GS2129", why: expect.stringContaining("product.mine=prd_1") },
    ]);
    expect((await one.plan()).guards).toMatchObject([{ id: "duplicate", state: "tripped" }]);
  });

  it("leaves alone what an interrupted run may have made", async () => {
    const one = open({ products: [product("prd_1")] });
    const { origin } = new URL("https://sandbox.invalid");
    const intent = {
      kind: "product",
      values: {
        name: "Product prd_1",
        description: null,
        imageUrl: null,
        commonPrices: [9_990_000],
        attributes: null,
      },
      knownIds: [],
      lifecycle: { protect: false, ignoreChanges: [], onRemove: "archive" },
    };
    one.write(
      "gstable.lock.json",
      JSON.stringify({
        ...{ lockfileVersion: 1, project: "acme", environment: null, origin, accounts: {}, entries: {} },
        intents: { "product.mine": intent },
      }),
    );
    expect(await one.import([], { all: true })).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS2126" }],
    });
  });

  it("imports nothing from half a list", async () => {
    const one = open(shop);
    one.sandbox.addFault({
      match: { path: "/product/list", times: 0 },
      do: { kind: "failBefore", with: { code: 299999 } },
    });
    const document = await one.import([], { all: true });
    expect(document).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS2002" }] });
    expect(one.read(CONFIG)).toBe(bare);
  });
});

describe("import ADDRESS=ID", () => {
  it("imports what is named, and the products that it sells", async () => {
    const one = open(shop);
    const document = await one.import(["paymentLink.main=lnk_1"]);
    expect(document.imported.map(({ address }) => address)).toEqual([
      "paymentLink.main",
      "product.premium-plan",
    ]);
    expect(one.read(CONFIG)).toContain("lineItems: [{ product: premium-plan,");
    await expectSettled(one);
  });

  it("takes names for both, and what is there already for what is there", async () => {
    const one = open(shop);
    await one.import(["product.plan=prd_1"]);
    const document = await one.import(["paymentLink.main=lnk_1", "product.plan=prd_1"]);
    expect(document).toMatchObject({
      exitCode: 0,
      imported: [{ address: "paymentLink.main" }],
      diagnostics: [{ code: "GS2124", severity: "note" }],
    });
    expect(one.read(CONFIG)).toContain("product: plan,");
    await expectSettled(one);
  });

  it.each([
    ["product.a=prd_nobody", "GS2101"],
    ["paymentLink.a=lnk_nobody", "GS2101"],
    ["webhook.a=wkid_nobody", "GS2101"],
    ["paymentLink.a=prd_2", "GS2125"],
    ["product.a=lnk_1", "GS2125"],
    ["paymentLink.a=lnk_archived", "GS2101"],
    ["product.taken=prd_2", "GS2114"],
    ["product.other=prd_1", "GS2115"],
  ])("refuses %s with %s, and writes nothing", async (word, code) => {
    const one = open({
      ...shop,
      paymentLinks: [...(shop.paymentLinks ?? []), link("lnk_archived", "prd_1", { status: "archived" })],
    });
    await one.import(["product.taken=prd_1"]);
    const before = one.read(CONFIG) + one.read("gstable.lock.json");
    expect(await one.import([word])).toMatchObject({ exitCode: 1, diagnostics: [{ code }] });
    expect(one.read(CONFIG) + one.read("gstable.lock.json")).toBe(before);
  });

  it("reads what the list hides", async () => {
    const one = open(shop, undefined, { knobs: { listsArchivedProducts: false } });
    expect(await one.import(["product.old=prd_2"])).toMatchObject({
      exitCode: 0,
      imported: [{ open: false }],
    });
  });

  it.each(["product=prd_1", "product.Big=prd_1", "product.a", "account.a=acc_01", "product.a=", ""])(
    "does not understand %j",
    async (word) => {
      const one = open(shop);
      expect(await one.import([word])).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7015" }] });
      expect(one.sandbox.requests).toEqual([]);
    },
  );

  it("wants each address and each id once", async () => {
    const one = open(shop);
    const document = await one.import(["product.a=prd_1", "product.a=prd_2", "product.b=prd_1"]);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(["GS7015", "GS7015"]);
  });

  it("records an entry that is there and equal, and never overwrites one that is not", async () => {
    const text = `${bare}products:\n  a: { name: Product prd_1, commonPrices: [$9.99] } # mine\n  b: { name: Other, commonPrices: [$5] }\n`;
    const one = open({ products: [product("prd_1"), product("prd_2")] }, { [CONFIG]: text });
    const document = await one.import(["product.a=prd_1", "product.b=prd_2"]);
    expect(document).toMatchObject({
      exitCode: 5,
      imported: [{ address: "product.a", existing: true }],
      skipped: [{ address: "product.b", code: "GS2128", why: expect.stringContaining("name, commonPrices") }],
      files: [],
    });
    expect(one.read(CONFIG)).toBe(text);
  });

  it("says under which name a planned create would want the object", async () => {
    const text = `${bare}products:\n  a: { name: Product prd_1, commonPrices: [$9.99] }\n`;
    const one = open({ products: [product("prd_1")] }, { [CONFIG]: text });
    expect(await one.import(["product.b=prd_1"])).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS2129", remedy: expect.stringContaining("product.a=prd_1") }],
    });
  });

  it("needs to be told what, where nobody can be asked", async () => {
    const one = open(shop);
    expect(await one.import([])).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7014" }] });
    expect(await one.import(["product.a=prd_1"], { config: "-" })).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS7010" }],
    });
    expect(one.sandbox.requests).toEqual([]);
  });
});

describe("at a terminal", () => {
  const choosing = (...answers: string[]) => {
    const shown: string[] = [];
    const ask = async (_question: string, text: string) => {
      shown.push(text);
      return answers.shift() ?? "";
    };
    return { shown, ask };
  };

  it("imports the chosen ones", async () => {
    const one = open({
      products: [product("prd_1"), product("prd_2"), product("prd_3", { name: "Third\u001b[2J" })],
    });
    const { shown, ask } = choosing("7", "1 3-3");
    const { document } = await one.run([], {}, { ask });
    expect(document).toMatchObject({ exitCode: 0, imported: [{ id: "prd_1" }, { id: "prd_3" }] });
    expect(shown).toHaveLength(2);
    expect(shown.join("")).toContain("Third\\u{1b}[2J");
    await expectSettled(one);
  });

  it.each(["", "nothing", "0", "2-1", "1-9"])("%j chooses nothing", async (answer) => {
    const one = open({ products: [product("prd_1"), product("prd_2")] });
    const { ask } = choosing(answer);
    expect((await one.run([], {}, { ask })).document).toMatchObject({ exitCode: 0, imported: [] });
    expect(one.read(CONFIG)).toBe(bare);
  });
});

describe("where it is written", () => {
  const entry = { products: [product("prd_1", { name: "Plan" })] };
  const added = "plan:\n    name: Plan\n    commonPrices: [$9.99]\n";

  it.each([
    ["behind comments", `# one\n${bare}# two\n`, `# one\n${bare}\nproducts:\n  ${added}# two\n`],
    ["without a final newline", bare.trimEnd(), `${bare}\nproducts:\n  ${added}`.trimEnd()],
    [
      "beside others",
      `${bare}products:\n  # first\n  a: { name: A, commonPrices: [$1] } # A\nwebhooks: {}\n`,
      `${bare}products:\n  # first\n  a: { name: A, commonPrices: [$1] } # A\n\n  ${added}webhooks: {}\n`,
    ],
    ["into an empty map", `${bare}products: {} # none yet\n`, `${bare}products: # none yet\n  ${added}`],
    ["below an empty key", `${bare}products:\n`, `${bare}products:\n  ${added}`],
    [
      "with another step",
      `${bare}accounts:\n    t: { id: acc_01 }\n`,
      `${bare}accounts:\n    t: { id: acc_01 }\n\nproducts:\n    plan:\n        name: Plan\n        commonPrices: [$9.99]\n`,
    ],
    [
      "in braces",
      "{ version: 1, project: acme }\n",
      "{ version: 1, project: acme, products: { plan: { name: Plan, commonPrices: [$9.99] } } }\n",
    ],
    ["with a byte order mark", `\ufeff${bare}`, `\ufeff${bare}\nproducts:\n  ${added}`],
  ])("%s", async (_title, text, expected) => {
    const one = open(entry, { [CONFIG]: text });
    expect(await one.import(["product.plan=prd_1"])).toMatchObject({ exitCode: 0 });
    expect(one.read(CONFIG)).toBe(expected);
  });

  it("keeps Windows line ends and the mode of the file", async () => {
    const one = open(entry, { [CONFIG]: bare.replaceAll("\n", "\r\n") });
    chmodSync(join(one.dir, CONFIG), 0o600);
    await one.import(["product.plan=prd_1"]);
    expect(one.read(CONFIG)).toBe(`${bare}\nproducts:\n  ${added}`.replaceAll("\n", "\r\n"));
    expect(statSync(join(one.dir, CONFIG)).mode & 0o777).toBe(0o600);
  });

  it("in JSON it stays JSON, one value a line", async () => {
    const json = `${JSON.stringify({ version: 1, project: "acme", products: { a: { name: "A", commonPrices: ["$1"] } } }, null, 2)}\n`;
    const one = open(shop, { "gstable.config.json": json });
    expect(await one.import(["paymentLink.main=lnk_1"], { config: "gstable.config.json" })).toMatchObject({
      exitCode: 0,
    });
    const after = one.read("gstable.config.json");
    expect(JSON.parse(after)).toMatchObject({
      products: { a: {}, "premium-plan": { name: "Premium Plan" } },
    });
    expect(after).toContain('\n    "premium-plan": {\n      "name": "Premium Plan",\n');
    expect(await one.plan({ config: "gstable.config.json" })).toMatchObject({
      changes: [{ address: "product.a" }],
    });
  });

  it("beside the entries of an included file", async () => {
    const products = "products:\n  a: { name: A, commonPrices: [$1] }\n";
    const one = open(entry, { [CONFIG]: `${bare}include: [catalog/*.yaml]\n`, "catalog/all.yaml": products });
    expect(await one.import(["product.plan=prd_1"])).toMatchObject({ files: ["catalog/all.yaml"] });
    expect(one.read("catalog/all.yaml")).toBe(`${products}\n  ${added}`);
  });

  it("says what a default would say otherwise", async () => {
    const defaults =
      "defaults:\n  paymentLinks: { customSuccessText: Hi, payerEmailRequired: true, enabled: false }\n";
    const one = open(shop, { [CONFIG]: bare + defaults });
    await one.import(["paymentLink.main=lnk_1"]);
    for (const line of ["customSuccessText: null", "payerEmailRequired: false", "enabled: true"]) {
      expect(one.read(CONFIG)).toContain(`    ${line}\n`);
    }
    await expectSettled(one);
  });

  it("uses the accounts that have a name, and pins the ones that get one", async () => {
    const accounts = "accounts:\n  treasury: { id: acc_01 }\n";
    const seed = {
      ...shop,
      paymentLinks: [link("lnk_1", "prd_1"), link("lnk_3", "prd_1", { accountId: "acc_02" })],
    };
    const one = open(seed, { [CONFIG]: bare + accounts });
    const document = await one.import([], { all: true });
    const address = one.sandbox
      .snapshot()
      .accounts.find(({ accountId }) => accountId === "acc_02")?.accountAddress;
    expect(document.accounts).toEqual([{ name: "acc-02", id: "acc_02", address: address?.toLowerCase() }]);
    expect(one.read(CONFIG)).toContain("account: treasury\n");
    await expectSettled(one);
  });

  it("with --split into files of their own, which are included", async () => {
    const one = open(shop);
    const document = await one.import([], { all: true, split: true });
    expect(document.files).toEqual([
      "catalog/payment-links.yaml",
      "catalog/products.yaml",
      "catalog/webhooks.yaml",
      CONFIG,
    ]);
    expect(one.read(CONFIG)).toContain(
      "include: [catalog/products.yaml, catalog/payment-links.yaml, catalog/webhooks.yaml]",
    );
    expect(one.read("catalog/products.yaml")).toMatch(
      /^products:\n {2}premium-plan:\n {4}name: Premium Plan\n/,
    );
    await expectSettled(one);
    one.sandbox.seed({ products: [product("prd_9")] });
    expect(await one.import([], { all: true, split: true })).toMatchObject({
      exitCode: 0,
      files: ["catalog/products.yaml"],
    });
    await expectSettled(one);
  });

  it("does not include a file twice, and takes none that nobody includes", async () => {
    const one = open(entry, {
      [CONFIG]: `${bare}include: [parts/*.yaml] # all\n`,
      "parts/x.yaml": "webhooks: {}\n",
    });
    expect(await one.import([], { all: true, split: "parts" })).toMatchObject({
      files: ["parts/products.yaml"],
    });
    expect(one.read(CONFIG)).toBe(`${bare}include: [parts/*.yaml] # all\n`);
    await expectSettled(one);
    one.write("elsewhere/products.yaml", "products: {}\n");
    one.sandbox.seed({ products: [product("prd_9")] });
    const refused = await one.import([], { all: true, split: "elsewhere" });
    expect(refused).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7013" }] });
  });

  it.each(["../out", "/tmp/x", "a//b", ".hidden", "a b"])(
    "--split %j is no directory of the project",
    async (split) => {
      const one = open(entry);
      expect(await one.import([], { all: true, split })).toMatchObject({
        exitCode: 1,
        diagnostics: [{ code: "GS7015" }],
      });
    },
  );

  it("into one environment only, where there are several", async () => {
    const environments =
      "environments:\n  eu: # Europe\n  us: {}\nproducts:\n  shared: { name: Shared, commonPrices: [$1] }\n";
    const one = open(shop, { [CONFIG]: bare + environments });
    const before = await one.plan({ env: "us" });
    const document = await one.import(["paymentLink.main=lnk_1"], { env: "eu" });
    expect(document).toMatchObject({ exitCode: 0, environment: "eu" });
    expect(one.read(CONFIG)).toContain("  eu: # Europe\n    overrides:\n      accounts:\n");
    expect((await one.plan({ env: "eu" })).changes.map(({ address }) => address)).toEqual(["product.shared"]);
    expect((await one.plan({ env: "us" })).hash).toBe(before.hash);
    expect(await one.import(["product.x=prd_1"], { env: "us" })).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: "GS2116" }],
    });
    expect(await one.import([], { env: "us", all: true, split: true })).toMatchObject({ exitCode: 1 });
  });

  it("gives no name that is used already, in whatever environment", async () => {
    const text = `${bare}environments: { eu: { overrides: { products: { plan: null } } }, us: {} }\nproducts:\n  plan: { name: Other, commonPrices: [$1] }\n`;
    const one = open(entry, { [CONFIG]: text });
    expect(await one.import([], { env: "eu", all: true })).toMatchObject({
      imported: [{ address: "product.plan-2" }],
    });
  });
});

describe("when something goes wrong on the way", () => {
  it("a crash between configuration and lockfile loses nothing", async () => {
    const one = open(shop);
    await one.import([], { all: true });
    const imported = one.lock().entries;
    rmSync(join(one.dir, "gstable.lock.json"));
    expect(await one.apply()).toMatchObject({ exitCode: 0 });
    expect(one.writes()).toBe(0);
    expect(one.lock().entries).toEqual(imported);
  });

  it("is held up by a run that has the lock, and lets go of its own", async () => {
    const one = open(shop);
    await one.import(["product.a=prd_1"]);
    expect(one.has("gstable.lock.json.lock")).toBe(false);
    one.write(
      "gstable.lock.json.lock",
      JSON.stringify({ host: "elsewhere", pid: 1, startedAt: "now", token: "t" }),
    );
    expect(await one.import(["product.b=prd_2"])).toMatchObject({ exitCode: 1 });
  });

  it("an interrupt before the first write leaves everything as it was", async () => {
    const one = open(shop);
    const controller = new AbortController();
    const fetch: typeof globalThis.fetch = (input, init) => {
      controller.abort();
      return one.sandbox.fetch(input, init);
    };
    const result = await one.run([], { all: true }, { signal: controller.signal, fetch });
    expect(result.exitCode).toBe(130);
    expect(one.read(CONFIG)).toBe(bare);
  });
});

/** The whole file, so that a change of its look is seen; the made-up address is taken from it. */
function expectedShop(text: string): string {
  const [, address] = /address: "(0x[0-9a-f]{40})"/.exec(text) ?? [];
  return `version: 1
project: acme

accounts:
  acc-01:
    id: acc_01
    address: "${address}"

products:
  premium-plan:
    name: Premium Plan
    commonPrices: [$9.99]

  product-prd-2:
    name: Product prd_2
    commonPrices: [$9.99]
    archived: true

paymentLinks:
  premium-membership:
    linkType: fixed
    linkName: Premium Membership
    account: acc-01
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems: [{ product: premium-plan, quantity: 1, unitPrice: $9.99 }]
    successUrl: https://acme.example/thanks

  link-lnk-2:
    linkType: fixed
    linkName: Link lnk_2
    account: acc-01
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems: [{ product: premium-plan, quantity: 1, unitPrice: $9.99 }]
    customDisabledText: Back soon.
    enabled: false

webhooks:
  webhook-wkid-1:
    webhookName: Webhook wkid_1
    webhookUrl: https://acme.example/wkid_1
    subscribedEvents: [session.paid]

  webhook-wkid-2:
    webhookName: Webhook wkid_2
    webhookUrl: https://acme.example/wkid_2
    subscribedEvents: [session.paid]

  webhook-wkid-3:
    webhookName: Webhook wkid_3
    webhookUrl: https://acme.example/wkid_3
    subscribedEvents: [session.paid]
    enabled: false
`.replace("Back soon.", "Back soon");
}
