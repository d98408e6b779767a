import { afterEach, describe, expect, it, vi } from "vitest";
import type { Fault } from "../../src/sandbox/index.js";
import { apiBase, createClient, productBody } from "./client.js";

afterEach(() => {
  vi.useRealTimers();
});

/** One product is created while the fault strikes. */
async function create(fault: Fault["do"]) {
  const client = createClient();
  client.sandbox.addFault({ match: { path: "/product/create" }, do: fault });
  const reply = await client.post("/product/create", productBody).catch((error: unknown) => error);
  return { client, reply, made: client.sandbox.snapshot().products.length };
}

describe("a scripted fault", () => {
  it.each([
    ["refuses the connection", { kind: "refuse" }, "ECONNREFUSED", 0],
    ["cannot find the host", { kind: "refuse", cause: "ENOTFOUND" }, "ENOTFOUND", 0],
    ["loses the answer after the work is done", { kind: "loseAnswer" }, "ECONNRESET", 1],
  ] as const)("%s", async (_, fault, code, count) => {
    const { reply, made, client } = await create(fault);
    expect(reply).toBeInstanceOf(TypeError);
    expect(reply).toMatchObject({ message: "fetch failed", cause: { code } });
    expect(made).toBe(count);
    expect(client.sandbox.requests[0]).toMatchObject({ status: 0, code: null, executions: count });
  });

  it.each([
    ["answers 900101", { kind: "tooMany" }, { status: 200, code: 900101 }, 0],
    ["answers 429", { kind: "tooMany", status: 429 }, { status: 429, code: 900101 }, 0],
    [
      "fails before the work",
      { kind: "failBefore", with: { code: 999999 } },
      { status: 200, code: 999999 },
      0,
    ],
    ["fails after the work", { kind: "failAfter", with: { code: 900201 } }, { status: 200, code: 900201 }, 1],
    [
      "sends a 502 page after the work",
      { kind: "failAfter", with: { status: 502, html: true } },
      { status: 502, code: null },
      1,
    ],
    [
      "sends a 403 page",
      { kind: "failBefore", with: { status: 403, html: true } },
      { status: 403, code: null },
      0,
    ],
    [
      "sends 500 with code 0",
      { kind: "failBefore", with: { code: 0, status: 500 } },
      { status: 500, code: 0 },
      0,
    ],
    [
      "cuts the JSON",
      { kind: "truncate" },
      { status: 200, code: null, text: expect.stringMatching(/^\{.*[^}]$/) },
      1,
    ],
    [
      "sends a page with status 200",
      { kind: "html200" },
      { status: 200, text: expect.stringContaining("<html>") },
      1,
    ],
    ["sends the code as a string", { kind: "stringCode" }, { status: 200, code: "0" }, 1],
    ["says success: false", { kind: "successFalse" }, { code: 0, data: { success: false } }, 0],
    [
      "says success: false after the work",
      { kind: "successFalse", carriedOut: true },
      { data: { success: false } },
      1,
    ],
    ["sends code 0 without data", { kind: "noData" }, { code: 0, data: undefined }, 1],
    ["carries a request out twice", { kind: "doubled" }, { code: 0 }, 2],
  ] as const)("%s", async (_, fault, expected, count) => {
    const { reply, made } = await create(fault);
    expect(reply).toMatchObject(expected);
    expect(made).toBe(count);
  });

  it("tells when to come back", async () => {
    const { reply } = await create({ kind: "tooMany", retryAfter: 3 });
    expect((reply as { headers: Headers }).headers.get("retry-after")).toBe("3");
  });

  it.each([
    ["delay", 1],
    ["late", 0],
  ] as const)("%s: answers later, having done the work %s times before that", async (kind, before) => {
    vi.useFakeTimers();
    const client = createClient();
    client.sandbox.addFault({ do: { kind, ms: 60_000 } });
    const going = client.post("/product/create", productBody);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(client.sandbox.snapshot().products).toHaveLength(before);
    expect(client.sandbox.requests[0]).toMatchObject({ status: 0 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await going).toMatchObject({ code: 0 });
    expect(client.sandbox.snapshot().products).toHaveLength(1);
  });

  it("carries a request out although its client gave up", async () => {
    vi.useFakeTimers();
    const { sandbox } = createClient();
    sandbox.addFault({ do: { kind: "late", ms: 60_000 } });
    const giveUp = new AbortController();
    const init = {
      method: "POST",
      body: JSON.stringify(productBody),
      headers: { Authorization: "Bearer sk_live_a" },
    };
    const going = sandbox.fetch(`${apiBase}/product/create`, { ...init, signal: giveUp.signal });
    const failing = expect(going).rejects.toMatchObject({ name: "AbortError" });
    await vi.advanceTimersByTimeAsync(1_000);
    giveUp.abort();
    await failing;
    expect(sandbox.snapshot().products).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sandbox.snapshot().products).toHaveLength(1);
  });

  it("drops what still waits when the sandbox closes", async () => {
    vi.useFakeTimers();
    const client = createClient();
    client.sandbox.addFault({ do: { kind: "late", ms: 1_000 } });
    void client.post("/product/create", productBody);
    await vi.advanceTimersByTimeAsync(10);
    await client.sandbox.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.sandbox.snapshot().products).toHaveLength(0);
  });

  it.each([true, false])("never answers (work done: %s)", async (carriedOut) => {
    const { sandbox } = createClient();
    sandbox.addFault({ do: { kind: "hang", carriedOut } });
    const init = {
      method: "POST",
      body: JSON.stringify(productBody),
      headers: { Authorization: "Bearer sk_live_a" },
    };
    const going = sandbox.fetch(`${apiBase}/product/create`, { ...init, signal: AbortSignal.timeout(5) });
    await expect(going).rejects.toMatchObject({ name: "TimeoutError" });
    expect(sandbox.snapshot().products).toHaveLength(carriedOut ? 1 : 0);
  });

  it("answers a read from before the last writes", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", productBody);
    await client.write("/product/update", { ...productBody, productId, name: "Second" });
    await client.write("/product/update", { ...productBody, productId, name: "Third" });
    client.sandbox.addFault({ do: { kind: "stale" } });
    client.sandbox.addFault({ match: { nth: 2 }, do: { kind: "stale", writes: 3 } });
    const list = async () =>
      (await client.read("/product/list/1/10")).products.map((each: { name: string }) => each.name);
    expect(await list()).toEqual(["Second"]);
    expect(await list()).toEqual([]);
    expect(await list()).toEqual(["Third"]);
  });

  it("shifts pages under a reader", async () => {
    const client = createClient();
    for (const name of ["a", "b", "c"]) await client.write("/product/create", { ...productBody, name });
    client.sandbox.addFault({ match: { path: "/product/list/2" }, do: { kind: "pageShift" } });
    const one = await client.read("/product/list/1/2");
    const two = await client.read("/product/list/2/2");
    expect([one.total, two.total]).toEqual([3, 4]);
    expect(two.products[0]).toEqual(one.products[1]);
  });

  it("shifts pages of links, and counts wrong", async () => {
    const client = createClient();
    await client.shop();
    client.sandbox.addFault({ match: { path: "/payment/link/list" }, do: { kind: "pageShift" } });
    client.sandbox.addFault({ match: { path: "/payment/link/list" }, do: { kind: "wrongTotal", by: 5 } });
    expect((await client.read("/payment/link/list/1/10")).total).toBe(7);
  });

  it.each(["before", "after"] as const)(
    "lets somebody edit in the dashboard right %s a request",
    async (when) => {
      const client = createClient();
      const { link } = await client.shop();
      const args = { linkId: link.linkId, linkName: "Edited" };
      client.sandbox.addFault({
        match: { method: "GET" },
        do: { kind: "dashboard", when, action: "editLink", args },
      });
      const name = async () => (await client.read(`/payment/link/${link.linkId}`)).linkName;
      expect(await name()).toBe(when === "before" ? "Edited" : "Premium");
      expect(await name()).toBe("Edited");
    },
  );

  it("strikes the n-th matching request, as many times as asked", async () => {
    const client = createClient();
    client.sandbox.addFault({
      match: { method: "GET", path: "/list\\/1\\/\\d+$/", nth: 2, times: 2 },
      do: { kind: "tooMany" },
    });
    const codes: unknown[] = [];
    for (let sent = 0; sent < 5; sent += 1) codes.push((await client.get("/product/list/1/10")).code);
    expect(codes).toEqual([0, 900101, 900101, 0, 0]);
    expect(await client.get("/account/list")).toMatchObject({ code: 0 });
  });

  it("strikes the request for one object, always, until it is cleared", async () => {
    const client = createClient();
    client.sandbox.addFault({ match: { body: "Cursed", times: 0 }, do: { kind: "tooMany" } });
    const create = (name: string) => client.post("/product/create", { ...productBody, name });
    expect(await create("Fine")).toMatchObject({ code: 0 });
    expect(await create("Cursed")).toMatchObject({ code: 900101 });
    expect(await create("Cursed")).toMatchObject({ code: 900101 });
    client.sandbox.clearFaults();
    expect(await create("Cursed")).toMatchObject({ code: 0 });
  });

  it("is refused when the script is wrong", () => {
    const { sandbox } = createClient();
    expect(() => sandbox.addFault(JSON.parse('{"do":{"kind":"explode"}}'))).toThrow();
    expect(() => sandbox.addFault(JSON.parse('{"match":{"paths":"x"},"do":{"kind":"hang"}}'))).toThrow();
    expect(() => sandbox.addFault({ do: { kind: "dashboard", action: "nope", args: {} } })).toThrow(/nope/);
  });
});
