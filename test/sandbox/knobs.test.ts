import { describe, expect, it } from "vitest";
import { createSandbox, type Knobs } from "../../src/sandbox/index.js";
import { createClient, productBody } from "./client.js";
import { fieldEffects } from "./knobs/answers-and-fields.js";
import { deliveryEffects } from "./knobs/deliveries.js";
import {
  type Effects,
  firstLink,
  firstProduct,
  image,
  linkOfArchivedProduct,
  made,
  names,
} from "./knobs/effect.js";
import { linkEffects } from "./knobs/links-and-webhooks.js";
import { listEffects } from "./knobs/lists-and-products.js";
import { payerEffects } from "./knobs/sessions-and-payers.js";

// A knob without an effect here does not compile.
const effects: Effects<keyof Knobs> = {
  ...fieldEffects,
  ...listEffects,
  ...linkEffects,
  ...payerEffects,
  ...deliveryEffects,
};

describe("every knob turns something", () => {
  it.each(Object.entries(effects))("%s", async (name, { to, look, seen }) => {
    expect(await look(createClient({ knobs: { [name]: to } }))).toEqual(seen);
    expect(await look(createClient())).not.toEqual(seen);
  });

  it("can be turned while the sandbox runs", async () => {
    const client = createClient();
    await names(client);
    client.sandbox.setKnobs({ listOrder: "oldest" });
    expect(await names(client)).toBe("abcdef");
  });

  it("refuses a knob or a value that there is not", () => {
    const { sandbox } = createClient();
    expect(() => sandbox.setKnobs(JSON.parse('{"listorder":"oldest"}'))).toThrow();
    expect(() => sandbox.setKnobs(JSON.parse('{"listOrder":"random"}'))).toThrow();
    expect(() => createSandbox({ knobs: JSON.parse('{"nope":1}') })).toThrow();
  });
});

describe("the other positions of knobs", () => {
  it.each([
    ["dropped", { code: 0, url: undefined, products: 1 }],
    ["oldKept", { code: 0, url: undefined, products: 1 }],
    ["failBefore", { code: 900301, url: undefined, products: 0 }],
    ["failAfter", { code: 900301, url: undefined, products: 1 }],
  ] as const)("a picture %s", async (position, expected) => {
    const client = createClient({ knobs: { image: position } });
    const reply = await client.post("/product/create", { ...productBody, imageUrl: image });
    const { products } = client.sandbox.snapshot();
    expect({ code: reply.code, url: products[0]?.imageUrl, products: products.length }).toEqual(expected);
  });

  it("one hosted URL for one source URL", async () => {
    const client = createClient({ knobs: { image: "sameHash" } });
    const [one, two] = [await made(client, { imageUrl: image }), await made(client, { imageUrl: image })];
    expect(one.imageUrl).toBe(two.imageUrl);
    expect(one.imageUrl).not.toBe(image);
  });

  it("lists in a shuffled order that pages can rely on, and in one that they cannot", async () => {
    const client = createClient({ knobs: { listOrder: "shuffled" } });
    const shuffled = await names(client);
    expect([...shuffled].sort().join("")).toBe("abcdef");
    expect((await names(client, "/product/list/1/3")) + (await names(client, "/product/list/2/3"))).toBe(
      shuffled,
    );
    client.sandbox.setKnobs({ listOrder: "unstable" });
    const orders = new Set([await names(client), await names(client), await names(client)]);
    expect(orders.size).toBeGreaterThan(1);
  });

  it("hides a link from its payers while a product of it is archived", async () => {
    const client = createClient({ knobs: { archivedProductInLink: "closedToPayers" } });
    const { link } = await linkOfArchivedProduct(client);
    expect(await client.get(`https://x.example/aipay/api/v1/payment/link/${link.linkId}`)).toMatchObject({
      code: 100304,
    });
    expect((await firstLink(client)).status).toBe("active");
  });

  it("answers an unset field as an empty value", async () => {
    const product = await made(createClient({ knobs: { clearedReadsAs: "empty" } }));
    expect(product).toMatchObject({ description: "", imageUrl: "", attributes: [] });
  });

  it("never clears a field that is omitted, but an empty value does", async () => {
    const client = createClient({ knobs: { omittedOptional: "keep" } });
    const { productId } = await made(client, { description: "All", attributes: [{ name: "a", value: "b" }] });
    await client.write("/product/update", { ...productBody, productId, description: "", attributes: [] });
    expect(await firstProduct(client)).not.toHaveProperty("description");
    expect(await firstProduct(client)).not.toHaveProperty("attributes");
  });
});
