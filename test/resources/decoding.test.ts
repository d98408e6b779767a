import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountLookup } from "../../src/resources/account/lookup.js";
import { decodeChainTokens } from "../../src/resources/capability/chain-tokens.js";
import { capabilityLookup } from "../../src/resources/capability/lookup.js";
import { paymentLinkDefinition as links } from "../../src/resources/payment-link/definition.js";
import { decodePayerPage } from "../../src/resources/payment-link/payer-view.js";
import { decodeLink } from "../../src/resources/payment-link/wire.js";
import { productDefinition as products } from "../../src/resources/product/definition.js";
import { kinds } from "../../src/resources/registry.js";
import { webhookDefinition as webhooks } from "../../src/resources/webhook/definition.js";
import type { FieldValues } from "../../src/state/value.js";
import { item, values } from "../engine/builders.js";

const product = (parts: object = {}) =>
  products.decodeCreated({ productId: "prd_1", name: "Plan", commonPrices: [1], status: "active", ...parts });
const line = { itemType: "product", productId: "prd_1", quantity: 1, unitPrice: 5 };
const wireLink = {
  linkId: "lnk_1",
  linkType: "fixed",
  linkName: "Premium",
  accountId: "acc_1",
  settlementToken: "polygon::usdc",
  feeModel: 2,
  lineItems: { items: [line] },
  status: "active",
  versionCode: "ver_1",
  linkUrl: "https://pay.gstable.example/lnk_1",
};
const link = (parts: object = {}) => decodeLink({ ...wireLink, ...parts }, false);
const webhook = (parts: object = {}) =>
  webhooks.decodeCreated({
    webhookId: "wkid_1",
    webhookName: "W",
    webhookUrl: "https://a.example",
    subscribedEvents: ["session.paid"],
    status: "active",
    ...parts,
  });

describe("unset is unset, however the API says it", () => {
  test.each([
    ["absent", {}],
    ["empty", ""],
    ["null", null],
  ] as const)("%s", (how, empty) => {
    const as = (name: string) => (how === "absent" ? {} : { [name]: empty });
    expect(product({ ...as("description"), ...as("imageUrl") })?.values).toMatchObject({
      description: null,
      imageUrl: null,
    });
    expect(
      link({ ...as("successUrl"), ...as("customSuccessText"), ...as("customDisabledText") })?.values,
    ).toMatchObject({
      successUrl: null,
      customSuccessText: null,
      customDisabledText: null,
    });
    expect(link(as("payerEmailRequired"))?.values.payerEmailRequired).toBe(false);
    expect(webhook(as("webhookDescription"))?.values.webhookDescription).toBeNull();
  });

  test.each([[undefined], [null], [[]], [""]])("attributes as %j", (attributes) => {
    expect(product({ attributes })?.values.attributes).toBeNull();
  });
});

describe("numbers", () => {
  test("may come as texts", () => {
    expect(product({ commonPrices: ["9990000"] })?.values.commonPrices).toEqual([9_990_000]);
    const items = [{ ...line, quantity: "2", unitPrice: "9990000" }];
    expect(link({ lineItems: { items }, feeModel: "1", payerEmailRequired: "1" })?.values).toMatchObject({
      feeModel: "merchant",
      payerEmailRequired: true,
      lineItems: [{ quantity: 2, unitPrice: 9_990_000 }],
    });
    expect(links.reading.decodeList({ links: [], total: "7" })).toMatchObject({ ok: true, total: 7 });
  });

  test.each([["1.5"], [1.5], ["1e3"], ["abc"], [2 ** 60]])(
    "that are no safe integers stay visible: %j",
    (price) => {
      expect(product({ commonPrices: [price] })?.values.commonPrices).toEqual([String(price)]);
    },
  );
});

describe("an answer that means harm", () => {
  const trap = JSON.parse('{"toString": 1, "valueOf": 1, "__proto__": {"x": 1}}');
  const nested = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);

  test.each([
    ["an object that is no text", trap, "an object"],
    ["lists in lists", nested, "a list"],
  ])("is read like any other: %s", (_, harm, spelt) => {
    expect(product({ commonPrices: [harm], attributes: [harm] })?.values.commonPrices).toEqual([spelt]);
    expect(webhook({ subscribedEvents: [harm] })?.values.subscribedEvents).toEqual([spelt]);
    const items = { items: [{ ...line, quantity: harm, unitPrice: harm }] };
    expect(link({ lineItems: items, feeModel: harm })).toMatchObject({
      values: { feeModel: spelt, lineItems: [{ quantity: spelt, unitPrice: spelt }] },
      unknown: `feeModel \`${spelt}\``,
    });
    const account = { accountId: "acc_1", settlementCurrencies: [harm] };
    expect(accountLookup.decode([account])).toMatchObject([{ settlementCurrencies: [spelt] }]);
    const token = { tokenId: "t", symbol: "s", chainId: harm };
    expect(decodeChainTokens({ supportedTokens: [token] })).toMatchObject([{ chainId: spelt }]);
    const view = {
      supportedPaymentTokens: [{ ...token, amountInToken: harm }],
      createPaymentSessionRequirement: { authorizationSpec: { types: { T: [{ name: harm, type: harm }] } } },
    };
    expect(decodePayerPage({ linkId: "lnk_1", aiView: view, lineItems: [harm] })).toMatchObject({
      page: { tokens: [{ chainId: spelt, units: undefined }] },
    });
  });

  test("line items deeper than any endpoint nests them are none", () => {
    const deep = JSON.parse(`${'{"lineItems":'.repeat(50_000)}[]${"}".repeat(50_000)}`);
    expect(link({ lineItems: deep })?.values.lineItems).toBeNull();
  });
});

