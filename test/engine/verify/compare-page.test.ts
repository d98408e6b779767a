import { describe, expect, it } from "vitest";
import type { AppliedLink, Surroundings } from "../../../src/engine/verify/applied-link.js";
import { comparePage } from "../../../src/engine/verify/compare-page.js";
import { decodePayerPage, payerRequirement } from "../../../src/resources/payment-link/payer-view.js";

const link: AppliedLink = {
  address: "paymentLink.beans",
  id: "lnk_1",
  url: "https://pay.gstable.io/link/lnk_1",
  open: true,
  linkName: "Beans",
  linkType: "fixed",
  items: [
    { productName: "Bag", quantity: 2, unitPriceMicroUsd: 4_995_000 },
    { productName: "Mug", quantity: 1, unitPriceMicroUsd: 10_000 },
  ],
  settlementToken: "polygon::usdc",
  feeModel: "payer",
  versionCode: "ver_1",
};

const route = { crosschain: false, feeRatePpm: 3000, minMicroUsd: 10_000, maxMicroUsd: 1_000_000_000 };
const around: Surroundings = {
  requirement: payerRequirement,
  capabilities: {
    tokens: [
      { tokenId: "polygon::usdc", chainId: "137", symbol: "USDC" },
      { tokenId: "base::usdc", chainId: "8453", symbol: "USDC" },
      { tokenId: "ethereum::usdt", chainId: "1", symbol: "USDT" },
    ],
    routes: new Map([
      [
        "polygon::usdc",
        [
          { ...route, tokenId: "polygon::usdc" },
          { ...route, tokenId: "base::usdc" },
          { ...route, tokenId: "ethereum::usdt", minMicroUsd: 50_000_000 },
        ],
      ],
    ]),
  },
};

const bag = { quantity: 2, productData: { productName: "Bag" }, unitPriceInUSD: "4.995" };
const mug = { quantity: 1, productData: { productName: "Mug" }, unitPriceInUSD: "0.01" };
const usdc = {
  chainName: "Polygon",
  chainId: "137",
  symbol: "USDC",
  decimals: 6,
  amountInToken: "10030000",
  amountInUSD: "10.00",
};
const onBase = { ...usdc, chainName: "Base", chainId: "8453" };
const spec = {
  type: "eip712",
  purpose: "create_payment_session",
  domain: { name: "aipay.gstable.io", version: "1" },
  types: {
    PaymentSessionCreationAuthorization: (
      payerRequirement.get("types.PaymentSessionCreationAuthorization") ?? ""
    )
      .split(", ")
      .map((field) => ({ name: field.split(" ")[0], type: field.split(" ")[1] })),
  },
};

interface Answer {
  readonly linkId?: unknown;
  readonly linkName?: unknown;
  readonly linkVersion?: unknown;
  readonly lineItems?: unknown;
  readonly pricing?: unknown;
  readonly tokens?: unknown;
  readonly spec?: unknown;
}

/** A whole answer of the payers' host, but for what a case is about. */
function page(changes: Answer = {}) {
  return decodePayerPage({
    merchantId: "m",
    linkId: "linkId" in changes ? changes.linkId : "lnk_1",
    linkVersion: "linkVersion" in changes ? changes.linkVersion : "ver_1",
    linkName: "linkName" in changes ? changes.linkName : "Beans",
    lineItems: "lineItems" in changes ? changes.lineItems : [bag, mug],
    aiView: {
      pricingModel: { type: "pricing" in changes ? changes.pricing : "fixed" },
      supportedPaymentTokens: "tokens" in changes ? changes.tokens : [usdc, onBase],
      createPaymentSessionRequirement: {
        authorizationRequired: true,
        authorizationSpec: "spec" in changes ? changes.spec : spec,
      },
    },
  });
}

const judge = (changes: Answer, about: Partial<AppliedLink> = {}) =>
  comparePage({ ...link, ...about }, page(changes), around);

