import { describe, expect, it } from "vitest";
import {
  desiredOf,
  linkText,
  load,
  marked,
  problemsOf,
  productText,
  shop,
  webhookText,
} from "./memory-files.js";

const head = "version: 1\nproject: acme\n";

async function expectProblems(text: string, codes: readonly string[]): Promise<void> {
  const { text: clean, expected } = marked(text, codes);
  expect(await problemsOf(clean)).toEqual(expected);
}

describe("required fields", () => {
  it.each(["name", "commonPrices"])("a product needs %s", async (field) => {
    expect(await problemsOf(shop({ product: productText({ [field]: undefined }) }))).toEqual(["GS1103 6:3"]);
  });

  it.each(["linkType", "linkName", "account", "settlementToken", "feeModel", "lineItems"])(
    "a link needs %s",
    async (field) => {
      expect(await problemsOf(shop({ link: linkText({ [field]: undefined }) }))).toEqual(["GS1103 10:3"]);
    },
  );

  it.each(["webhookName", "webhookUrl", "subscribedEvents"])("a webhook needs %s", async (field) => {
    expect(await problemsOf(shop({ webhook: webhookText({ [field]: undefined }) }))).toEqual(["GS1103 18:3"]);
  });

  it.each([
    [shop({ product: productText({ name: '«""' }) }), "GS1103"],
    [shop({ product: productText({ name: '«"  "' }) }), "GS1103"],
    [shop({ product: productText({ commonPrices: "«[]" }) }), "GS1103"],
    [shop({ link: linkText({ lineItems: "«[]" }) }), "GS1103"],
    [shop({ webhook: webhookText({ subscribedEvents: "«[]" }) }), "GS1103"],
    [shop({ product: `«name: ~\ncommonPrices: [$1]` }), "GS1103"],
    [shop({ product: productText({ attributes: "[«{ name: a }]" }) }), "GS1103"],
    [shop({ product: productText({ attributes: '[{ name: a, value: «"" }]' }) }), "GS1103"],
    [shop({ link: linkText({ lineItems: "[«{ product: plan, unitPrice: $1 }]" }) }), "GS1103"],
    [shop({ link: linkText({ lineItems: "[«{ quantity: 1, unitPrice: $1 }]" }) }), "GS1103"],
    [shop({ link: linkText({ lineItems: "[«{ product: plan, quantity: 1 }]" }) }), "GS1103"],
  ])("case %#", async (text, code) => {
    await expectProblems(text, [code]);
  });
});

