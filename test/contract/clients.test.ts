import { describe, expect, it } from "vitest";
import { KeyLeakError, ReadOnlyError } from "../../src/api/index.js";
import { type Call, readMethods, writeMethods } from "../../src/state/call.js";
import {
  connectionError,
  createProduct,
  disableLink,
  envelope,
  FakeClock,
  fakeServer,
  listProducts,
  ok,
  openPort,
  type Reply,
  testKey,
} from "../api/doubles.js";
import { sdkDouble } from "../api/sdk-double.js";

// GSTABLE_JS_PATH names a built gstable-js where it is not installed by its name.
const realName = process.env.GSTABLE_JS_PATH ?? "gstable-js";
const realSdk: unknown = await import(realName).catch(() => undefined);

const link = { linkName: "Premium", lineItems: [{ productId: "prd_1", quantity: 1, unitPrice: 9_990_000 }] };

/** Every call, and what it looks like on the wire (docs/api-facts.md, F4). */
const calls: readonly [call: Call, method: string, path: string, body?: unknown][] = [
  [createProduct, "POST", "/api/v1/product/create", createProduct.args[0]],
  [
    { method: "product.update", args: [{ productId: "prd_1" }] },
    "POST",
    "/api/v1/product/update",
    { productId: "prd_1" },
  ],
  [{ method: "product.list", args: [3, 100] }, "GET", "/api/v1/product/list/3/100"],
  [
    { method: "product.listByIds", args: [{ productIds: ["prd_1", "prd_2"] }] },
    "POST",
    "/api/v1/product/list/by/ids",
    { productIds: ["prd_1", "prd_2"] },
  ],
  [{ method: "product.archive", args: ["prd_1"] }, "POST", "/api/v1/product/archive", { productId: "prd_1" }],
  [
    { method: "product.unarchive", args: ["prd_1"] },
    "POST",
    "/api/v1/product/unarchive",
    { productId: "prd_1" },
  ],
  [{ method: "product.remove", args: ["prd_1"] }, "POST", "/api/v1/product/remove", { productId: "prd_1" }],
  [{ method: "paymentLink.create", args: [link] }, "POST", "/api/v1/payment/link/create", link],
  [{ method: "paymentLink.update", args: [link] }, "POST", "/api/v1/payment/link/update", link],
  [disableLink, "POST", "/api/v1/payment/link/disable", { linkId: "lnk_1" }],
  [
    { method: "paymentLink.enable", args: ["lnk_1"] },
    "POST",
    "/api/v1/payment/link/enable",
    { linkId: "lnk_1" },
  ],
  [{ method: "paymentLink.detail", args: ["lnk/1 ?"] }, "GET", "/api/v1/payment/link/lnk%2F1%20%3F"],
  [{ method: "paymentLink.list", args: [1, 50] }, "GET", "/api/v1/payment/link/list/1/50"],
  [{ method: "account.list", args: [] }, "GET", "/api/v1/account/list"],
  [{ method: "account.detail", args: ["acc_01"] }, "GET", "/api/v1/account/detail/acc_01"],
  [{ method: "capability.all", args: [] }, "GET", "/public/api/v1/capabilities/all"],
  [
    { method: "webhook.create", args: [{ webhookName: "x" }] },
    "POST",
    "/api/v1/webhook/create",
    { webhookName: "x" },
  ],
  [
    { method: "webhook.update", args: [{ webhookId: "w" }] },
    "POST",
    "/api/v1/webhook/update",
    { webhookId: "w" },
  ],
  [{ method: "webhook.list", args: [] }, "GET", "/api/v1/webhook/list"],
  [{ method: "webhook.detail", args: ["wkid_1"] }, "GET", "/api/v1/webhook/detail/wkid_1"],
  [
    { method: "webhook.disable", args: ["wkid_1"] },
    "POST",
    "/api/v1/webhook/disable",
    { webhookId: "wkid_1" },
  ],
  [{ method: "webhook.enable", args: ["wkid_1"] }, "POST", "/api/v1/webhook/enable", { webhookId: "wkid_1" }],
  [
    { method: "webhook.refreshKey", args: ["wkid_1"] },
    "POST",
    "/api/v1/webhook/key/refresh",
    { webhookId: "wkid_1" },
  ],
  [{ method: "webhook.remove", args: ["wkid_1"] }, "POST", "/api/v1/webhook/remove", { webhookId: "wkid_1" }],
  [
    { method: "checkoutSession.create", args: [{ accountId: "acc_01" }] },
    "POST",
    "/api/v1/session/checkout/create",
    { accountId: "acc_01" },
  ],
  [
    { method: "checkoutSession.cancel", args: ["sess_1"] },
    "POST",
    "/api/v1/session/checkout/cancel",
    { sessionId: "sess_1" },
  ],
  [{ method: "checkoutSession.detail", args: ["sess_1"] }, "GET", "/api/v1/session/sess_1"],
];