describe("a page that is as it was applied", () => {
  it.each<[string, Answer, Partial<AppliedLink>]>([
    ["as documented", {}, {}],
    ["with its items in another order", { lineItems: [mug, bag] }, {}],
    ["with trailing zeros", { lineItems: [{ ...bag, unitPriceInUSD: "4.995000000" }, mug] }, {}],
    ["with a number for a price", { lineItems: [{ ...bag, unitPriceInUSD: 4.995 }, mug] }, {}],
    ["with outer space in its name", { linkName: " Beans " }, {}],
    [
      "without the payer's fee in what it asks",
      { tokens: [{ ...usdc, amountInToken: "10000000" }, onBase] },
      {},
    ],
    [
      "with an expensive way as well",
      { tokens: [usdc, onBase, { ...onBase, chainId: "1", symbol: "USDT" }] },
      {},
    ],
    [
      "with a token of eighteen decimals",
      { tokens: [{ ...usdc, decimals: 18, amountInToken: "10030000000000000000" }, onBase] },
      {},
    ],
    ["whose version was never recorded", { linkVersion: "ver_9" }, { versionCode: undefined }],
  ])("agrees: %s", (_, changes, about) => {
    expect(judge(changes, about)).toMatchObject({
      state: "agrees",
      seen: "open",
      differences: [],
      unseen: [],
    });
  });

  it("names the tokens that it takes as configurations do", () => {
    expect(judge({}).tokens.map(({ tokenId }) => tokenId)).toEqual(["polygon::usdc", "base::usdc"]);
  });

  it("agrees where the payer decides, whatever the price says for it", () => {
    const items = [{ productName: "Tip", quantity: 1, unitPriceMicroUsd: null }];
    const tip = { quantity: 1, productData: { productName: "Tip" }, unitPriceInUSD: "0.00" };
    const free = { ...usdc, amountInToken: "0", amountInUSD: "0.00" };
    const tokens = [free, { ...free, chainId: "8453" }, { ...free, chainId: "1", symbol: "USDT" }];
    const shown = { lineItems: [tip], tokens, pricing: "custom" };
    expect(judge(shown, { items, linkType: "custom" }).state).toBe("agrees");
  });
});

describe("a fee that the capabilities leave open", () => {
  const open = around.capabilities?.routes
    .get("polygon::usdc")
    ?.map((one) => ({ ...one, feeRatePpm: undefined }));
  const capabilities = {
    tokens: [],
    ...around.capabilities,
    routes: new Map([["polygon::usdc", open ?? []]]),
  };

  it("is told as not seen, and is no difference", () => {
    const found = comparePage(link, page(), { ...around, capabilities });
    expect(found).toMatchObject({ state: "unseen", differences: [] });
    expect(found.unseen.map(({ why }) => why)).toContain(
      "the capabilities do not tell the fee that payers bear",
    );
  });

  it("does not matter where the merchant bears it", () => {
    const tokens = [usdc, onBase].map((token) => ({ ...token, amountInToken: "10000000" }));
    const found = comparePage({ ...link, feeModel: "merchant" }, page({ tokens }), {
      ...around,
      capabilities,
    });
    expect(found).toMatchObject({ state: "agrees", unseen: [] });
  });
});

