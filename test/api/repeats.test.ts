import { describe, expect, it } from "vitest";
import { backoffMs, parseRetryAfterMs } from "../../src/api/retry.js";
import { type CallMethod, writeMethods } from "../../src/state/call.js";
import {
  connectionError,
  createProduct,
  FakeClock,
  fakeServer,
  listProducts,
  ok,
  openPort,
  type Reply,
  refusal,
} from "./doubles.js";

const failures: [string, Reply][] = [
  ["a reset", connectionError("ECONNRESET")],
  ["a refused connection", connectionError("ECONNREFUSED")],
  ["an HTML 502", new Response("<html>", { status: 502 })],
  ["HTTP 429", new Response("", { status: 429 })],
  ["900101", refusal(900101)],
  ["900203", refusal(900203)],
  ["half JSON", new Response('{"code":0,"da')],
];

describe("a read", () => {
  it.each(failures)("is sent again after %s", async (_, failure) => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(failure, ok([]));
    const port = await openPort({ fetch, clock, access: "read" });
    expect(await clock.run(port.run(listProducts))).toEqual({ kind: "done", data: [] });
    expect(sent).toHaveLength(2);
    expect(port.stats).toEqual({ calls: 1, repeats: 1 });
  });

  it.each(failures)("gives up after five tries of %s", async (_, failure) => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(failure);
    const port = await openPort({ fetch, clock });
    expect((await clock.run(port.run(listProducts))).kind).not.toBe("done");
    expect(sent).toHaveLength(5);
    expect(port.stats).toEqual({ calls: 1, repeats: 4 });
  });

  it("is sent once when the caller says so", async () => {
    const { fetch, sent } = fakeServer(refusal(900203));
    const port = await openPort({ fetch });
    await port.run(listProducts, { retry: false });
    expect(sent).toHaveLength(1);
  });

  it("that was tried once and is asked for again counts as one call", async () => {
    const { fetch } = fakeServer(refusal(900203), ok([]));
    const port = await openPort({ fetch });
    await port.run(listProducts, { retry: false });
    expect(await port.run({ ...listProducts })).toMatchObject({ kind: "done" });
    expect(port.stats).toEqual({ calls: 1, repeats: 1 });
    await port.run(listProducts);
    expect(port.stats).toEqual({ calls: 2, repeats: 1 });
  });

  it("is not repeated after a refusal", async () => {
    const { fetch, sent } = fakeServer(refusal(100101));
    const port = await openPort({ fetch });
    expect(await port.run(listProducts)).toMatchObject({ reason: "rejected", code: 100101 });
    expect(sent).toHaveLength(1);
  });

  it("waits as long as Retry-After says", async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const slow = new Response("", { status: 503, headers: { "retry-after": "20" } });
    const times: number[] = [];
    const { fetch } = fakeServer(slow, () => {
      times.push(clock.now() - start);
      return ok([]);
    });
    const port = await openPort({ fetch, clock });
    await clock.run(port.run(listProducts));
    expect(times).toEqual([20_000]);
  });

  it("comes back at once when Retry-After reaches beyond the deadline", async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const { fetch, sent } = fakeServer(new Response("", { status: 429, headers: { "retry-after": "3600" } }));
    const port = await openPort({ fetch, clock, deadlineMs: 60_000 });
    expect(await clock.run(port.run(listProducts))).toMatchObject({ reason: "busy" });
    expect(await clock.run(port.run(listProducts))).toMatchObject({ reason: "notSent" });
    expect(clock.now() - start).toBeLessThan(1000);
    expect(sent).toHaveLength(1);
  });
});

describe("a write", () => {
  const table = writeMethods.flatMap((method) =>
    failures.map(([title, reply]) => [method, title, reply] as const),
  );
  it.each(table)("%s is sent once although %s came of it", async (method: CallMethod, _, failure) => {
    const { fetch, sent } = fakeServer(failure);
    const port = await openPort({ fetch });
    expect((await port.run({ method, args: ["id_1"] }, { retry: true })).kind).not.toBe("done");
    expect(sent).toHaveLength(1);
    expect(port.stats).toEqual({ calls: 1, repeats: 0 });
  });

  it.each([
    ["ENOTFOUND", "refused"],
    ["EAI_AGAIN", "refused"],
    ["ECONNREFUSED", "refused"],
    ["ECONNRESET", "unknown"],
    ["ETIMEDOUT", "unknown"],
    ["EPIPE", "unknown"],
    ["UND_ERR_CONNECT_TIMEOUT", "unknown"],
    ["UND_ERR_SOCKET", "unknown"],
    ["CERT_HAS_EXPIRED", "unknown"],
  ])("that ends in %s is %s", async (code, kind) => {
    const port = await openPort({ fetch: fakeServer(connectionError(code)).fetch });
    expect(await port.run(createProduct)).toMatchObject({
      kind,
      code: -1,
      message: expect.stringContaining(code),
    });
  });

  it.each([
    [["ECONNREFUSED", "ECONNREFUSED"], "refused"],
    [["ECONNREFUSED", "ETIMEDOUT"], "unknown"],
  ])("to a host with several addresses, %j, is %s", async (codes, kind) => {
    const errors = codes.map((code) => Object.assign(new Error(code), { code }));
    const cause = Object.assign(new AggregateError(errors), { code: codes[0] });
    const port = await openPort({ fetch: fakeServer(new TypeError("fetch failed", { cause })).fetch });
    expect((await port.run(createProduct)).kind).toBe(kind);
  });
});

describe("the deadline", () => {
  it("lets nothing new out", async () => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(ok([]));
    const port = await openPort({ fetch, clock, deadlineMs: 1000 });
    clock.advance(1000);
    const outcome = await port.run(createProduct);
    expect(outcome).toMatchObject({ reason: "notSent", message: expect.stringContaining("deadline") });
    expect(sent).toEqual([]);
    expect(port.stats.calls).toBe(0);
  });
});

describe("a repeat that would come after the deadline", () => {
  it("is not waited for", async () => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(refusal(900203));
    const port = await openPort({ fetch, clock, deadlineMs: 200 });
    expect(await clock.run(port.run(listProducts))).toMatchObject({ code: 900203 });
    expect(sent).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

describe("the wait before a repeat", () => {
  it.each([
    [1, 0, 0],
    [1, 1, 500],
    [2, 1, 1000],
    [3, 0.5, 1000],
    [7, 1, 30_000],
    [60, 1, 30_000],
  ])("after try %i with chance %f is %i ms", (tries, chance, ms) => {
    expect(backoffMs(tries, chance)).toBe(ms);
  });

  it("is shown when it is longer than three seconds", async () => {
    const clock = new FakeClock();
    clock.chances.push(0, 0, 0, 0.99);
    const waits: number[] = [];
    const port = await openPort({
      fetch: fakeServer(refusal(900203)).fetch,
      clock,
      onWait: ({ ms }) => waits.push(ms),
    });
    await clock.run(port.run(listProducts));
    expect(waits).toEqual([3960]);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  it.each([
    ["7", 7000],
    [" 0 ", 0],
    ["Fri, 20 Nov 2026 12:00:05 GMT", 5000],
    ["Fri, 20 Nov 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %s ms", (header, ms) => {
    expect(parseRetryAfterMs(header, now)).toBe(ms);
  });
});
