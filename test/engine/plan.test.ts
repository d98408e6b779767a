import { describe, expect, test } from "vitest";
import { bind } from "../../src/engine/bind.js";
import { kinds } from "../../src/resources/registry.js";
import type { Desired, DesiredEntry } from "../../src/state/desired.js";
import { emptyLockfile, type Lockfile } from "../../src/state/lockfile.js";
import { leftToDo, Shop } from "./apply/drive.js";
import { entry, item, link, lockEntry, place, product, usd, wants, webhook } from "./builders.js";

const plan = product("plan");
const summary = (shop: Shop, desired: Desired, targets: readonly string[] = []) =>
  shop
    .plan(desired, targets)
    .then(({ plan: { document } }) =>
      document.changes.map(({ address, actions }) => `${address} ${actions.join(" ")}`).sort(),
    );

async function applied(entries: readonly DesiredEntry[]): Promise<Shop> {
  const shop = new Shop();
  expect((await shop.apply(wants(entries))).result?.failed).toEqual([]);
  return shop;
}

/** The same account, with the lockfile lost. */
async function orphaned(entries: readonly DesiredEntry[]): Promise<Shop> {
  const shop = await applied(entries);
  shop.lockText = undefined;
  return shop;
}

describe("a list that cannot be read", () => {
  test("changes nothing in what refers to its objects", async () => {
    const shop = await applied([plan, link("a"), link("b", { linkName: "B" })]);
    shop.sandbox.addFault({
      match: { path: "/product/list", times: 0 },
      do: { kind: "failBefore", with: { status: 500, html: true } },
    });
    const { plan: made } = await shop.plan(wants([plan, link("a"), link("b", { linkName: "C" })]));
    const { changes, guards, complete } = made.document;
    expect(complete).toBe(false);
    expect(changes.map(({ address, fields }) => [address, fields.map(({ path }) => path)])).toEqual([
      ["paymentLink.b", ["linkName"]],
    ]);
    expect(changes[0]?.dependsOn).toEqual(["product.plan"]);
    expect(guards).toEqual([]);
  });
});

describe("adoption", () => {
  const all = [plan, link("a"), link("b", { linkName: "B" }, { open: false }), webhook("w")];

  test("with the lockfile lost takes over what equals the YAML, products before the links that sell them", async () => {
    const shop = await orphaned(all);
    expect(await summary(shop, wants(all))).toEqual([
      "paymentLink.a adopt",
      "paymentLink.b adopt",
      "product.plan adopt",
      "webhook.w adopt",
    ]);
    // What is taken over is declared: nobody has to look after it any more.
    expect((await shop.plan(wants(all))).plan.document).toMatchObject({
      unmanaged: [],
      summary: { unmanaged: 0 },
    });
    expect((await shop.apply(wants(all))).writes).toEqual([]);
    expect(leftToDo((await shop.plan(wants(all))).plan)).toEqual({ work: [], catchUps: [] });
  });

  test("opens or closes in the same plan, and leaves pictures as they are", async () => {
    const shop = await orphaned([product("plan", { imageUrl: "https://acme.example/a.png" }), link("a")]);
    const desired = wants([
      product("plan", { imageUrl: "https://acme.example/b.png" }),
      link("a", {}, { open: false }),
    ]);
    expect(await summary(shop, desired)).toEqual(["paymentLink.a adopt disable", "product.plan adopt"]);
  });

  test("of one that differs in anything else is none", async () => {
    const shop = await orphaned([plan]);
    expect(await summary(shop, wants([product("plan", { description: "More" })]))).toEqual([
      "product.plan create",
    ]);
  });

  test("of several that are equal is none: a person has to say which", async () => {
    const shop = await orphaned([product("x"), product("y")]);
    const { plan: made } = await shop.plan(wants([plan]));
    expect(made.document.guards).toMatchObject([{ id: "duplicate", state: "tripped" }]);
  });

  test("of one by two entries gives it to one of them", async () => {
    const shop = await orphaned([product("x")]);
    expect(await summary(shop, wants([product("x"), product("y")]))).toEqual([
      "product.x adopt",
      "product.y create",
    ]);
  });

  test("finds what the API stores in another spelling", async () => {
    const shop = new Shop({ knobs: { texts: "normalised" } });
    const spaced = product("plan", { name: " Cafe\u0301 " });
    await shop.apply(wants([spaced]));
    shop.lockText = undefined;
    expect(await summary(shop, wants([spaced]))).toEqual(["product.plan adopt"]);
  });

  test("by `imports` takes what is named, and brings it up to date", async () => {
    const shop = await orphaned([plan, link("a", { linkName: "Old" })]);
    const id = shop.sandbox.snapshot().paymentLinks[0]?.linkId ?? "";
    const desired = wants([plan, link("a")], { imports: [{ to: "paymentLink.a", id, source: place }] });
    expect(await summary(shop, desired)).toEqual(["paymentLink.a adopt update", "product.plan adopt"]);
    const { result } = await shop.apply(desired);
    expect(result?.failed).toEqual([]);
    expect(leftToDo((await shop.plan(desired)).plan)).toEqual({ work: [], catchUps: [] });
  });

  test("by `imports` with an update keeps the picture that is live", async () => {
    const shop = await orphaned([product("plan", { imageUrl: "https://acme.example/a.png" })]);
    const [before] = shop.sandbox.snapshot().products;
    const imported = product("plan", { imageUrl: "https://acme.example/b.png", description: "More" });
    const desired = wants([imported], {
      imports: [{ to: "product.plan", id: before?.productId ?? "", source: place }],
    });
    await shop.apply(desired);
    expect(shop.sandbox.snapshot().products[0]?.imageUrl).toBe(before?.imageUrl);
    expect(leftToDo((await shop.plan(desired)).plan)).toEqual({ work: [], catchUps: [] });
  });
});

