import { describe, expect, test } from "vitest";
import { readWhole } from "../../src/engine/observe.js";
import type { Reader } from "../../src/engine/reader.js";
import { scan } from "../../src/engine/scan.js";
import { paymentLinkDefinition as links } from "../../src/resources/payment-link/definition.js";
import { productDefinition as products } from "../../src/resources/product/definition.js";
import { webhookDefinition as webhooks } from "../../src/resources/webhook/definition.js";
import type { Call, Outcome } from "../../src/state/call.js";
import { Shop } from "./apply/drive.js";
import { item, link, product, type Values, wants, webhook } from "./builders.js";

/** Runs a reader on a server made of one function, and remembers what was asked. */
function read<T>(reader: Reader<T>, serve: (call: Call) => Outcome): { result: T; calls: readonly Call[] } {
  const calls: Call[] = [];
  let step = reader.next();
  while (step.done !== true) {
    calls.push(...step.value.calls);
    step = reader.next(step.value.calls.map(serve));
  }
  return { result: step.value, calls };
}

const done = (data: unknown): Outcome => ({ kind: "done", data });
const refused = (code: number): Outcome => ({ kind: "refused", reason: "rejected", code, message: "no" });
const ids = (n: number) => Array.from({ length: n }, (_, index) => ({ productId: `prd_${index}` }));
const page = (all: readonly object[], [number, size]: readonly unknown[], total: unknown = all.length) =>
  done({ products: all.slice((Number(number) - 1) * Number(size), Number(number) * Number(size)), total });

describe("reading by id", () => {
  test("asks for more ids than fit in several calls, each once", () => {
    const wanted = ids(120).map(({ productId }) => productId);
    const { result, calls } = read(readWhole(products, wanted), ({ args: [body] }) =>
      done((body as { productIds: string[] }).productIds.map((productId) => ({ productId }))),
    );
    expect(calls.map(({ args: [body] }) => (body as { productIds: string[] }).productIds.length)).toEqual([
      50, 50, 20,
    ]);
    expect([...result.objects.keys()]).toEqual(wanted);
  });

  test.each([
    ["another link", { linkId: "lnk_2", linkName: "Other", status: "active" }],
    ["no link at all", { status: "active" }],
  ])("takes an answer that shows %s for none: whether the link is gone stays open", (_what, data) => {
    const { result } = read(readWhole(links, ["lnk_1"]), () => done(data));
    expect([result.objects.size, result.gone.size, [...result.failed.keys()]]).toEqual([0, 0, ["lnk_1"]]);
  });

  test("takes no object from an answer that was not asked for", () => {
    const { result } = read(readWhole(products, ["prd_1"]), () => done(ids(3)));
    expect([...result.objects.keys()]).toEqual(["prd_1"]);
  });
});

