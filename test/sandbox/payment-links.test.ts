import { describe, expect, it } from "vitest";
import { createClient, linkBody, productBody } from "./client.js";

describe("payment links in the sandbox", () => {
  it("wraps line items in another way in create, detail and list", async () => {
    const client = createClient();
    const { link } = await client.shop();
    expect(link.lineItems).toMatchObject({ amount: 9_990_000, lineItems: { items: [{ quantity: 1 }] } });
    expect(link.lineItems.lineItems.items[0]).toHaveProperty("productData");
    const detail = await client.read(`/payment/link/${link.linkId}`);
    expect(detail.lineItems.items[0].productData).toMatchObject({
      productName: "Premium Plan",
      status: "active",
    });
    const list = await client.read("/payment/link/list/1/10");
    expect(list).toMatchObject({ total: 1, page: "1", size: "10" });
    expect(list.links[0].lineItems.items[0]).not.toHaveProperty("productData");
  });

  it("names the account and the token in the detail only", async () => {
    const client = createClient();
    const { link } = await client.shop();
    const detail = await client.read(`/payment/link/${link.linkId}`);
    expect(detail).toMatchObject({
      accountName: "Sandbox main",
      accountAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
      settlementTokenInfo: { tokenId: "polygon::usdc", chainId: "137", decimals: 6 },
    });
    expect(link).not.toHaveProperty("accountName");
    expect((await client.read("/payment/link/list/1/10")).links[0]).not.toHaveProperty("settlementTokenInfo");
  });

  it("keeps id and URL through updates, under a new versionCode", async () => {
    const client = createClient();
    const { link, body } = await client.shop({ customSuccessText: "Thanks" });
    expect(link.linkUrl).toBe(`https://pay.gstable.io/link/${link.linkId}`);
    await client.write("/payment/link/update", {
      ...body,
      linkId: link.linkId,
      customSuccessText: undefined,
    });
    const detail = await client.read(`/payment/link/${link.linkId}`);
    expect(detail.linkUrl).toBe(link.linkUrl);
    expect(detail.versionCode).toMatch(/^ver_\w{16}$/);
    expect(detail.versionCode).not.toBe(link.versionCode);
    expect(detail).not.toHaveProperty("customSuccessText");
  });

  it("disables and enables without a new version", async () => {
    const client = createClient();
    const { link } = await client.shop();
    await client.write("/payment/link/disable", { linkId: link.linkId });
    const detail = await client.read(`/payment/link/${link.linkId}`);
    expect(detail).toMatchObject({ status: "inactive", versionCode: link.versionCode });
    await client.write("/payment/link/enable", { linkId: link.linkId });
    expect(await client.read(`/payment/link/${link.linkId}`)).toMatchObject({ status: "active" });
  });

  it("lets nobody read or change an archived link", async () => {
    const client = createClient();
    const { link, body } = await client.shop();
    client.sandbox.dashboard.archiveLink({ linkId: link.linkId });
    expect(await client.get(`/payment/link/${link.linkId}`)).toMatchObject({ code: 100102 });
    expect(await client.post("/payment/link/update", { ...body, linkId: link.linkId })).toMatchObject({
      code: 100102,
    });
    expect(await client.post("/payment/link/enable", { linkId: link.linkId })).toMatchObject({
      code: 100102,
    });
  });

  it("sells at the payer's price in a custom link", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", productBody);
    const lineItems = [{ itemType: "user_priced", productId, quantity: 1 }];
    const link = await client.write(
      "/payment/link/create",
      linkBody(productId, { linkType: "custom", lineItems }),
    );
    expect(link.amount).toBe(0);
  });

  it.each([
    [
      "a fixed link with an item that the payer prices",
      { lineItems: [{ itemType: "user_priced", productId: "p", quantity: 1 }] },
    ],
    ["a custom link with a priced item", { linkType: "custom" }],
    ["a price of zero", { lineItems: [{ itemType: "product", productId: "p", quantity: 1, unitPrice: 0 }] }],
    ["half a piece", { lineItems: [{ itemType: "product", productId: "p", quantity: 0.5, unitPrice: 1 }] }],
    ["no items", { lineItems: [] }],
    ["a fee model of 3", { feeModel: 3 }],
    ["a boolean for payerEmailRequired", { payerEmailRequired: true }],
    ["a successUrl that is none", { successUrl: "acme" }],
    ["no name", { linkName: undefined }],
  ])("refuses %s with 400101", async (_, change) => {
    const client = createClient();
    expect(await client.post("/payment/link/create", linkBody("p", change))).toMatchObject({ code: 400101 });
  });

  it("checks format, account, token and products in this order", async () => {
    const client = createClient();
    const attempt = async (change: Record<string, unknown>) =>
      (await client.post("/payment/link/create", linkBody("prd_x", change))).code;
    const wrong = { feeModel: 9, accountId: "acc_x", settlementToken: "dogecoin::doge" };
    expect(await attempt(wrong)).toBe(400101);
    expect(await attempt({ ...wrong, feeModel: 1 })).toBe(299101);
    expect(await attempt({ settlementToken: "dogecoin::doge" })).toBe(400201);
    expect(await attempt({ settlementToken: "arbitrumone::usdc" })).toBe(400203);
    expect(await attempt({})).toBe(100301);
  });

  it("tells a missing, removed or archived product apart, alone and among several", async () => {
    const client = createClient();
    const [good, archived, removed] = await Promise.all(
      [1, 2, 3].map(async () => (await client.write("/product/create", productBody)).productId),
    );
    await client.write("/product/archive", { productId: archived });
    await client.write("/product/remove", { productId: removed });
    const sell = async (...ids: string[]) => {
      const lineItems = ids.map((productId) => ({
        itemType: "product",
        productId,
        quantity: 1,
        unitPrice: 1,
      }));
      return (await client.post("/payment/link/create", linkBody("", { lineItems }))).code;
    };
    expect(await sell(archived)).toBe(100304);
    expect(await sell(good, archived)).toBe(100303);
    expect(await sell(removed)).toBe(100306);
    expect(await sell(good, "prd_x")).toBe(100302);
    expect(await sell(good)).toBe(0);
  });

  it("knows no link that was never there", async () => {
    const client = createClient();
    expect(await client.get("/payment/link/lnk_x")).toMatchObject({ code: 100101 });
    expect(await client.post("/payment/link/disable", { linkId: "lnk_x" })).toMatchObject({ code: 100101 });
  });
});

