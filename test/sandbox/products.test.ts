import { describe, expect, it } from "vitest";
import { createClient, productBody } from "./client.js";

describe("products in the sandbox", () => {
  it("creates a product and answers the whole of it", async () => {
    const client = createClient();
    const product = await client.write("/product/create", {
      ...productBody,
      description: "All",
      attributes: [{ name: "Size", value: "L" }],
    });
    expect(product).toEqual({
      productId: expect.stringMatching(/^prd_\w{24}$/),
      ...productBody,
      description: "All",
      attributes: [{ name: "Size", value: "L" }],
      status: "active",
      createAt: "2026-01-02 03:04:05",
    });
  });

  it("hosts the picture under a URL of its own", async () => {
    const client = createClient();
    const source = "https://acme.example/a.png";
    const product = await client.write("/product/create", { ...productBody, imageUrl: source });
    expect(product.imageUrl).toMatch(/^https:\/\/files\.gstable\.example\/\w{24}\.png$/);
    await client.write("/product/update", {
      ...productBody,
      productId: product.productId,
      imageUrl: product.imageUrl,
    });
    const [again] = await client.write("/product/list/by/ids", { productIds: [product.productId] });
    expect(again.imageUrl).toBe(product.imageUrl);
  });

  it("replaces the whole product on update: what is left out is gone", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", { ...productBody, description: "All" });
    expect(await client.write("/product/update", { productId, name: "New", commonPrices: [1] })).toEqual({
      success: true,
    });
    const [product] = await client.write("/product/list/by/ids", { productIds: [productId] });
    expect(product).toMatchObject({ name: "New", commonPrices: [1] });
    expect(product).not.toHaveProperty("description");
  });

  it.each([
    ["a name over 100 characters", { name: "x".repeat(101) }],
    ["an empty name", { name: "" }],
    ["a description over 1000 characters", { description: "x".repeat(1001) }],
    ["a picture without TLS", { imageUrl: "http://acme.example/a.png" }],
    ["a picture URL over 500 characters", { imageUrl: `https://acme.example/${"x".repeat(500)}` }],
    ["no price", { commonPrices: [] }],
    ["six prices", { commonPrices: [1, 2, 3, 4, 5, 6] }],
    ["a price of zero", { commonPrices: [0] }],
    ["a price with a fraction", { commonPrices: [1.5] }],
    ["a price as a string", { commonPrices: ["1"] }],
    ["eleven attributes", { attributes: Array.from({ length: 11 }, () => ({ name: "a", value: "b" })) }],
    ["null for a text", { description: null }],
  ])("refuses %s with 400101 and the detail", async (_, change) => {
    const client = createClient();
    const reply = await client.post("/product/create", { ...productBody, ...change });
    expect(reply).toMatchObject({ status: 200, code: 400101, data: null });
    expect(reply.message).toMatch(/^Invalid field format: .+/);
    expect(client.sandbox.snapshot().products).toEqual([]);
  });

  it("counts a name in code points", async () => {
    const client = createClient();
    expect(await client.post("/product/create", { ...productBody, name: "🎈".repeat(100) })).toMatchObject({
      code: 0,
    });
  });

  it("archives, unarchives and removes", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", productBody);
    const status = async () =>
      (await client.write("/product/list/by/ids", { productIds: [productId] }))[0]?.status;
    await client.write("/product/archive", { productId });
    expect(await status()).toBe("archived");
    await client.write("/product/unarchive", { productId });
    expect(await status()).toBe("active");
    await client.write("/product/remove", { productId });
    expect(await status()).toBeUndefined();
    expect((await client.read("/product/list/1/10")).total).toBe(0);
    expect(await client.post("/product/update", { ...productBody, productId })).toMatchObject({
      code: 100306,
    });
  });

  it("never removes a product that a link has ever sold", async () => {
    const client = createClient();
    const { product, link, body } = await client.shop();
    const other = await client.write("/product/create", productBody);
    const lineItems = [{ ...body.lineItems[0], productId: other.productId }];
    await client.write("/payment/link/update", { ...body, linkId: link.linkId, lineItems });
    expect(await client.post("/product/remove", { productId: product.productId })).toMatchObject({
      code: 100305,
    });
  });

  it("does not know a product that was never there", async () => {
    const client = createClient();
    for (const action of ["archive", "unarchive", "remove"]) {
      expect(await client.post(`/product/${action}`, { productId: "prd_x" })).toMatchObject({ code: 100301 });
    }
  });

  it("lists by pages, newest first, with page and size as strings", async () => {
    const client = createClient();
    for (const name of ["a", "b", "c"]) await client.write("/product/create", { ...productBody, name });
    const page = await client.read("/product/list/2/2");
    expect(page).toMatchObject({ total: 3, page: "2", size: "2" });
    expect(page.products.map((product: { name: string }) => product.name)).toEqual(["a"]);
    expect((await client.read("/product/list/9/2")).products).toEqual([]);
    expect(await client.get("/product/list/0/2")).toMatchObject({ code: 400101 });
  });

  it("drops unknown ids from a list by ids, without a word", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", productBody);
    const found = await client.write("/product/list/by/ids", { productIds: ["prd_x", productId, productId] });
    expect(found).toHaveLength(1);
  });
});