/** Answers of every kind, with which an SDK may do what it likes. */
const replies: readonly [string, Reply][] = [
  ["success", ok({ productId: "prd_1", success: true })],
  ["code 0 without data", new Response('{"code":0,"message":"success"}')],
  ["success: false", ok({ success: false })],
  ["100304", new Response(envelope(null, 100304))],
  ["100304 with HTTP 400", new Response(envelope(null, 100304), { status: 400 })],
  ["code 0 with HTTP 500", new Response(envelope({ productId: "prd_1" }), { status: 500 })],
  ["a string code", new Response('{"code":"0","message":"success","data":{"productId":"p"}}')],
  ["HTML with HTTP 403", new Response("<html>", { status: 403 })],
  ["HTML with HTTP 200", new Response("<html>")],
  ["an empty body", new Response("")],
  ["HTTP 204", new Response(null, { status: 204 })],
  ["a redirect", new Response("", { status: 302 })],
  ["900101", new Response(envelope(null, 900101))],
  ["HTTP 429", new Response("", { status: 429 })],
  ["a refused connection", connectionError("ECONNREFUSED")],
  ["a reset", connectionError("ECONNRESET")],
];

describe("the table of calls", () => {
  it("has every call", () => {
    expect(calls.map(([{ method }]) => method).sort()).toEqual([...readMethods, ...writeMethods].sort());
  });

  it.each(calls)("$method: the built-in client sends it so", async (call, method, path, body) => {
    const { fetch, sent } = fakeServer(ok({}));
    await (await openPort({ fetch })).run(call);
    expect(sent.map((one) => [one.method, new URL(one.url).pathname, one.body])).toEqual([
      [method, path, body],
    ]);
  });
});

describe.each([
  ["a double of gstable-js", sdkDouble()],
  ["gstable-js itself", realSdk],
])("%s", (_, sdk) => {
  const open = (fetch: typeof globalThis.fetch, rest: object = {}) =>
    openPort({ client: "gstable-js", fetch, ...rest }, () => Promise.resolve(sdk));

  it.skipIf(sdk === undefined).each(calls)("$method is sent the same", async (call, method, path, body) => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await open(fetch);
    await port.run(call);
    expect(port.client).toBe("gstable-js");
    expect(sent.map((one) => [one.method, new URL(one.url).pathname, one.body])).toEqual([
      [method, path, body],
    ]);
    const isPublic = call.method === "capability.all";
    expect(sent[0]?.headers.get("authorization")).toBe(isPublic ? null : `Bearer ${testKey}`);
  });

  for (const call of [createProduct, disableLink, listProducts]) {
    it.skipIf(sdk === undefined).each(replies)(
      `${call.method} answered with %s comes out the same`,
      async (_, reply) => {
        const theirs = await (await open(fakeServer(reply).fetch)).run(call, { retry: false });
        const ours = await (await openPort({ fetch: fakeServer(reply).fetch })).run(call, { retry: false });
        expect(theirs).toEqual(ours);
      },
    );
  }

  it.skipIf(sdk === undefined)("cannot write for a reading command, nor send the key in a body", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const reading = await open(fetch, { access: "read" });
    await expect(reading.run(createProduct)).rejects.toThrow(ReadOnlyError);
    const leak: Call = { method: "product.create", args: [{ name: testKey }] };
    await expect((await open(fetch)).run(leak)).rejects.toThrow(KeyLeakError);
    expect(sent).toEqual([]);
  });

  it.skipIf(sdk === undefined)("has its reads repeated by us", async () => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(new Response("", { status: 502 }), ok([]));
    const port = await open(fetch, { clock });
    expect(await clock.run(port.run(listProducts))).toEqual({ kind: "done", data: [] });
    expect(sent).toHaveLength(2);
  });
});