describe("line items", () => {
  const expected = [{ product: "prd_1", quantity: 1, unitPrice: 5 }];

  test.each([
    ["a plain list", [line]],
    ["items", { items: [line] }],
    ["nested once", { amount: 5, lineItems: { items: [line] } }],
    ["nested twice", { lineItems: { lineItems: { items: [line] } } }],
    ["a list, nested", { lineItems: [line] }],
    [
      "with productData and ids",
      { items: [{ ...line, lineItemId: "li_1", productData: { productName: "x" } }] },
    ],
  ])("as %s", (_how, lineItems) => {
    expect(link({ lineItems })?.values.lineItems).toEqual(expected);
  });

  test.each([[undefined], [null], [{}], [[]], [{ items: [] }], ["x"]])("as %j are none", (lineItems) => {
    expect(link({ lineItems })?.values.lineItems).toBeNull();
  });

  test.each([[undefined], [null], [0], ["0"], [""]])("the payer's price as %j is none", (unitPrice) => {
    const items = [{ itemType: "user_priced", productId: "prd_1", quantity: 1, unitPrice }];
    expect(link({ linkType: "custom", lineItems: { items } })?.values.lineItems).toEqual([
      { product: "prd_1", quantity: 1, unitPrice: null },
    ]);
  });

  test("a fixed price of zero is a price", () => {
    expect(link({ lineItems: { items: [{ ...line, unitPrice: 0 }] } })?.values.lineItems).toMatchObject([
      { unitPrice: 0 },
    ]);
  });
});

describe("states", () => {
  test.each([
    ["active", true, false],
    ["inactive", false, false],
    ["disabled", false, false],
    ["something else", false, false],
    ["archived", false, true],
  ])("a link that is %s", (status, open, archivedForGood) => {
    expect(link({ status })).toMatchObject({ open, archivedForGood, status });
  });

  test.each([
    ["active", true, false, undefined],
    ["archived", false, false, undefined],
    ["removed", false, true, undefined],
    ["frozen", false, false, "status `frozen`"],
  ])("a product that is %s", (status, open, archivedForGood, unknown) => {
    expect(product({ status })).toMatchObject({ open, archivedForGood, unknown });
  });

  test.each([
    ["active", true, undefined],
    ["paused", true, undefined],
    ["inactive", false, undefined],
    ["disabled", false, undefined],
    ["frozen", false, "status `frozen`"],
  ])("a webhook that is %s", (status, open, unknown) => {
    expect(webhook({ status })).toMatchObject({ open, unknown });
  });

  test.each([
    [{ linkType: "subscription" }, "linkType"],
    [{ feeModel: 3 }, "feeModel"],
    [{ lineItems: { items: [{ ...line, itemType: "one_time" }] } }, "itemType"],
  ])("a word that nobody knows leaves the link alone: %j", (parts, word) => {
    expect(link(parts)?.unknown).toContain(word);
  });
});

describe("lists", () => {
  test("a field that a list leaves out is not known; in a detail it is unset", () => {
    const { feeModel: _, ...rest } = wireLink;
    const listed = decodeLink(rest, true);
    expect(listed?.whole).toBe(false);
    expect(Object.hasOwn(listed?.values ?? {}, "feeModel")).toBe(false);
    expect(Object.hasOwn(listed?.values ?? {}, "successUrl")).toBe(false);
    expect(decodeLink(rest, false)?.values.successUrl).toBeNull();
    expect(decodeLink(rest, false)?.whole).toBe(true);
  });

  test.each([
    [products.reading.decodeList({ products: [{ name: "no id" }], total: 1 })],
    [links.reading.decodeList({ links: [{ linkId: "" }], total: 1 })],
    [webhooks.reading.decodeList({ webhooks: [null] })],
    [products.reading.decodeList({ total: 0 })],
    [links.reading.decodeList([])],
    [webhooks.reading.decodeList({})],
    [products.reading.decodeList(null)],
  ])("that are not what they should be are no lists", (page) => {
    expect(page).toMatchObject({ ok: false });
  });

  test.each([
    [products.reading.decodeList({ products: null, total: 0 })],
    [links.reading.decodeList({ links: null, total: "0" })],
    [webhooks.reading.decodeList({ webhooks: null })],
  ])("that are empty may be spelled null", (page) => {
    expect(page).toMatchObject({ ok: true, objects: [] });
  });

  test("products by their ids are a bare list; what is no product is left out", () => {
    const decode = products.reading.decodeDetail;
    expect(decode([{ productId: "prd_1" }, null, {}]).map(({ id }) => id)).toEqual(["prd_1"]);
    expect(decode({ products: [{ productId: "prd_1" }] }).map(({ id }) => id)).toEqual(["prd_1"]);
    expect([decode(null), decode("x"), decode({})]).toEqual([[], [], []]);
  });

  test("subscribed events are a set", () => {
    expect(webhook({ subscribedEvents: ["b", "a", "b"] })?.values.subscribedEvents).toEqual(["a", "b"]);
  });

  test("a webhook's signing key is looked at by nobody", () => {
    expect(JSON.stringify(webhook({ key: "wkk_secret" }))).not.toContain("wkk_secret");
  });
});