describe("moves and imports", () => {
  const lockfile = {
    ...emptyLockfile({ project: "acme", environment: null, origin: "https://api" }),
    entries: new Map([["product.a", lockEntry("product", "prd_a")]] as const),
  };
  const bound = (parts: Partial<Desired>, names: readonly string[] = ["a"]) => {
    const desired = wants(
      names.map((name) => product(name)),
      parts,
    );
    const result = bind({ desired, lockfile, kinds, foreignIds: new Set(["prd_foreign"]) });
    return {
      codes: result.diagnostics.map(({ code, severity }) => `${code} ${severity}`),
      ids: result.ok
        ? result.value.map(({ address, lock, importId }) => `${address} ${lock?.id ?? importId ?? "-"}`)
        : [],
    };
  };
  const moved = (from: string, to: string) => ({ moved: [{ from, to, source: place }] as Desired["moved"] });
  const renamed = (...names: readonly string[]) => ({
    moved: names.slice(0, -1).map((from) => ({ from, to: names.at(-1), source: place })) as Desired["moved"],
  });
  const imported = (to: string, id: string) => ({
    imports: [{ to, id, source: place }] as Desired["imports"],
  });

  test.each([
    ["carries the id over", moved("product.a", "product.b"), ["b"], [], ["product.b prd_a"]],
    [
      "already carried out is a note",
      moved("product.z", "product.a"),
      ["a"],
      ["GS2111 note"],
      ["product.a prd_a"],
    ],
    [
      "of nothing is a warning",
      moved("product.z", "product.b"),
      ["a", "b"],
      ["GS2110 warning"],
      ["product.a prd_a", "product.b -"],
    ],
    [
      "of one of several old names carries the id over, and the others say nothing",
      renamed("product.z", "product.a", "product.b", "product.c"),
      ["c"],
      [],
      ["product.c prd_a"],
    ],
    [
      "of several old names, all carried out, are notes",
      renamed("product.y", "product.z", "product.a"),
      ["a"],
      ["GS2111 note", "GS2111 note"],
      ["product.a prd_a"],
    ],
    [
      "an import gives an id",
      imported("product.b", "prd_b"),
      ["a", "b"],
      [],
      ["product.a prd_a", "product.b prd_b"],
    ],
    [
      "an import carried out is a note",
      imported("product.a", "prd_a"),
      ["a"],
      ["GS2113 note"],
      ["product.a prd_a"],
    ],
    ["an import onto a locked name is an error", imported("product.a", "prd_x"), ["a"], ["GS2114 error"], []],
    [
      "an import of somebody's id is an error",
      imported("product.b", "prd_a"),
      ["a", "b"],
      ["GS2115 error"],
      [],
    ],
  ] as const)("%s", (_what, parts, names, codes, ids) => {
    expect(bound(parts, names)).toEqual({ codes, ids });
  });

  test.each([
    [null, /^Choose another name/],
    ["eu", /another environment is meant, write the line under its `overrides`/],
  ])("a move onto an object is an error, with the way out (environment %s)", (environment, remedy) => {
    const entries = new Map(
      ["a", "b"].map((name) => [`product.${name}`, lockEntry("product", `prd_${name}`)] as const),
    );
    const desired = wants([product("b")], { ...moved("product.a", "product.b"), environment });
    const both = { ...lockfile, entries: entries as Lockfile["entries"] };
    expect(bind({ desired, lockfile: both, kinds, foreignIds: new Set() }).diagnostics).toMatchObject([
      { code: "GS2112", remedy: expect.stringMatching(remedy), command: ["state rm product.b"] },
    ]);
  });
});