describe("a page that is not as it was applied", () => {
  it.each<[string, Answer, string]>([
    ["another link", { linkId: "lnk_2" }, "linkId"],
    ["another name", { linkName: "Beams" }, "linkName"],
    ["another type", { pricing: "custom" }, "linkType"],
    ["another version", { linkVersion: "ver_2" }, "version"],
    [
      "a price one Micro-USD off",
      { lineItems: [{ ...bag, unitPriceInUSD: "4.995001" }, mug] },
      "lineItems[0].unitPrice",
    ],
    [
      "a price that is off beyond Micro-USD",
      { lineItems: [{ ...bag, unitPriceInUSD: "4.9950000001" }, mug] },
      "lineItems[0].unitPrice",
    ],
    ["another quantity", { lineItems: [{ ...bag, quantity: 3 }, mug] }, "lineItems[0].quantity"],
    ["an item less", { lineItems: [bag] }, "lineItems[1]"],
    ["an item more", { lineItems: [bag, mug, mug] }, "lineItems[2]"],
    ["no way to pay", { tokens: [] }, "tokens"],
    ["a way less", { tokens: [usdc] }, "tokens[base::usdc]"],
    [
      "a way that nobody knows",
      { tokens: [usdc, onBase, { ...usdc, chainId: "56" }] },
      "tokens[USDC on chain 56]",
    ],
    [
      "another amount in dollars",
      { tokens: [{ ...usdc, amountInUSD: "10.01" }, onBase] },
      "tokens[polygon::usdc].amountInUSD",
    ],
    [
      "more units than price and fee",
      { tokens: [{ ...usdc, amountInToken: "10030001" }, onBase] },
      "tokens[polygon::usdc].amountInToken",
    ],
    [
      "fewer units than the price",
      { tokens: [{ ...usdc, amountInToken: "9999999" }, onBase] },
      "tokens[polygon::usdc].amountInToken",
    ],
    ["another scheme to sign by", { spec: { ...spec, type: "personal" } }, "requirement.type"],
    [
      "another domain to sign for",
      { spec: { ...spec, domain: { name: "evil.example", version: "1" } } },
      "requirement.domain.name",
    ],
    [
      "other fields to sign",
      {
        spec: {
          ...spec,
          types: { PaymentSessionCreationAuthorization: [{ name: "amount", type: "uint256" }] },
        },
      },
      "requirement.types.PaymentSessionCreationAuthorization",
    ],
  ])("disagrees in one field: %s", (_, changes, path) => {
    const verdict = judge(changes);
    expect(verdict.state).toBe("disagrees");
    expect(verdict.differences.map((one) => one.path)).toEqual([path]);
  });

  it("asks for no fee where the merchant bears it", () => {
    const verdict = judge({}, { feeModel: "merchant" });
    expect(verdict.differences.map(({ path }) => path)).toEqual([
      "tokens[polygon::usdc].amountInToken",
      "tokens[base::usdc].amountInToken",
    ]);
  });

  it("shows money in dollars on both sides", () => {
    const [difference] = judge({ lineItems: [{ ...bag, unitPriceInUSD: "49.95" }, mug] }).differences;
    expect(difference).toEqual({ path: "lineItems[0].unitPrice", expected: "4.995", seen: "49.95" });
  });

  it("that calls a product otherwise is told, but the terms agree", () => {
    const shown = { ...bag, productData: { productName: "Old bag" } };
    const verdict = judge({ lineItems: [mug, shown] });
    expect(verdict.state).toBe("agrees");
    expect(verdict.renamed).toEqual([{ path: "lineItems[0].product", expected: "Bag", seen: "Old bag" }]);
  });
});

describe("a page that should be closed", () => {
  it.each([100101, 100102, 100103])("agrees with code %d", (code) => {
    const closed = { is: "closed", code, message: "no" } as const;
    expect(comparePage({ ...link, open: false }, closed, around)).toMatchObject({
      state: "agrees",
      seen: "closed",
    });
    expect(comparePage(link, closed, around)).toMatchObject({
      state: "disagrees",
      differences: [{ path: "enabled", expected: "open" }],
    });
  });

  it("disagrees when it can be paid, and nothing else of it matters", () => {
    const verdict = comparePage({ ...link, open: false }, page({ linkName: "Beams" }), around);
    expect(verdict.differences.map(({ path }) => path)).toEqual(["enabled"]);
  });
});

describe("what cannot be judged does not agree", () => {
  it.each<[string, Answer, string]>([
    ["no name", { linkName: null }, "linkName"],
    ["no version", { linkVersion: undefined }, "version"],
    [
      "no number of units",
      { tokens: [{ ...usdc, amountInToken: "many" }, onBase] },
      "tokens[polygon::usdc].amountInToken",
    ],
    ["tokens in another form", { tokens: { usdc } }, "tokens"],
    ["a price in words", { lineItems: [{ ...bag, unitPriceInUSD: "five" }, mug] }, "lineItems[0].unitPrice"],
    ["no requirement", { spec: undefined }, "requirement"],
  ])("%s", (_, changes, path) => {
    const verdict = judge(changes);
    expect(verdict).toMatchObject({ state: "unseen", differences: [] });
    expect(verdict.unseen.map((one) => one.path)).toEqual([path]);
  });

  it.each([undefined, null, "page", { linkId: "lnk_1" }, { linkId: "lnk_1", lineItems: [] }])(
    "%j",
    (data) => {
      expect(comparePage(link, decodePayerPage(data), around)).toMatchObject({
        state: "unseen",
        seen: null,
      });
    },
  );

  it("tokens without the capabilities to compare them with", () => {
    const verdict = comparePage(link, page(), { ...around, capabilities: undefined });
    expect(verdict).toMatchObject({ state: "unseen", unseen: [{ path: "tokens" }] });
  });
});