describe("a scan", () => {
  test("of one page is one call; of more, each page once", () => {
    const one = read(scan(products), ({ args }) => page(ids(100), args));
    expect([one.result.complete, one.calls.length]).toEqual([true, 1]);
    const many = read(scan(products), ({ args }) => page(ids(301), args));
    expect([many.result.complete, many.result.objects.size]).toEqual([true, 301]);
    expect(many.calls.map(({ args }) => args)).toEqual([
      [1, 100],
      [2, 100],
      [3, 100],
      [4, 100],
    ]);
  });

  test("asks at once for the pages that what is recorded must fill, and for none twice", () => {
    const asked = (all: number, expected: number) => {
      const waves: number[][] = [];
      const reader = scan(products, expected);
      let step = reader.next();
      while (step.done !== true) {
        const { calls } = step.value;
        waves.push(calls.map(({ args }) => Number(args[0])));
        step = reader.next(calls.map(({ args }) => page(ids(all), args)));
      }
      return { waves, complete: step.value.complete, objects: step.value.objects.size };
    };
    expect(asked(301, 301)).toEqual({ waves: [[1, 2, 3, 4]], complete: true, objects: 301 });
    expect(asked(301, 150)).toEqual({
      waves: [
        [1, 2],
        [3, 4],
      ],
      complete: true,
      objects: 301,
    });
    expect(asked(50, 300)).toEqual({ waves: [[1, 2, 3]], complete: true, objects: 50 });
    expect(asked(900, 5000).waves).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ]);
    expect(asked(0, 0).waves).toEqual([[1]]);
  });

  test.each([
    ["refuses", (): Outcome => refused(400101)],
    ["fails at", (): Outcome => ({ kind: "unknown", code: 500, message: "no" })],
    ["repeats its last page as", () => page(ids(150), [2, 100])],
    ["gives nonsense as", () => done("nonsense")],
  ])("minds no server that %s a page after the last one", (_what, beyond) => {
    const { result } = read(scan(products, 500), ({ args }) =>
      Number(args[0]) > 2 ? beyond() : page(ids(150), args),
    );
    expect([result.complete, result.objects.size]).toEqual([true, 150]);
  });

  test("tries once what it asks for ahead, and again only what it turns out to need", () => {
    const asked: [page: number, once: boolean][] = [];
    const reader = scan(products, 500);
    let step = reader.next();
    while (step.done !== true) {
      const { calls, once } = step.value;
      const outcomes = calls.map((call): Outcome => {
        const isOnce = once?.has(call) === true;
        asked.push([Number(call.args[0]), isOnce]);
        return isOnce && call.args[0] !== 3
          ? { kind: "unknown", code: 503, message: "no" }
          : page(ids(250), call.args);
      });
      step = reader.next(outcomes);
    }
    expect(asked).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, true],
      [5, true],
      [2, false],
    ]);
    expect([step.value.complete, step.value.objects.size]).toEqual([true, 250]);
  });

  test("asks for one page where the size is refused, however many it expected", () => {
    const { result, calls } = read(scan(products, 200), ({ args }) =>
      Number(args[1]) > 50 ? refused(400101) : page(ids(60), args),
    );
    expect([result.complete, result.objects.size]).toEqual([true, 60]);
    expect(calls.map(({ args }) => args)).toEqual([
      [1, 100],
      [2, 100],
      [1, 50],
      [2, 50],
    ]);
  });

  test("asks for ever less, down to pages of ten", () => {
    const { result, calls } = read(scan(products), ({ args }) =>
      Number(args[1]) > 10 ? refused(400101) : page(ids(12), args),
    );
    expect([result.complete, result.objects.size]).toEqual([true, 12]);
    expect(calls.map(({ args }) => args[1])).toEqual([100, 50, 20, 10, 10]);
  });

  test("follows a server that gives fewer than asked", () => {
    const { result, calls } = read(scan(products), ({ args: [number] }) => page(ids(25), [number, 10]));
    expect([result.complete, result.objects.size, calls.length]).toEqual([true, 25, 3]);
  });

  test("asks for less where the size is refused", () => {
    const { result, calls } = read(scan(products), ({ args }) =>
      Number(args[1]) > 50 ? refused(400101) : page(ids(60), args),
    );
    expect([result.complete, result.objects.size]).toEqual([true, 60]);
    expect(calls.map(({ args }) => args)).toEqual([
      [1, 100],
      [1, 50],
      [2, 50],
    ]);
  });

  test("whose pages shift meanwhile is read again, and complete when it holds still", () => {
    let scans = 0;
    const { result } = read(scan(products), ({ args }) => {
      if (args[0] === 1) scans += 1;
      const shift = scans === 1 && args[0] === 2 ? -1 : 0;
      return done({
        products: ids(150).slice((Number(args[0]) - 1) * 100 - shift, Number(args[0]) * 100 - shift),
        total: 150,
      });
    });
    expect([result.complete, scans]).toEqual([true, 2]);
  });

  test.each([
    ["that always shifts", () => ({ products: ids(99), total: 100 })],
    [
      "with a total that moves",
      ({ args }: Call) => ({
        products: ids(250).slice(Number(args[0]) * 100 - 100, Number(args[0]) * 100),
        total: 249 + Number(args[0]),
      }),
    ],
    ["without a total", () => ({ products: ids(3) })],
    ["with more than its total", () => ({ products: ids(3), total: 2 })],
    ["with one object twice", () => ({ products: [...ids(1), ...ids(1)], total: 2 })],
    ["that is none", () => ({})],
  ])("%s is never complete", (_what, answer) => {
    const { result } = read(scan(products), (call) => done(answer(call)));
    expect(result.complete).toBe(false);
    expect(result.why).toBeTypeOf("string");
  });

  test("that fails is not complete, and is not asked again", () => {
    const failed = { kind: "unknown", code: 502, message: "HTTP 502" } as const;
    const { result, calls } = read(scan(products), () => failed);
    expect([result.complete, result.failed?.code, calls.length]).toEqual([false, 502, 1]);
    const auth = read(scan(products), () => ({ kind: "refused", reason: "auth", code: 401, message: "no" }));
    expect([auth.result.failed?.auth, auth.calls.length]).toEqual([true, 1]);
  });

  test("with a total far too high ends where the objects end", () => {
    const { result, calls } = read(scan(products), ({ args }) => page(ids(250), args, 1_000_000));
    expect([result.complete, result.objects.size]).toEqual([false, 250]);
    expect(calls.length).toBeLessThan(60);
  });

  test("of what comes without pages is one call and needs no total", () => {
    const { result, calls } = read(scan(webhooks), () => done({ webhooks: [{ webhookId: "w" }] }));
    expect([result.complete, calls.length]).toEqual([true, 1]);
  });
});