describe("order", () => {
  test("products come before the links that need them", async () => {
    const { plan: made } = await new Shop().plan(wants([link("a"), plan]));
    expect(made.work.find(({ address }) => address === "paymentLink.a")?.dependsOn).toEqual(["product.plan"]);
  });

  test("links are closed, or moved off, before the products that they sell are archived", async () => {
    const gift = product("gift", { name: "Gift" });
    const shop = await applied([plan, gift, link("a"), link("b", { linkName: "B" })]);
    const after = await shop.apply(wants([gift, link("a", { lineItems: [item("gift")] })]));
    expect(after.result?.failed).toEqual([]);
    expect(after.writes.map(({ method }) => method).sort()).toEqual([
      "paymentLink.disable",
      "paymentLink.update",
      "product.archive",
    ]);
    expect(after.writes.at(-1)?.method).toBe("product.archive");
  });

  test("a closed link is written before the product that it goes on selling is archived", async () => {
    const shop = await applied([plan]);
    const after = await shop.apply(
      wants([product("plan", {}, { open: false }), link("a", {}, { open: false })]),
    );
    expect(after.result?.failed).toEqual([]);
    expect(after.writes.map(({ method }) => method)).toEqual([
      "paymentLink.create",
      "paymentLink.disable",
      "product.archive",
    ]);
  });

  test("a link that is to be created around a product that is born archived is refused before anything is written", async () => {
    const { plan: made } = await new Shop().plan(
      wants([product("plan", {}, { open: false }), link("a", {}, { open: false })]),
    );
    expect(made.refused).toBe(true);
    expect(made.document.diagnostics.map(({ code }) => code)).toContain("GS4203");
  });
});

describe("the same inputs", () => {
  const edited = [
    product("plan", { description: "More" }),
    link("a", { lineItems: [item("plan", 1, usd(11))] }),
    link("c", { linkName: "C" }),
  ];

  async function shuffled(turn: boolean) {
    const shop = await applied([plan, link("a"), link("b", { linkName: "B" }), webhook("w")]);
    shop.sandbox.dashboard.createProduct({ name: "Stranger" });
    shop.sandbox.dashboard.createProduct({ name: "Another" });
    shop.sandbox.setKnobs({ listOrder: turn ? "oldest" : "newest" });
    const desired = wants(edited);
    const entries = new Map(turn ? [...desired.entries].reverse() : desired.entries);
    const { plan: made } = await shop.plan({ ...desired, entries });
    return JSON.stringify(made.document);
  }

  test("give the same bytes, in whatever order they come", async () => {
    expect(await shuffled(true)).toBe(await shuffled(false));
  });
});