describe("accounts and capabilities", () => {
  test("addresses are compared in lower case; a list with a stranger in it is none", () => {
    const account = {
      accountId: "acc_1",
      accountAddress: "0xABC",
      status: "normal",
      settlementCurrencies: ["b", "a"],
    };
    expect(accountLookup.decode([account])).toMatchObject([
      { address: "0xabc", settlementCurrencies: ["a", "b"] },
    ]);
    expect(accountLookup.decode({ accounts: [account] })).toHaveLength(1);
    expect([accountLookup.decode([{}]), accountLookup.decode(null), accountLookup.decode({})]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("routes are gathered over their groups; half a matrix is none", () => {
    const route = {
      tokenId: "base::usdc",
      crosschain: true,
      feeRatePPM: "6000",
      minPaymentValue: "1",
      maxPaymentValue: 9,
    };
    const decoded = capabilityLookup.decode({
      supportedTokens: [{ tokenId: "polygon::usdc" }, {}],
      paymentCapabilities: { "polygon::usdc": { POL: [route], ETH: null, ARB: [{}] } },
    });
    const { feeRatePPM: _, ...silent } = route;
    const unsaid = capabilityLookup.decode({
      supportedTokens: [],
      paymentCapabilities: { "polygon::usdc": { POL: [silent] } },
    });
    expect(unsaid?.routes.get("polygon::usdc")?.[0]?.feeRatePpm).toBeUndefined();
    expect(decoded?.tokens).toEqual(["polygon::usdc"]);
    expect(decoded?.routes.get("polygon::usdc")).toEqual([
      { tokenId: "base::usdc", crosschain: true, feeRatePpm: 6000, minMicroUsd: 1, maxMicroUsd: 9 },
    ]);
    expect(capabilityLookup.decode({ supportedTokens: [] })).toBeUndefined();
  });
});

describe("what is sent", () => {
  const text = fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }));
  const money = fc.integer({ min: 1, max: 1e12 });
  const bodies: Readonly<Record<string, fc.Arbitrary<FieldValues>>> = {
    product: fc
      .record({
        name: fc.string({ minLength: 1 }),
        description: text,
        imageUrl: text,
        commonPrices: fc.array(money, { minLength: 1 }),
        attributes: fc.option(
          fc.array(fc.record({ name: fc.string({ minLength: 1 }), value: fc.string({ minLength: 1 }) }), {
            minLength: 1,
          }),
        ),
      })
      .map((parts) => values.product(parts)),
    paymentLink: fc
      .record({
        isFixed: fc.boolean(),
        feeModel: fc.constantFrom("merchant", "payer"),
        payerEmailRequired: fc.boolean(),
        successUrl: text,
        customSuccessText: text,
        customDisabledText: text,
        prices: fc.array(money, { minLength: 1, maxLength: 3 }),
      })
      .map(({ isFixed, prices, ...parts }) =>
        values.paymentLink({
          ...parts,
          linkType: isFixed ? "fixed" : "custom",
          lineItems: prices.map((price, index) => item(`prd_${index}`, index + 1, isFixed ? price : null)),
        }),
      ),
    webhook: fc
      .record({
        webhookDescription: text,
        subscribedEvents: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
      })
      .map((parts) => values.webhook({ ...parts, subscribedEvents: [...parts.subscribedEvents].sort() })),
  };

  test.each([...kinds.values()].map((definition) => [definition.kind, definition] as const))(
    "%s: comes back as it was wanted, and unset fields are left out",
    (kind, definition) => {
      const ids = { product: { productId: "x" }, paymentLink: { linkId: "x" }, webhook: { webhookId: "x" } };
      fc.assert(
        fc.property(bodies[kind] ?? fc.constant({}), (wanted) => {
          const body = JSON.parse(JSON.stringify(definition.encode(wanted)));
          expect(Object.values(body)).not.toContain(null);
          // The list reading must not lack fields: it stands for a whole answer here.
          const [back] = definition.reading.decodeDetail(
            kind === "product" ? [{ ...ids[kind], ...body }] : { ...ids[kind], ...body },
          );
          expect(back?.values).toEqual(wanted);
        }),
      );
    },
  );

  test("an item's type follows from the link's", () => {
    const typeOf = (linkType: string) =>
      JSON.stringify(links.encode(values.paymentLink({ linkType })).lineItems);
    expect([typeOf("fixed"), typeOf("custom")]).toEqual([
      expect.stringContaining('"itemType":"product"'),
      expect.stringContaining('"itemType":"user_priced"'),
    ]);
  });
});
