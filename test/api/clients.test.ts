import { describe, expect, it } from "vitest";
import { createApi, createSecret, type GStableClientLike, ReadOnlyError } from "../../src/api/index.js";
import {
  createProduct,
  disableLink,
  FakeClock,
  fakeServer,
  listProducts,
  ok,
  openPort,
  testKey,
} from "./doubles.js";
import { sdkDouble } from "./sdk-double.js";

describe("gstable-js", () => {
  it("never gets the key", async () => {
    const keySeen: string[] = [];
    const { fetch } = fakeServer(ok({ productId: "prd_1" }));
    const sdk = sdkDouble({ keySeen });
    const port = await openPort({ client: "gstable-js", fetch }, () => Promise.resolve(sdk));
    await port.run(createProduct);
    expect(keySeen.length).toBeGreaterThan(0);
    expect(keySeen.join()).not.toContain(testKey);
  });

  it("that repeats by itself still sends a write once", async () => {
    const { fetch, sent } = fakeServer(new Response("", { status: 502 }), ok({ productId: "prd_1" }));
    const sdk = sdkDouble({ repeats: 3 });
    const port = await openPort({ client: "gstable-js", fetch }, () => Promise.resolve(sdk));
    expect(await port.run(createProduct)).toMatchObject({ kind: "unknown", code: 502 });
    expect(sent).toHaveLength(1);
  });

  it("that fails before it sends is refused: nothing left", async () => {
    const { fetch, sent } = fakeServer(ok({}));
    const sdk = sdkDouble();
    const port = await openPort({ client: "gstable-js", fetch }, () => Promise.resolve(sdk));
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const outcome = await port.run({ method: "product.create", args: [circular] });
    expect(outcome).toMatchObject({ kind: "refused", reason: "notSent" });
    expect(sent).toEqual([]);
  });
});

/** A client of a library user's: every call ends in the same way. */
function givenClient(end: () => Promise<unknown>): GStableClientLike {
  const names = [
    ..."create update list listByIds archive unarchive remove disable enable detail".split(" "),
    ..."all refreshKey cancel".split(" "),
  ];
  const resource = Object.fromEntries(names.map((name) => [name, end]));
  const resources = ["product", "paymentLink", "account", "capability", "webhook", "checkoutSession"];
  return Object.fromEntries(resources.map((name) => [name, resource])) as unknown as GStableClientLike; // by these names
}

const baseUrl = "https://api.gstable.io/api/v1/";

describe("a client that was handed in", () => {
  const failing = (code: unknown) =>
    givenClient(() => Promise.reject(Object.assign(new Error(`it said ${testKey}`), { code })));

  it("does the calls", async () => {
    const gstableClient = givenClient(() => Promise.resolve({ productId: "prd_1" }));
    const port = await openPort({ gstableClient, baseUrl });
    expect(await port.run(createProduct)).toEqual({ kind: "done", data: { productId: "prd_1" } });
    expect(port.client).toBe("gstable-js");
  });

  it.each([
    [100304, "rejected"],
    [401, "auth"],
    [403, "auth"],
    [900101, "busy"],
    [429, "busy"],
    [-1, "unknown"],
    [0, "unknown"],
    [200, "unknown"],
    [502, "unknown"],
    [999999, "unknown"],
    ["100304", "unknown"],
    [undefined, "unknown"],
  ])("and fails with %j: %s, without the key", async (code, expected) => {
    const port = await openPort({ gstableClient: failing(code), baseUrl });
    const outcome = await port.run(disableLink);
    expect(outcome.kind === "refused" ? outcome.reason : outcome.kind).toBe(expected);
    expect(JSON.stringify(outcome)).not.toContain(testKey);
  });

  it("has its answers judged like any others", async () => {
    const gstableClient = givenClient(() => Promise.resolve({ success: false }));
    const port = await openPort({ gstableClient, baseUrl });
    expect((await port.run(disableLink)).kind).toBe("unknown");
    expect((await port.run(createProduct)).kind).toBe("unknown");
  });

  it("cannot write for a reading command", async () => {
    let asked = 0;
    const gstableClient = givenClient(() => {
      asked += 1;
      return Promise.resolve({});
    });
    const port = await openPort({ gstableClient, baseUrl, access: "read" });
    await expect(port.run(createProduct)).rejects.toThrow(ReadOnlyError);
    expect(asked).toBe(0);
  });

  it("has its reads repeated, its writes not", async () => {
    const clock = new FakeClock();
    let asked = 0;
    const gstableClient = givenClient(() => {
      asked += 1;
      return Promise.reject(Object.assign(new Error("reset"), { code: -1 }));
    });
    const port = await openPort({ gstableClient, baseUrl, clock });
    await clock.run(port.run(listProducts));
    expect(asked).toBe(5);
    await clock.run(port.run(createProduct));
    expect(asked).toBe(6);
  });

  it.each([
    [{ gstableClient: givenClient(() => Promise.resolve({})) }, ["GS6002"]],
    [{ gstableClient: { product: {} } as unknown as GStableClientLike, baseUrl }, ["GS6005"]],
  ])("has to say its base URL, and to know all calls", async (options, codes) => {
    const result = await createApi({ apiKey: createSecret(testKey), access: "write", ...options });
    expect(result.diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});