describe("the hash", () => {
  async function hashOf(
    change: (entries: DesiredEntry[]) => DesiredEntry[] = (entries) => entries,
    parts: Partial<Desired> = {},
  ) {
    const shop = await applied([plan, link("a")]);
    const entries = change([product("plan", { description: "More" }), link("a", { linkName: "New" })]);
    return (await shop.plan(wants(entries, parts))).plan.document.hash;
  }
  const withLink =
    (parts: Parameters<typeof link>[1], how: Parameters<typeof link>[2] = {}) =>
    (entries: DesiredEntry[]) =>
      entries.map((one) =>
        one.kind === "paymentLink" ? link("a", { linkName: "New", ...parts }, how) : one,
      );

  test.each([
    ["a price", withLink({ lineItems: [item("plan", 1, usd(11))] })],
    ["a quantity", withLink({ lineItems: [item("plan", 2)] })],
    ["a name", withLink({ linkName: "Newer" })],
    ["where payers go", withLink({ successUrl: "https://acme.example/" })],
    ["open or closed", withLink({}, { open: false })],
    ["a flag", withLink({}, { lifecycle: { protect: true } })],
    ["one entry less", (entries: DesiredEntry[]) => entries.slice(0, 1)],
    ["one entry more", (entries: DesiredEntry[]) => [...entries, webhook("w")]],
  ])("changes with %s", async (_what, change) => {
    expect(await hashOf(change)).not.toBe(await hashOf());
  });

  test("changes with what is live", async () => {
    const shop = await applied([plan, link("a")]);
    const desired = wants([plan, link("a", { linkName: "New" })]);
    const before = (await shop.plan(desired)).plan.document.hash;
    const linkId = (await shop.lockfile()).entries.get("paymentLink.a")?.id ?? "";
    shop.sandbox.dashboard.editLink({ linkId, customSuccessText: "Edited" });
    expect((await shop.plan(desired)).plan.document.hash).not.toBe(before);
  });

  test("does not change with places, unmanaged objects, or entries that stay as they are", async () => {
    const moved = (entries: DesiredEntry[]) =>
      entries.map((one) => ({
        ...one,
        source: { ...place, line: 99 },
        placeOf: () => ({ ...place, line: 99 }),
      }));
    expect(await hashOf(moved)).toBe(await hashOf());
    const shop = await applied([plan, link("a"), webhook("w")]);
    const desired = wants([product("plan", { description: "More" }), link("a"), webhook("w")]);
    const { hash } = (await shop.plan(desired)).plan.document;
    shop.sandbox.dashboard.createProduct({ name: "Stranger" });
    const without = wants([...desired.entries.values()].filter(({ kind }) => kind !== "paymentLink"));
    expect((await shop.plan(desired)).plan.document.hash).toBe(hash);
    expect((await shop.plan(without)).plan.document.hash).not.toBe(hash);
  });
});

describe("targets", () => {
  test("take what they refer to along, and retire nothing", async () => {
    const shop = await applied([plan, link("old", { linkName: "Old" })]);
    const desired = wants([
      product("plan", { description: "More" }),
      link("a"),
      link("b", { linkName: "B" }),
    ]);
    expect(await summary(shop, desired, ["paymentLink.a"])).toEqual([
      "paymentLink.a create",
      "product.plan update",
    ]);
    const { plan: made } = await shop.plan(desired, ["paymentLink.a"]);
    expect(made.document).toMatchObject({ partial: true, unmanaged: [] });
  });

  test("that the configuration lacks are an error", async () => {
    const { plan: made } = await new Shop().plan(wants([plan]), ["product.z"]);
    expect([made.failed, made.document.diagnostics.map(({ code }) => code)]).toEqual([
      true,
      ["GS2207", "GS2208"],
    ]);
    expect(made.document.diagnostics[0]?.summary).toBe(
      "This plan is partial: product.z, and what it refers to",
    );
  });
});

describe("half a list", () => {
  test("creates nothing and retires nothing, and is no plan to act upon", async () => {
    const shop = await applied([plan, link("a"), link("b", { linkName: "B" })]);
    shop.sandbox.addFault({ match: { path: "/payment/link/list", times: 0 }, do: { kind: "wrongTotal" } });
    const { plan: made } = await shop.plan(
      wants([plan, link("a", { linkName: "New" }), link("c", { linkName: "C" })]),
    );
    expect(made.document.complete).toBe(false);
    expect(made.document.changes.map(({ address }) => address)).toEqual(["paymentLink.a"]);
    expect(made.failed).toBe(true);
  });
});

describe("the numbers", () => {
  test("count changes by action and by risk, and what stays", async () => {
    const shop = await applied([plan, link("a"), link("b", { linkName: "B" }), webhook("w")]);
    shop.sandbox.dashboard.createProduct({ name: "Stranger" });
    const { plan: made } = await shop.plan(
      wants([
        plan,
        link("a", { lineItems: [item("plan", 1, usd(11))] }),
        entry("product.new", { name: "New" }),
      ]),
    );
    expect(made.document.summary).toMatchObject({
      create: 1,
      update: 1,
      disable: 2,
      unchanged: 1,
      unmanaged: 1,
      risks: { price: 1, visibility: 2 },
    });
    expect(made.work.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });
});