describe("documented limits", () => {
  const smiles = (count: number) => "😀".repeat(count);

  it.each([
    [shop({ product: productText({ name: smiles(100), description: smiles(1000) }) }), []],
    [shop({ product: productText({ name: `«${smiles(101)}` }) }), ["GS1401"]],
    [shop({ product: productText({ description: `«${"x".repeat(1001)}` }) }), ["GS1401"]],
    [shop({ product: productText({ imageUrl: `https://a.example/${"x".repeat(482)}` }) }), []],
    [shop({ product: productText({ imageUrl: `«https://a.example/${"x".repeat(483)}` }) }), ["GS1401"]],
    [shop({ product: productText({ commonPrices: "[$1, $2, $3, $4, $5]" }) }), []],
    [shop({ product: productText({ commonPrices: "«[$1, $2, $3, $4, $5, $6]" }) }), ["GS1402"]],
    [
      shop({
        product: productText({ attributes: `«[${Array(11).fill("{ name: a, value: b }").join(", ")}]` }),
      }),
      ["GS1402"],
    ],
    [shop({ product: productText({ attributes: "[{ name: a, value: «12 }]" }) }), ["GS1201"]],
    [shop({ webhook: webhookText({ webhookName: `«${"x".repeat(101)}` }) }), ["GS1401"]],
    [shop({ webhook: webhookText({ webhookUrl: `«https://a.example/${"x".repeat(983)}` }) }), ["GS1401"]],
    [shop({ webhook: webhookText({ webhookDescription: `«${"x".repeat(1001)}` }) }), ["GS1401"]],
    [shop({ link: linkText({ lineItems: "[{ product: plan, quantity: 1, unitPrice: «$0 }]" }) }), ["GS1403"]],
    [shop({ link: linkText({ linkType: "custom", lineItems: "[{ product: plan, quantity: 1 }]" }) }), []],
    [
      shop({
        link: linkText({ linkType: "custom", lineItems: "[{ product: plan, quantity: 1, unitPrice: «$1 }]" }),
      }),
      ["GS1404"],
    ],
    [
      shop({
        link: linkText({ linkType: "custom", lineItems: "[{ product: plan, quantity: 1, unitPrice: «$0 }]" }),
      }),
      ["GS1404"],
    ],
    [
      shop({
        link: linkText({ lineItems: "«[{ product: plan, quantity: 9007199254740991, unitPrice: $1 }]" }),
      }),
      ["GS1207"],
    ],
  ])("case %#", async (text, codes) => {
    await expectProblems(text, codes);
  });

  it("odd price lists are warnings", async () => {
    const result = await load(shop({ product: productText({ commonPrices: "[$1, $0, 1000000]" }) }));
    expect(result.ok).toBe(true);
    expect(result.diagnostics).toMatchObject([
      { code: "GS1405", severity: "warning", source: { column: 24 } },
      { code: "GS1405", severity: "warning", source: { column: 28 } },
    ]);
  });

  it("ten webhooks, twenty accounts", async () => {
    const webhooks = (count: number) =>
      Array.from(
        { length: count },
        (_, index) =>
          `  w${index}: { webhookName: W, webhookUrl: https://a.example/${index}, subscribedEvents: [session.paid], enabled: false }`,
      ).join("\n");
    expect(await problemsOf(`${head}webhooks:\n${webhooks(10)}\n`)).toEqual([]);
    expect(await problemsOf(`${head}webhooks:\n${webhooks(12)}\n`)).toEqual(["GS1402 14:3", "GS1402 15:3"]);
    const accounts = (count: number) =>
      Array.from({ length: count }, (_, index) => `  a${index}: { id: acc_${index} }`).join("\n");
    expect(await problemsOf(`${head}accounts:\n${accounts(20)}\n`)).toEqual([]);
    expect(await problemsOf(`${head}accounts:\n${accounts(21)}\n`)).toEqual(["GS1402 24:3"]);
  });
});

describe("references and consistency", () => {
  it.each([
    [linkText({ account: "tresury" }), "GS1301", "treasury"],
    [linkText({ account: "constructor" }), "GS1301", "accounts"],
    [linkText({ lineItems: "[{ product: pln, quantity: 1, unitPrice: $1 }]" }), "GS1302", "plan"],
    [
      linkText({ lineItems: "[{ product: product.plan, quantity: 1, unitPrice: $1 }]" }),
      "GS1302",
      "products",
    ],
  ])("%s", async (link, code, remedy) => {
    const { diagnostics } = await load(shop({ link }));
    expect(diagnostics).toMatchObject([{ code, remedy: expect.stringContaining(remedy) }]);
  });

  it("one faulty part of an item hides no other problem of the item", async () => {
    const lineItems =
      "[{ product: «pln, quantity: «01, unitPrice: «9.99 }, { product: plan, quantity: 1, unitPrice: «$0 }]";
    await expectProblems(shop({ link: linkText({ lineItems }) }), ["GS1302", "GS1208", "GS1203", "GS1403"]);
  });

  it("an enabled link cannot sell an archived product, a disabled one can", async () => {
    const product = productText({ archived: "true" });
    expect((await load(shop({ product }))).diagnostics).toMatchObject([
      {
        code: "GS1501",
        source: { line: 17, column: 28 },
        related: [{ label: "archived here", source: { line: 9 } }],
      },
    ]);
    const closed = await desiredOf(shop({ product, link: linkText({ enabled: "false" }) }));
    expect([...closed.entries.values()].map(({ open }) => open)).toEqual([false, false]);
  });

  it("one URL for two webhooks is shown with both", async () => {
    const webhooks = (url: string) => `${head}webhooks:
  a: { webhookName: A, webhookUrl: https://a.example, subscribedEvents: [session.paid] }
  b: { webhookName: B, webhookUrl: ${url}, subscribedEvents: [session.paid] }
`;
    expect((await load(webhooks("https://A.example:443/"))).diagnostics).toMatchObject([
      { code: "GS1502", source: { line: 5, column: 36 }, related: [{ source: { line: 4, column: 36 } }] },
    ]);
    expect(await problemsOf(webhooks("https://a.example/other"))).toEqual([]);
  });

  it.each([
    ["{ a: { id: acc_1 }, «b: { id: acc_1 } }", "GS1503"],
    [`{ a: { address: "0x${"A".repeat(40)}" }, «b: { address: "0x${"a".repeat(40)}" } }`, "GS1503"],
    ["{ «a: {} }", "GS1504"],
    ["{ «a: }", "GS1504"],
    ['{ «a: { id: "" } }', "GS1504"],
    ["{ a: «acc_1 }", "GS1104"],
    ["{ a: { id: «7 } }", "GS1201"],
    ["{ a: { id: acc_1, «name: x } }", "GS1102"],
    ["{ «A: { id: acc_1 } }", "GS1107"],
  ])("accounts: %s", async (accounts, code) => {
    await expectProblems(`${head}accounts: ${accounts}\n`, [code]);
  });
});

