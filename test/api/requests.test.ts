import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createSecret, KeyLeakError, ReadOnlyError } from "../../src/api/index.js";
import { type Call, type CallMethod, readMethods, writeMethods } from "../../src/state/call.js";
import { createProduct, fakeServer, listProducts, ok, openPort, testKey } from "./doubles.js";

const anyCall = (method: CallMethod): Call => ({
  method,
  args: method.includes(".list") ? [1, 2] : ["id_1"],
});

describe("a request", () => {
  it("carries the key to the merchant API and never to the public one", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch });
    await port.run(listProducts);
    await port.run({ method: "capability.all", args: [] });
    expect(sent.map(({ url, headers }) => [url, headers.get("authorization")])).toEqual([
      ["https://api.gstable.io/api/v1/product/list/1/100", `Bearer ${testKey}`],
      ["https://api.gstable.io/public/api/v1/capabilities/all", null],
    ]);
  });

  it("follows no redirect", async () => {
    const { fetch, sent } = fakeServer(
      new Response("", { status: 302, headers: { location: "https://b/" } }),
    );
    const port = await openPort({ fetch });
    expect(await port.run(createProduct)).toMatchObject({ kind: "unknown", code: 302 });
    expect(sent.map(({ redirect }) => redirect)).toEqual(["manual"]);
  });

  it("percent-encodes ids", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch });
    await port.run({ method: "paymentLink.detail", args: ["a/b?c#d"] });
    expect(sent[0]?.url).toBe("https://api.gstable.io/api/v1/payment/link/a%2Fb%3Fc%23d");
  });

  it.each(["", ".", "..", "\ud800"])(
    "is not sent for %j, which would lead to another endpoint",
    async (id) => {
      const { fetch, sent } = fakeServer(ok({}));
      const port = await openPort({ fetch });
      const outcome = await port.run({ method: "paymentLink.detail", args: [id] });
      expect(outcome).toMatchObject({ kind: "refused", reason: "notSent" });
      expect(sent).toEqual([]);
    },
  );

  it("goes to the base URL that was asked for, with one slash between", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch, baseUrl: "http://127.0.0.1:4010/payment/v1//" });
    await port.run(listProducts);
    await port.run({ method: "capability.all", args: [] });
    expect(port.origin).toBe("http://127.0.0.1:4010");
    expect(sent.map(({ url }) => url)).toEqual([
      "http://127.0.0.1:4010/payment/v1/product/list/1/100",
      "http://127.0.0.1:4010/public/api/v1/capabilities/all",
    ]);
  });
});

describe("a reading command", () => {
  it.each(readMethods)("may ask for %s", async (method) => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch, access: "read" });
    await port.run(anyCall(method));
    expect(sent).toHaveLength(1);
  });

  it.each(writeMethods)("cannot send %s", async (method) => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch, access: "read" });
    await expect(port.run(anyCall(method))).rejects.toThrow(ReadOnlyError);
    expect(sent).toEqual([]);
  });
});

describe("the key", () => {
  const secret = createSecret(testKey);

  it("has no string form", () => {
    const forms = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      Object.values(secret).join(),
    ];
    for (const form of forms) expect(form).not.toContain(testKey.slice(0, 12));
  });

  it.each([
    ["sk_live_0123456789abcdefghij", "secret", "ghij"],
    ["rk_live_0123456789abcdefghij", "restricted", "ghij"],
    ["something", "other", undefined],
  ])("tells its kind, and its end only when it is long", (text, keyKind, lastFour) => {
    expect(createSecret(text)).toMatchObject({ keyKind, lastFour });
  });

  it.each([
    ["a field", { method: "product.create", args: [{ name: `x${testKey}` }] }],
    ["an id", { method: "paymentLink.detail", args: [testKey] }],
  ] satisfies [string, Call][])("in %s ends the run before anything is sent", async (_, call) => {
    const { fetch, sent } = fakeServer(ok({}));
    const port = await openPort({ fetch });
    const failed = await port.run(call).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(KeyLeakError);
    expect(inspect(failed)).not.toContain(testKey);
    expect(sent).toEqual([]);
  });

  it("is found although JSON writes it otherwise", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const odd = 'sk_live_"quoted\\key"';
    const port = await openPort({ fetch, apiKey: createSecret(odd) });
    await expect(port.run({ method: "product.create", args: [{ name: odd }] })).rejects.toThrow(KeyLeakError);
    expect(sent).toEqual([]);
  });

  it.each([
    ["a page", new Response(`<b>${testKey}</b>`, { status: 403 })],
    ["an envelope", new Response(JSON.stringify({ code: 400101, message: `bad ${testKey}`, data: null }))],
    ["a redirect", new Response("", { status: 302, headers: { location: `https://b/?k=${testKey}` } })],
    ["an error of fetch", new TypeError(`invalid header: Bearer ${testKey}`)],
  ])("echoed by %s is not in the message", async (_, reply) => {
    const { fetch } = fakeServer(reply);
    const port = await openPort({ fetch });
    const outcome = await port.run(createProduct);
    expect(outcome.kind).not.toBe("done");
    expect(JSON.stringify(outcome)).not.toContain(testKey);
  });
});
