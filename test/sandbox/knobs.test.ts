import { describe, expect, it } from "vitest";
import { createSandbox, type Knobs } from "../../src/sandbox/index.js";
import { type Client, createClient, type Data, linkBody, productBody, send, webhookBody } from "./client.js";

/** What is seen with the knob turned; with the default it must look different. */
interface Effect<V> {
  readonly to: V;
  readonly look: (client: Client) => Promise<unknown>;
  readonly seen: unknown;
}

const codeOf = async (reply: Promise<{ code: unknown }>) => (await reply).code;
const image = "https://acme.example/a.png";
const firstProduct = async (client: Client): Promise<Data> =>
  (await client.read("/product/list/1/1")).products[0];
const firstLink = async (client: Client): Promise<Data> =>
  (await client.read("/payment/link/list/1/1")).links[0];
const made = (client: Client, change: object = {}): Promise<Data> =>
  client.write("/product/create", { ...productBody, ...change });
const tryProduct = (change: object) => (client: Client) =>
  codeOf(client.post("/product/create", { ...productBody, ...change }));

async function archivedProduct(client: Client): Promise<string> {
  const { productId } = await made(client);
  await client.write("/product/archive", { productId });
  return productId;
}

async function removedProduct(client: Client): Promise<string> {
  const { productId } = await made(client);
  await client.write("/product/remove", { productId });
  return productId;
}

const byIds = (client: Client, ...productIds: string[]) =>
  client.post("/product/list/by/ids", { productIds });

async function updateLink(client: Client, change: object): Promise<unknown> {
  const { link, body } = await client.shop();
  return codeOf(client.post("/payment/link/update", { ...body, linkId: link.linkId, ...change }));
}

async function names(client: Client, list = "/product/list/1/10"): Promise<string> {
  if ((await client.read("/product/list/1/1")).total === 0) {
    for (const name of "abcdef") await made(client, { name });
  }
  return (await client.read(list)).products.map((product: { name: string }) => product.name).join("");
}

async function pausedWebhook(client: Client): Promise<string> {
  const { webhookId } = await client.write("/webhook/create", webhookBody);
  client.sandbox.dashboard.pauseWebhook({ webhookId });
  return webhookId;
}

async function linkOfArchivedProduct(client: Client): Promise<{ link: Data; body: Data }> {
  const { link, body, product } = await client.shop();
  await client.write("/product/archive", { productId: product.productId });
  return { link, body: { ...body, linkId: link.linkId } };
}