describe("lifecycle", () => {
  it.each([
    ["{ ignoreChanges: [«lineItems] }", "GS1505"],
    ["{ ignoreChanges: [«account] }", "GS1505"],
    ["{ ignoreChanges: [«settlementToken] }", "GS1505"],
    ["{ ignoreChanges: [«linkType] }", "GS1505"],
    ["{ ignoreChanges: [«feeModel] }", "GS1505"],
    ["{ ignoreChanges: [«enabled] }", "GS1505"],
    ['{ ignoreChanges: [«"lineItems[0].quantity"] }', "GS1505"],
    ["{ ignoreChanges: [«description] }", "GS1505"],
    ["{ ignoreChanges: [linkName, «linkName] }", "GS1211"],
    ["{ onRemove: «remove }", "GS1506"],
    ["{ onRemove: «archive }", "GS1506"],
    ["{ onRemove: «delete }", "GS1506"],
    ["{ «protected: true }", "GS1102"],
  ])("of a link: %s", async (lifecycle, code) => {
    await expectProblems(shop({ link: linkText({ lifecycle }) }), [code]);
  });

  it.each([
    [
      "{ protect: «yes, ignoreChanges: [«lineItems, linkName], onRemove: «remove }",
      ["GS1202", "GS1505", "GS1506"],
    ],
    ["{ «x: 1, ignoreChanges: [«1, «foo], onRemove: «remove }", ["GS1102", "GS1201", "GS1505", "GS1506"]],
    ["{ ignoreChanges: «linkName, onRemove: «[], protect: true }", ["GS1104", "GS1104"]],
    ["«[]", ["GS1104"]],
    [`{ ignoreChanges: ["«\${none}"], onRemove: «delete }`, ["GS1603", "GS1506"]],
  ])("everything that is wrong in one is told at once: %s", async (lifecycle, codes) => {
    await expectProblems(shop({ link: linkText({ lifecycle }) }), codes);
  });

  it("each kind has its own ways to go", async () => {
    const text = shop({
      product: productText({ lifecycle: "{ onRemove: remove }" }),
      webhook: webhookText({
        lifecycle: "{ onRemove: remove, ignoreChanges: [webhookName, subscribedEvents] }",
      }),
    });
    const { entries } = await desiredOf(text);
    expect(entries.get("product.plan")?.lifecycle.onRemove).toBe("remove");
    expect(entries.get("paymentLink.monthly")?.lifecycle.onRemove).toBe("disable");
    expect(entries.get("webhook.ledger")?.lifecycle).toMatchObject({
      ignoreChanges: ["subscribedEvents", "webhookName"],
    });
  });

  it("says that a link cannot be deleted", async () => {
    const { diagnostics } = await load(shop({ link: linkText({ lifecycle: "{ onRemove: remove }" }) }));
    expect(diagnostics[0]?.detail).toContain("no way to delete");
  });
});

