import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate, type Gate, type Traffic } from "../../src/api/gate.js";
import { createRate } from "../../src/api/rate.js";
import type { Call } from "../../src/state/call.js";
import { createProduct, FakeClock, fakeServer, listProducts, ok, openPort, refusal } from "./doubles.js";

/** Holds every request until it is let go, and counts. */
function countingServer() {
  const held: (() => void)[] = [];
  const seen = { underWay: 0, most: 0 };
  const { fetch, sent } = fakeServer(async () => {
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await new Promise<void>((resolve) => held.push(resolve));
    seen.underWay -= 1;
    return ok({ productId: "prd_1" });
  });
  return { fetch, sent, seen, letGo: () => held.splice(0).map((release) => release()) };
}

const flush = () => new Promise((resolve) => setImmediate(resolve));

describe("requests under way at once", () => {
  it.each([
    ["16 reads", listProducts, {}, 16],
    ["4 writes", createProduct, {}, 4],
    ["as many reads as the user says", listProducts, { parallelism: 2 }, 2],
    ["as many writes as the user says", createProduct, { parallelism: 7 }, 7],
  ])("are %s", async (_, call: Call, options, most) => {
    const server = countingServer();
    const port = await openPort({ ...options, fetch: server.fetch });
    const work = Promise.all(Array.from({ length: 20 }, () => port.run(call)));
    for (let round = 0; round < 20; round += 1) {
      await flush();
      server.letGo();
    }
    await work;
    expect(server.seen.most).toBe(most);
    expect(port.stats).toEqual({ calls: 20, repeats: 0 });
  });

  it("leave reads a way past waiting writes", async () => {
    const server = countingServer();
    const port = await openPort({ parallelism: 1, fetch: server.fetch });
    const work = [createProduct, createProduct, createProduct, listProducts].map((call) => port.run(call));
    await flush();
    expect(server.sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
    for (let round = 0; round < 4; round += 1) {
      server.letGo();
      await flush();
    }
    await Promise.all(work);
  });
});

describe("the rate", () => {
  it("has no bound until the server complains, then all wait in one line", async () => {
    const clock = new FakeClock();
    const times: number[] = [];
    const replies = [refusal(900101), ...Array.from({ length: 30 }, () => ok([]))];
    const { fetch } = fakeServer(() => {
      times.push(clock.now());
      return replies.shift() ?? ok([]);
    });
    const port = await openPort({ fetch, clock });
    await clock.run(port.run(listProducts));
    await clock.run(Promise.all(Array.from({ length: 10 }, () => port.run(listProducts))));
    const gaps = times.slice(2).map((time, index) => time - (times[index + 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(150);
  });

  it("never exceeds the user's bound", async () => {
    const clock = new FakeClock();
    const times: number[] = [];
    const { fetch } = fakeServer(() => {
      times.push(clock.now());
      return ok([]);
    });
    const port = await openPort({ fetch, clock, rps: 2 });
    await clock.run(Promise.all(Array.from({ length: 5 }, () => port.run(listProducts))));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 500, 1000, 1500, 2000]);
  });

  it("halves once for a burst of complaints, not once for each of them", () => {
    const rate = createRate(20);
    for (let complaint = 0; complaint < 16; complaint += 1) rate.cut(1000, 1100 + complaint);
    expect(rate.perSecond()).toBe(4);
    rate.cut(2000, 2100);
    expect(rate.perSecond()).toBe(2);
  });

  it("comes back in small steps, up to the bound", () => {
    const rate = createRate(3);
    rate.cut(0, 1);
    expect(rate.perSecond()).toBe(1.5);
    rate.recover();
    expect(rate.perSecond()).toBeCloseTo(1.6);
    for (let answer = 0; answer < 100; answer += 1) rate.recover();
    expect(rate.perSecond()).toBe(3);
  });

  it("shows how long the last in line has to wait, once", async () => {
    const clock = new FakeClock();
    const waits: number[] = [];
    const port = await openPort({
      fetch: fakeServer(ok([])).fetch,
      clock,
      rps: 2,
      onWait: ({ ms }) => waits.push(ms),
    });
    await clock.run(Promise.all(Array.from({ length: 11 }, () => port.run(listProducts))));
    expect(waits[0]).toBeGreaterThan(3000);
    expect(waits.length).toBeLessThan(3);
  });
});

describe("the gate, whatever comes", () => {
  const traffic = fc.constantFrom<Traffic>("read", "write");
  const event = fc.oneof(
    { weight: 5, arbitrary: traffic.map((kind) => ({ do: "enter", kind }) as const) },
    { weight: 4, arbitrary: fc.constant({ do: "leave" } as const) },
    { weight: 1, arbitrary: fc.constant({ do: "complain" } as const) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }).map((ms) => ({ do: "pause", ms }) as const) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 9000 }).map((ms) => ({ do: "advance", ms }) as const) },
  );
  const rps = fc.option(fc.double({ min: 0.05, max: 50, noNaN: true }), { nil: undefined });

  it("lets everybody through in the end, never more at once than the bounds, never faster than the rate", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), rps, async (events, bound) => {
        const clock = new FakeClock(0);
        const rate = createRate(bound);
        const bounds = { read: 3, write: 2 };
        const gate: Gate = createGate({
          clock,
          rate,
          bounds,
          deadlineAt: Number.POSITIVE_INFINITY,
          onWait: (ms) => expect(ms).toBeGreaterThanOrEqual(0),
        });
        const inside: { kind: Traffic; leave: () => void }[] = [];
        const sentAt: number[] = [];
        const entered: Promise<void>[] = [];
        let eager = false;
        const enter = async (kind: Traffic) => {
          const pass = await gate.enter(kind);
          if (!pass.ok) throw new Error(pass.why);
          sentAt.push(pass.sentAt);
          inside.push({ kind, leave: pass.leave });
          expect(inside.filter((other) => other.kind === kind).length).toBeLessThanOrEqual(bounds[kind]);
          if (eager) inside.pop()?.leave();
        };
        for (const step of events) {
          if (step.do === "enter") entered.push(enter(step.kind));
          if (step.do === "leave") inside.shift()?.leave();
          if (step.do === "complain") rate.cut(clock.now(), clock.now());
          if (step.do === "pause") rate.pause(clock.now() + step.ms);
          if (step.do === "advance") clock.advance(step.ms);
          expect(rate.perSecond()).toBeGreaterThanOrEqual(Math.min(0.2, bound ?? 0.2));
          expect(rate.perSecond()).toBeLessThanOrEqual(bound ?? Number.POSITIVE_INFINITY);
          await Promise.resolve();
        }
        eager = true;
        const all = Promise.all(entered);
        for (const { leave } of inside.splice(0)) leave();
        await clock.run(all);
        expect(sentAt).toHaveLength(events.filter((step) => step.do === "enter").length);
        if (bound !== undefined) {
          const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
          for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1000 / bound - 1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("turns everybody away at the deadline at the latest", async () => {
    const clock = new FakeClock(0);
    const rate = createRate(1);
    const onWait = () => {};
    const gate = createGate({ clock, rate, bounds: { read: 9, write: 9 }, deadlineAt: 2500, onWait });
    const passes = await clock.run(Promise.all(Array.from({ length: 6 }, () => gate.enter("read"))));
    expect(passes.map(({ ok: through }) => through)).toEqual([true, true, true, false, false, false]);
    expect(clock.now()).toBeLessThanOrEqual(2500);
  });

  it("turns everybody away when the run is interrupted", async () => {
    const clock = new FakeClock(0);
    const interrupt = new AbortController();
    const { signal } = interrupt;
    const options = { bounds: { read: 9, write: 9 }, deadlineAt: 1e9, signal, onWait: () => {} };
    const gate = createGate({ ...options, clock, rate: createRate(1) });
    const passes = Promise.all([gate.enter("read"), gate.enter("write")]);
    interrupt.abort();
    expect((await passes).map(({ ok: through }) => through)).toEqual([true, false]);
  });

  it("gives a place back once, however often it is left", async () => {
    const options = { bounds: { read: 1, write: 1 }, deadlineAt: 1e15, onWait: () => {} };
    const gate = createGate({ ...options, clock: new FakeClock(), rate: createRate() });
    const first = await gate.enter("read");
    const others = [gate.enter("read"), gate.enter("read")];
    let through = 0;
    for (const other of others) void other.then(() => (through += 1));
    if (!first.ok) throw new Error(first.why);
    first.leave();
    first.leave();
    await flush();
    expect(through).toBe(1);
  });

  it("survives a wall clock that is set back", async () => {
    const clock = new FakeClock(1_000_000);
    const rate = createRate(1);
    const gate = createGate({
      clock,
      rate,
      bounds: { read: 9, write: 9 },
      deadlineAt: 1e15,
      onWait: () => {},
    });
    await gate.enter("read");
    clock.advance(-900_000);
    const start = clock.now();
    await clock.run(gate.enter("read"));
    expect(clock.now() - start).toBeLessThanOrEqual(1000);
  });
});