const effects: { readonly [K in keyof Knobs]: Effect<Knobs[K]> } = {
  mountedPrefixes: {
    to: ["/payment/v1"],
    look: async (client) => (await client.get("/account/list")).status,
    seen: 404,
  },
  httpStatus: {
    to: "mirrored",
    look: async (client) => (await client.get("/payment/link/lnk_x")).status,
    seen: 404,
  },
  acceptedKeys: {
    to: ["sk_live_other"],
    look: async (client) => (await client.get("/account/list")).status,
    seen: 401,
  },
  authErrorBody: {
    to: "html",
    look: async ({ sandbox }) =>
      (await send(sandbox, "/account/list", { method: "GET", headers: { Authorization: "x" } })).text.slice(
        0,
        9,
      ),
    seen: "<!DOCTYPE",
  },
  authErrorStatus: {
    to: 403,
    look: async ({ sandbox }) =>
      (await send(sandbox, "/account/list", { method: "GET", headers: { Authorization: "x" } })).status,
    seen: 403,
  },
  restrictedKeyWrites: {
    to: "allowed",
    look: async ({ sandbox }) => {
      const headers = { Authorization: "Bearer rk_live_a" };
      return (
        await send(sandbox, "/product/create", { method: "POST", headers, body: JSON.stringify(productBody) })
      ).code;
    },
    seen: 0,
  },
  numbers: {
    to: "strings",
    look: async (client) => (await made(client)).commonPrices,
    seen: ["9990000", "99000000"],
  },
  timestamps: {
    to: "plus8",
    look: async (client) => (await made(client)).createAt,
    seen: "2026-01-02 11:04:05",
  },
  latencyMs: {
    to: 5,
    look: async (client) => {
      const startedMs = performance.now();
      await client.get("/account/list");
      // Timers may be a little early.
      return performance.now() - startedMs >= 4;
    },
    seen: true,
  },
  readLag: {
    to: 2,
    look: async (client) => {
      const { productId } = await made(client);
      const seen: number[] = [];
      for (let look = 0; look < 3; look += 1) seen.push((await byIds(client, productId)).data.length);
      return seen;
    },
    seen: [0, 0, 1],
  },

  omittedOptional: {
    to: "keep",
    look: async (client) => {
      const { productId } = await made(client, { description: "All" });
      await client.write("/product/update", { ...productBody, productId });
      return (await firstProduct(client)).description;
    },
    seen: "All",
  },
  clearedReadsAs: { to: "null", look: async (client) => (await made(client)).description, seen: null },
  emptyInProducts: { to: "refused", look: tryProduct({ description: "" }), seen: 400101 },
  emptyInLinks: { to: "refused", look: (client) => updateLink(client, { successUrl: "" }), seen: 400101 },
  emptyInWebhooks: {
    to: "keep",
    look: async (client) => {
      const { webhookId } = await client.write("/webhook/create", {
        ...webhookBody,
        webhookDescription: "Old",
      });
      await client.write("/webhook/update", { ...webhookBody, webhookId, webhookDescription: "" });
      return (await client.read(`/webhook/detail/${webhookId}`)).webhookDescription;
    },
    seen: "Old",
  },
  nullInBody: { to: "empty", look: tryProduct({ description: null, attributes: null }), seen: 0 },
  texts: { to: "trimmed", look: async (client) => (await made(client, { name: " a " })).name, seen: "a" },
  textUnit: { to: "bytes", look: tryProduct({ name: "ä".repeat(60) }), seen: 400101 },
  undocumentedTextLimit: {
    to: 7,
    look: (client) => updateLink(client, { linkName: "A longer name" }),
    seen: 400101,
  },
  attributesOrder: {
    to: "shuffled",
    look: async (client) => {
      const attributes = ["a", "b"].map((name) => ({ name, value: "x" }));
      return (await made(client, { attributes })).attributes.map(
        (attribute: { name: string }) => attribute.name,
      );
    },
    seen: ["b", "a"],
  },
  lineItemsOrder: {
    to: "shuffled",
    look: async (client) => {
      const { productId } = await made(client);
      const item = { itemType: "product", productId, unitPrice: 1 };
      const lineItems = [1, 2].map((quantity) => ({ ...item, quantity }));
      await client.write("/payment/link/create", linkBody(productId, { lineItems }));
      return (await firstLink(client)).lineItems.items.map((one: { quantity: number }) => one.quantity);
    },
    seen: [2, 1],
  },
  eventsOrder: {
    to: "shuffled",
    look: async (client) => (await client.write("/webhook/create", webhookBody)).subscribedEvents,
    seen: ["session.completed", "session.paid"],
  },
  commonPricesOrder: {
    to: "shuffled",
    look: async (client) => (await made(client)).commonPrices,
    seen: [99_000_000, 9_990_000],
  },
  duplicateEvents: {
    to: "dropped",
    look: async (client) => {
      const subscribedEvents = ["session.paid", "session.paid"];
      return (await client.write("/webhook/create", { ...webhookBody, subscribedEvents })).subscribedEvents;
    },
    seen: ["session.paid"],
  },
  unknownEvents: {
    to: "allowed",
    look: (client) =>
      codeOf(client.post("/webhook/create", { ...webhookBody, subscribedEvents: ["payment.completed"] })),
    seen: 0,
  },

  listOrder: { to: "oldest", look: (client) => names(client), seen: "abcdef" },
  maxPageSize: { to: 2, look: (client) => names(client), seen: "fe" },
  oversizedPage: { to: "refused", look: (client) => codeOf(client.get("/product/list/1/101")), seen: 400101 },
  pageBeyondEnd: { to: "refused", look: (client) => codeOf(client.get("/product/list/2/10")), seen: 400101 },
  listOmits: {
    to: ["successUrl"],
    look: async (client) => {
      await client.shop({ successUrl: "https://acme.example/" });
      return (await firstLink(client)).successUrl;
    },
    seen: undefined,
  },
  listsArchivedProducts: {
    to: false,
    look: async (client) =>
      archivedProduct(client).then(async () => (await client.read("/product/list/1/1")).total),
    seen: 0,
  },
  listsRemovedProducts: {
    to: true,
    look: async (client) =>
      removedProduct(client).then(async () => (await client.read("/product/list/1/1")).total),
    seen: 1,
  },
  listsArchivedLinks: {
    to: false,
    look: async (client) => {
      const { link } = await client.shop();
      client.sandbox.dashboard.archiveLink({ linkId: link.linkId });
      return (await client.read("/payment/link/list/1/1")).total;
    },
    seen: 0,
  },
  byIdsMissing: { to: "refused", look: (client) => codeOf(byIds(client, "prd_x")), seen: 100302 },
  byIdsArchived: {
    to: "refused",
    look: async (client) => codeOf(byIds(client, await archivedProduct(client))),
    seen: 100303,
  },
  byIdsRemoved: {
    to: "refused",
    look: async (client) => codeOf(byIds(client, await removedProduct(client))),
    seen: 100306,
  },
  byIdsOrder: {
    to: "catalogue",
    look: async (client) => {
      const early = await made(client, { name: "early" });
      client.sandbox.clock.advance(1000);
      const late = await made(client, { name: "late" });
      return (await byIds(client, late.productId, early.productId)).data.map(
        (each: { name: string }) => each.name,
      );
    },
    seen: ["early", "late"],
  },
  byIdsMax: { to: 1, look: (client) => codeOf(byIds(client, "prd_x", "prd_y")), seen: 400101 },

  image: {
    to: "asSent",
    look: async (client) => (await made(client, { imageUrl: image })).imageUrl,
    seen: image,
  },
  hostedImageResubmitted: {
    to: "rewritten",
    look: async (client) => {
      const { productId, imageUrl } = await made(client, { imageUrl: image });
      await client.write("/product/update", { ...productBody, productId, imageUrl });
      return (await firstProduct(client)).imageUrl === imageUrl;
    },
    seen: false,
  },
  updateUsedProduct: {
    to: "refused",
    look: async (client) => {
      const { productId } = (await client.shop()).product;
      return codeOf(client.post("/product/update", { ...productBody, productId }));
    },
    seen: 100305,
  },
  updateArchivedProduct: {
    to: "refused",
    look: async (client) => {
      const productId = await archivedProduct(client);
      return codeOf(client.post("/product/update", { ...productBody, productId }));
    },
    seen: 100304,
  },
  archiveUsedProduct: {
    to: "refused",
    look: async (client) =>
      codeOf(client.post("/product/archive", { productId: (await client.shop()).product.productId })),
    seen: 100305,
  },
  zeroCommonPrice: { to: "allowed", look: tryProduct({ commonPrices: [0] }), seen: 0 },
  duplicateCommonPrices: { to: "refused", look: tryProduct({ commonPrices: [1, 1] }), seen: 400101 },
  maxPrice: { to: 1000, look: tryProduct({}), seen: 400101 },

  disabledLinkStatus: {
    to: "disabled",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      await client.write("/payment/link/disable", { linkId });
      return (await firstLink(client)).status;
    },
    seen: "disabled",
  },
  updateDisabledLink: {
    to: "refused",
    look: async (client) => {
      const { link, body } = await client.shop();
      await client.write("/payment/link/disable", { linkId: link.linkId });
      return codeOf(client.post("/payment/link/update", { ...body, linkId: link.linkId }));
    },
    seen: 100103,
  },
  repeatedAction: {
    to: "refused",
    look: async (client) => {
      const { link, product } = await client.shop();
      const { webhookId } = await client.write("/webhook/create", webhookBody);
      return [
        await codeOf(client.post("/payment/link/enable", { linkId: link.linkId })),
        await codeOf(client.post("/product/unarchive", { productId: product.productId })),
        await codeOf(client.post("/webhook/enable", { webhookId })),
      ];
    },
    seen: [299004, 299004, 299004],
  },
  archivedLinkDetail: {
    to: "shown",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      client.sandbox.dashboard.archiveLink({ linkId });
      return codeOf(client.get(`/payment/link/${linkId}`));
    },
    seen: 0,
  },
  linkTypeChange: {
    to: "refused",
    look: async (client) => {
      const { productId } = await made(client);
      const lineItems = [{ itemType: "user_priced", productId, quantity: 1 }];
      return updateLink(client, { linkType: "custom", lineItems });
    },
    seen: 400101,
  },
  accountChange: {
    to: "refused",
    look: (client) => {
      client.sandbox.ensureAccount({ accountId: "acc_02", settlementCurrencies: ["polygon::usdc"] });
      return updateLink(client, { accountId: "acc_02" });
    },
    seen: 400101,
  },
  settlementTokenChange: {
    to: "refused",
    look: (client) => updateLink(client, { settlementToken: "base::usdc" }),
    seen: 400101,
  },
  updateWithArchivedProduct: {
    to: "allowed",
    look: async (client) => {
      const { body } = await linkOfArchivedProduct(client);
      return codeOf(client.post("/payment/link/update", body));
    },
    seen: 0,
  },
  productData: {
    to: "live",
    look: async (client) => {
      const { link, product } = await client.shop();
      client.sandbox.dashboard.editProduct({ productId: product.productId, name: "Renamed" });
      return (await client.read(`/payment/link/${link.linkId}`)).lineItems.items[0].productData.productName;
    },
    seen: "Renamed",
  },
  archivedProductInLink: {
    to: "disablesLink",
    look: async (client) => linkOfArchivedProduct(client).then(async () => (await firstLink(client)).status),
    seen: "inactive",
  },
  removedAccountInLink: {
    to: "disablesLink",
    look: async (client) => {
      await client.shop();
      client.sandbox.dashboard.removeAccount({ accountId: "acc_sandbox_main" });
      return (await firstLink(client)).status;
    },
    seen: "inactive",
  },
  versionFrozen: {
    to: true,
    look: async (client) => {
      const { link, body } = await client.shop();
      await client.write("/payment/link/update", { ...body, linkId: link.linkId, linkName: "New" });
      return (await firstLink(client)).versionCode === link.versionCode;
    },
    seen: true,
  },
  versionChangesOnStatus: {
    to: true,
    look: async (client) => {
      const { link } = await client.shop();
      await client.write("/payment/link/disable", { linkId: link.linkId });
      return (await firstLink(client)).versionCode === link.versionCode;
    },
    seen: false,
  },
  payerEmailDefault: {
    to: "absent",
    look: async (client) => "payerEmailRequired" in (await client.shop()).link,
    seen: false,
  },
  createLineItems: {
    to: "deeper",
    look: async (client) => (await client.shop()).link.lineItems.lineItems.lineItems?.items.length,
    seen: 1,
  },
  detailNamesAccount: {
    to: false,
    look: async (client) =>
      (await client.read(`/payment/link/${(await client.shop()).link.linkId}`)).accountName,
    seen: undefined,
  },
  successUrlScheme: {
    to: "https",
    look: (client) => updateLink(client, { successUrl: "http://localhost:3000/" }),
    seen: 400101,
  },

  tokenOfAccount: {
    to: "unchecked",
    look: (client) => updateLink(client, { settlementToken: "ethereum::usdc" }),
    seen: 0,
  },
  unsupportedTokenCode: {
    to: 400203,
    look: (client) => updateLink(client, { settlementToken: "dogecoin::doge" }),
    seen: 400203,
  },

  webhookKeyInList: {
    to: false,
    look: async (client) => {
      await client.write("/webhook/create", webhookBody);
      return "key" in (await client.read("/webhook/list")).webhooks[0];
    },
    seen: false,
  },
  refreshAnswersKey: {
    to: true,
    look: async (client) => {
      const { webhookId } = await client.write("/webhook/create", webhookBody);
      return "key" in (await client.write("/webhook/key/refresh", { webhookId }));
    },
    seen: true,
  },
  webhookUrlCheck: {
    to: "unreachable",
    look: (client) => codeOf(client.post("/webhook/create", webhookBody)),
    seen: 299003,
  },
  duplicateWebhookUrls: {
    to: "refused",
    look: async (client) => {
      await client.write("/webhook/create", webhookBody);
      return codeOf(client.post("/webhook/create", webhookBody));
    },
    seen: 299003,
  },
  disablePausedWebhook: {
    to: "refused",
    look: async (client) =>
      codeOf(client.post("/webhook/disable", { webhookId: await pausedWebhook(client) })),
    seen: 299005,
  },
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
