import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createProduct, fakeServer, listProducts, ok, openPort, type Reply } from "./doubles.js";

describe("an answer that comes", () => {
  afterEach(() => void vi.useRealTimers());

  it("leaves no timer and no listener behind", async () => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const port = await openPort({ fetch: fakeServer(ok([])).fetch, signal });
    const before = getEventListeners(signal, "abort").length;
    await port.run(listProducts);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toHaveLength(before);
  });
});

describe("an answer that does not come", () => {
  afterEach(() => void vi.useRealTimers());

  const silent: Reply = () => new Promise(() => {});
  const trickle: Reply = () => {
    const start = new TextEncoder().encode('{"code":0,');
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(start) }));
  };

  it.each([
    ["before the first byte", silent],
    ["in the middle of the body", trickle],
  ])("is given up after the time-out, %s, and the write is unknown", async (_, reply) => {
    vi.useFakeTimers();
    const port = await openPort({ fetch: fakeServer(reply).fetch, timeoutMs: 7000 });
    const work = port.run(createProduct);
    await vi.advanceTimersByTimeAsync(6999);
    await vi.advanceTimersByTimeAsync(1);
    expect(await work).toMatchObject({ kind: "unknown", message: expect.stringContaining("7 s") });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["before the first byte", silent],
    ["in the middle of the body", trickle],
  ])("ends a read with the deadline of the run, %s", async (_, reply) => {
    vi.useFakeTimers();
    const { fetch, sent } = fakeServer(reply);
    const port = await openPort({ fetch, timeoutMs: 30_000, deadlineMs: 2000 });
    const work = port.run(listProducts);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await work).toMatchObject({ kind: "unknown", message: expect.stringContaining("deadline") });
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is awaited beyond the deadline where something may have been written", async () => {
    vi.useFakeTimers();
    const late: Reply = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve(ok({ productId: "prd_late" })), 9000);
      });
    const port = await openPort({ fetch: fakeServer(late).fetch, deadlineMs: 2000 });
    const work = port.run(createProduct);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await work).toMatchObject({ kind: "done", data: { productId: "prd_late" } });
    expect(await port.run(listProducts)).toMatchObject({ reason: "notSent" });
  });

  it("tells fetch to stop", async () => {
    vi.useFakeTimers();
    let aborted = false;
    const { fetch } = fakeServer((_, signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise(() => {});
    });
    const port = await openPort({ fetch });
    const work = port.run(createProduct);
    await vi.advanceTimersByTimeAsync(30_000);
    await work;
    expect(aborted).toBe(true);
  });

  it("gets five seconds after an interrupt, while nothing new is sent", async () => {
    vi.useFakeTimers();
    const interrupt = new AbortController();
    const { fetch, sent } = fakeServer(silent);
    const port = await openPort({ fetch, signal: interrupt.signal });
    const work = port.run(createProduct);
    await vi.advanceTimersByTimeAsync(1000);
    interrupt.abort();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await work).toMatchObject({ kind: "unknown", message: expect.stringContaining("interrupted") });
    expect(await port.run(listProducts)).toMatchObject({ reason: "notSent" });
    expect(sent).toHaveLength(1);
  });

  it("is shown after three seconds", async () => {
    vi.useFakeTimers();
    const waits: string[] = [];
    const port = await openPort({ fetch: fakeServer(silent).fetch, onWait: ({ why }) => waits.push(why) });
    const work = port.run(createProduct);
    await vi.advanceTimersByTimeAsync(2999);
    expect(waits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(waits).toEqual(["an answer to product.create"]);
    await vi.advanceTimersByTimeAsync(30_000);
    await work;
  });
});

describe("an answer without end", () => {
  it("is given up at 64 MiB", async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(32);
    let pulled = 0;
    const endless: Reply = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            pulled += 1;
            controller.enqueue(megabyte);
          },
        }),
      );
    const port = await openPort({ fetch: fakeServer(endless).fetch });
    expect(await port.run(createProduct)).toMatchObject({ kind: "unknown" });
    expect(pulled).toBeLessThan(70);
  });
});