describe("imports and moved", () => {
  it.each([
    ["imports: [{ to: paymentLink.monthly, id: lnk_1 }]", []],
    ["imports: [{ to: «paymentLink.montly, id: lnk_1 }]", ["GS1305"]],
    ["imports: [{ to: «link.monthly, id: lnk_1 }]", ["GS1304"]],
    ["imports: [{ to: «account.treasury, id: acc_1 }]", ["GS1304"]],
    ["imports: [{ to: «monthly, id: lnk_1 }]", ["GS1304"]],
    ["imports: [{ to: paymentLink.monthly, id: «42 }]", ["GS1201"]],
    ['imports: [{ to: paymentLink.monthly, id: «"" }]', ["GS1103"]],
    ["imports: [«{ to: paymentLink.monthly }]", ["GS1103"]],
    ["imports: [«paymentLink.monthly]", ["GS1104"]],
    ["imports: [{ to: paymentLink.monthly, id: a }, { to: «paymentLink.monthly, id: b }]", ["GS1507"]],
    ["imports: [{ to: paymentLink.monthly, id: a }, { to: product.plan, id: «a }]", ["GS1507"]],
    ["imports: [{ to: paymentLink.monthly, id: a, «kind: b }]", ["GS1102"]],
    ["moved: [{ from: paymentLink.old, to: paymentLink.monthly }]", []],
    ["moved: [{ from: «paymentLink.monthly, to: paymentLink.monthly }]", ["GS1508"]],
    ["moved: [{ from: «product.old, to: paymentLink.monthly }]", ["GS1508"]],
    ["moved: [{ from: paymentLink.monthly, to: «paymentLink.new }]", ["GS1305"]],
    [
      "moved: [{ from: paymentLink.a, to: paymentLink.monthly }, { from: paymentLink.b, to: «paymentLink.monthly }]",
      ["GS1508"],
    ],
    ["moved: [{ from: product.plan, to: product.b }, { from: product.b, to: «product.c }]", ["GS1305"]],
    [
      "moved: [{ from: product.a, to: «product.b }, { from: product.b, to: «product.a }]",
      ["GS1508", "GS1508"],
    ],
    ["moved: [«{ from: paymentLink.a }]", ["GS1103"]],
    ["moved: [{ from: «Old, to: paymentLink.monthly }]", ["GS1304"]],
  ])("%s", async (tail, codes) => {
    await expectProblems(shop({ tail }), codes);
  });

  it("a name that is still there, or moved twice, is shown with both places", async () => {
    const text = shop({ tail: "moved: [{ from: product.plan, to: product.new }]" }).replace(
      "paymentLinks:",
      "  new: { name: New, commonPrices: [$1] }\n  newer: { name: New, commonPrices: [$1] }\npaymentLinks:",
    );
    expect((await load(text)).diagnostics).toMatchObject([
      { code: "GS1508", related: [{ source: { line: 6 } }] },
    ]);
    const twice = text.replace(
      /moved: .*/,
      "moved: [{ from: product.x, to: product.new }, { from: product.x, to: product.newer }]",
    );
    expect((await load(twice)).diagnostics).toMatchObject([
      { code: "GS1508", source: { column: 55 }, related: [{ source: { column: 17 } }] },
    ]);
  });

  it("each old name of an entry that was renamed several times leads to its present one", async () => {
    const tail =
      "moved: [{ from: product.b, to: product.plan }, { from: product.x, to: product.a }, { from: product.a, to: product.b }]";
    expect((await desiredOf(shop({ tail }))).moved).toMatchObject([
      { from: "product.b", to: "product.plan" },
      { from: "product.x", to: "product.plan" },
      { from: "product.a", to: "product.plan" },
    ]);
  });

  it("an environment has its own; what is for an entry that it leaves out is left out", async () => {
    const text = shop({
      tail: `imports: [{ to: product.plan, id: prd_1 }, { to: paymentLink.monthly, id: lnk_1 }]
moved: [{ from: paymentLink.old, to: paymentLink.monthly }]
environments:
  eu: { overrides: { imports: [{ to: product.plan, id: prd_eu }], paymentLinks: { monthly: ~ } } }
  us: {}`,
    });
    const eu = await desiredOf(text, { environment: "eu" });
    expect(eu.imports).toMatchObject([{ id: "prd_eu" }]);
    expect(eu.moved).toEqual([]);
    const us = await desiredOf(text, { environment: "us" });
    expect(us.imports).toMatchObject([{ id: "prd_1" }, { id: "lnk_1" }]);
    expect(us.moved).toMatchObject([{ from: "paymentLink.old", to: "paymentLink.monthly" }]);
  });
});