describe("reading by id", () => {
  test("a batch that is refused because of one id is read one by one", () => {
    const { result, calls } = read(readWhole(products, ["a", "b", "c"]), ({ args }) => {
      const { productIds } = args[0] as { productIds: readonly string[] };
      return productIds.includes("b")
        ? refused(100302)
        : done(productIds.map((productId) => ({ productId })));
    });
    expect([...result.objects.keys()]).toEqual(["a", "c"]);
    expect([...result.gone]).toEqual([["b", "missing"]]);
    expect(calls).toHaveLength(4);
  });

  test.each([
    [100101, "missing"],
    [100102, "archived"],
    [299002, "missing"],
    [900203, undefined],
    [999999, undefined],
    [502, undefined],
  ])("code %i for a link means %s", (code, state) => {
    const { result } = read(readWhole(links, ["a"]), () => ({ kind: "unknown", code, message: "no" }));
    expect(result.gone.get("a")).toBe(state);
    expect(result.failed.has("a")).toBe(state === undefined);
  });
});

describe("the cost of a plan", () => {
  const many = wants([
    ...Array.from({ length: 300 }, (_, index) => product(`p${index}`, { name: `Product ${index}` })),
    ...Array.from({ length: 300 }, (_, index) =>
      link(`l${index}`, {
        linkName: `Link ${index}`,
        successUrl: "https://acme.example/",
        lineItems: [item(`p${index}`)],
      }),
    ),
    webhook("w"),
  ]);

  test("with nothing to do is the list pages, the accounts and the webhooks, and not one call more", async () => {
    const shop = new Shop({ parallelism: 16 });
    expect((await shop.apply(many)).result?.failed).toEqual([]);
    const { plan, reads } = await shop.plan(many);
    expect(plan.work).toEqual([]);
    const count = (method: string) => reads.filter((call) => call.method === method).length;
    expect([
      count("product.list"),
      count("paymentLink.list"),
      count("account.list"),
      count("webhook.list"),
    ]).toEqual([3, 3, 1, 1]);
    expect(reads).toHaveLength(8);
  });

  const cost = async (parts: {
    knobs?: object;
    want?: Values;
    edit?: (shop: Shop, linkId: string) => void;
  }) => {
    const before = [
      product("plan"),
      link("a", { successUrl: "https://acme.example/" }),
      link("b", { linkName: "B" }),
    ];
    const shop = new Shop({ knobs: { listOmits: ["successUrl"], ...parts.knobs } });
    await shop.apply(wants(before));
    parts.edit?.(shop, (await shop.lockfile()).entries.get("paymentLink.a")?.id ?? "");
    const after = [
      product("plan"),
      link("a", { successUrl: "https://acme.example/", ...parts.want }),
      link("b", { linkName: "B" }),
    ];
    const { reads, plan } = await shop.plan(wants(after));
    return {
      details: reads.filter(({ method }) => method === "paymentLink.detail").length,
      drift: plan.document.drift.length,
    };
  };

  test("is one detail more for a link that would change, or whose version moved", async () => {
    expect(await cost({})).toEqual({ details: 0, drift: 0 });
    expect(await cost({ want: { linkName: "A" } })).toEqual({ details: 1, drift: 0 });
    const edit = (shop: Shop, linkId: string) =>
      void shop.sandbox.dashboard.editLink({ linkId, successUrl: "https://evil.example/" });
    expect(await cost({ edit })).toEqual({ details: 1, drift: 1 });
  });

  test.each([{ lineItemsOrder: "shuffled" }, { texts: "normalised" }, { clearedReadsAs: "empty" }] as const)(
    "is no more where the API has a spelling or an order of its own: %j",
    async (knobs) => {
      const shop = new Shop({ knobs });
      const names = ["a", "b", "c", "d"];
      const entries = [
        ...names.map((name) => product(name, { name })),
        link("l", { linkName: "  Cafe\u0301 ", lineItems: names.map((name) => item(name)) }),
      ];
      expect((await shop.apply(wants(entries))).result?.failed).toEqual([]);
      const { reads, plan } = await shop.plan(wants(entries));
      expect([plan.work, plan.catchUps()]).toEqual([[], []]);
      expect(reads.map(({ method }) => method)).not.toContain("paymentLink.detail");
    },
  );

  test("is a confirmation for each locked id that the lists lack", async () => {
    const shop = new Shop();
    await shop.apply(wants([product("plan"), link("a")]));
    shop.sandbox.dashboard.eraseLink({
      linkId: (await shop.lockfile()).entries.get("paymentLink.a")?.id ?? "",
    });
    const { reads, plan } = await shop.plan(wants([product("plan"), link("a")]));
    expect(reads.filter(({ method }) => method === "paymentLink.detail")).toHaveLength(1);
    expect(plan.document.guards).toMatchObject([{ id: "missing", state: "tripped" }]);
  });

  test("is two round trips where something changes: what is in doubt, and what payers can pay with, together", async () => {
    const shop = new Shop();
    await shop.apply(wants([product("plan"), link("a")]));
    const changed = wants([product("plan"), link("a", { linkName: "Other" })]);
    const { rounds } = await shop.plan(changed);
    expect(rounds.map((round) => round.map(({ method }) => method).sort())).toEqual([
      ["account.list", "paymentLink.list", "product.list", "webhook.list"],
      ["capability.all", "paymentLink.detail"],
    ]);
    // What is to change is only seen in the details: then they come first.
    const full = new Shop({ refresh: "full", knobs: { listOmits: ["successUrl"] } });
    await full.apply(wants([product("plan"), link("a")]));
    const [live] = full.sandbox.snapshot().paymentLinks;
    const { linkId = "", versionCode } = live ?? {};
    full.sandbox.dashboard.editLink({ linkId, successUrl: "https://elsewhere.example/", versionCode });
    expect((await full.plan(wants([product("plan"), link("a")]))).rounds).toHaveLength(3);
  });

  test("an edit that only the detail shows is not seen by a list that says nothing of it", async () => {
    const swap = (shop: Shop, linkId: string) =>
      void shop.sandbox.dashboard.editLink({
        linkId,
        successUrl: "https://evil.example/",
        versionCode: shop.sandbox.snapshot().paymentLinks.find((one) => one.linkId === linkId)?.versionCode,
      });
    expect(await cost({ edit: swap })).toEqual({ details: 0, drift: 0 });
  });
});