describe("the payer's view in the sandbox", () => {
  const payer = (linkId: string) => `https://anything.example/aipay/api/v1/payment/link/${linkId}`;

  it("shows an open link to anybody, in dollars and token units", async () => {
    const client = createClient();
    const { link } = await client.shop();
    const view = await client.read(payer(link.linkId));
    expect(view).toMatchObject({ linkId: link.linkId, linkVersion: link.versionCode, linkName: "Premium" });
    expect(view.lineItems).toEqual([
      {
        quantity: 1,
        unitPriceInUSD: "9.99",
        productData: { productName: "Premium Plan", productDescription: "", imageUrl: "", attributes: [] },
      },
    ]);
    const tokens: Record<string, unknown>[] = view.aiView.supportedPaymentTokens;
    const same = tokens.find((token) => token.chainId === "137" && token.symbol === "USDC");
    expect(same).toMatchObject({ amountInToken: "10009980", amountInUSD: "9.99" });
    expect(view.aiView.createPaymentSessionRequirement.authorizationSpec.type).toBe("eip712");
  });

  it("says why a link is closed", async () => {
    const client = createClient();
    const { link } = await client.shop();
    await client.write("/payment/link/disable", { linkId: link.linkId });
    expect(await client.get(payer(link.linkId))).toMatchObject({ code: 100103 });
    client.sandbox.dashboard.archiveLink({ linkId: link.linkId });
    expect(await client.get(payer(link.linkId))).toMatchObject({ code: 100102 });
    expect(await client.get(payer("lnk_x"))).toMatchObject({ code: 100101 });
  });

  it("answers as the payer host under that host's name", async () => {
    const client = createClient();
    const { link } = await client.shop();
    const view = await client.read(`https://aipay.gstable.io/api/v1/payment/link/${link.linkId}`);
    expect(view).toHaveProperty("aiView");
  });
});
