import { describe, expect, test } from "vitest";
import { ApplyRun } from "../../../src/engine/apply/run.js";
import type { Instruction } from "../../../src/engine/apply/step.js";
import type { Address } from "../../../src/state/address.js";
import type { DesiredEntry } from "../../../src/state/desired.js";
import { foldJournal } from "../../../src/state/journal.js";
import type { Intent } from "../../../src/state/lockfile.js";
import { encodeLockfile } from "../../../src/state/lockfile-text.js";
import { item, link, lockEntry, place, product, usd, wants, webhook } from "../builders.js";
import { type Applied, type Chaos, type Fate, leftToDo, Shop, type ShopOptions } from "./drive.js";

const plan = product("plan");

/** A shop in which these entries have been applied. */
async function applied(entries: readonly DesiredEntry[], options: ShopOptions = {}): Promise<Shop> {
  const shop = new Shop(options);
  const { result } = await shop.apply(wants(entries));
  expect(result?.failed).toEqual([]);
  return shop;
}

const lockOf = async (shop: Shop, address: string) => (await shop.lockfile()).entries.get(address as never);
const methods = ({ writes }: Pick<Applied, "writes">) => writes.map(({ method }) => method);
const codes = ({ result }: Applied) => result?.remarks.map(({ code }) => code);
const isAtRest = async (shop: Shop, ...entries: readonly DesiredEntry[]) => {
  const { plan: next } = await shop.plan(wants(entries));
  expect(next.document.changes).toEqual([]);
  expect(next.catchUps()).toEqual([]);
};

/** One fate for the first call of a method, all well otherwise. */
function once(method: string, fate: Fate) {
  let spent = false;
  return {
    pick: () => 0,
    fate: (instruction: Instruction): Fate => {
      if (spent || instruction.do !== "send" || instruction.call.method !== method) return "plain";
      spent = true;
      return fate;
    },
  };
}

describe("after a failure", () => {
  test("what is independent is done, and what depends on it is not attempted, with the reason", async () => {
    const shop = new Shop();
    const entries = [
      plan,
      product("gift", { name: "Gift" }),
      link("a"),
      link("b", { lineItems: [item("gift")] }),
    ];
    const isPlan = (instruction: Instruction) =>
      instruction.do === "send" && JSON.stringify(instruction.call.args).includes('"Plan"');
    const { result } = await shop.apply(wants(entries), {
      pick: () => 0,
      fate: (instruction) => (isPlan(instruction) ? "refused" : "plain"),
    });
    expect(result?.done.map(({ address }) => address)).toEqual(["paymentLink.b", "product.gift"]);
    expect(result?.failed).toMatchObject([
      { address: "product.plan", error: { outcome: "refused", code: 400101 } },
    ]);
    expect(result?.notAttempted).toMatchObject([
      { address: "paymentLink.a", because: expect.stringContaining("product.plan") },
    ]);
  });

  test("a link that should be closed is closed, even though its update failed", async () => {
    const shop = await applied([plan, link("a")]);
    const edited = [plan, link("a", { linkName: "Other" }, { open: false })];
    const after = await shop.apply(wants(edited), once("paymentLink.update", "refused"));
    expect(methods(after)).toEqual(["paymentLink.disable"]);
    expect(after.result?.failed).toMatchObject([{ action: "update" }]);
    expect(after.result?.done).toMatchObject([{ action: "disable" }]);
  });

  test("a link that should be closed is closed, even though its product could not be updated", async () => {
    const edited = product("plan", { description: "Other" });
    for (const [parts, left] of [
      [{}, []],
      [{ linkName: "Other" }, ["update: `product.plan` comes first, and was not done"]],
    ] as const) {
      const shop = await applied([plan, link("a")]);
      const wanted = [edited, link("a", parts, { open: false })];
      const after = await shop.apply(wants(wanted), once("product.update", "refused"));
      expect(methods(after)).toEqual(["paymentLink.disable"]);
      expect(after.result?.done).toMatchObject([{ address: "paymentLink.a", action: "disable" }]);
      expect(after.result?.notAttempted.map(({ action, because }) => `${action}: ${because}`)).toEqual(left);
      expect(await lockOf(shop, "paymentLink.a")).toMatchObject({ open: false });
      await shop.apply(wants(wanted));
      await isAtRest(shop, ...wanted);
    }
  });

  test("a link that is moved is closed under its new name, even though its product could not be updated", async () => {
    const shop = await applied([plan, link("a")]);
    const moved = [{ from: "paymentLink.a" as const, to: "paymentLink.b" as const, source: place }];
    const wanted = [
      product("plan", { description: "Other" }),
      link("b", { linkName: "Other" }, { open: false }),
    ];
    const after = await shop.apply(wants(wanted, { moved }), once("product.update", "refused"));
    expect(after.result?.done.map(({ action }) => action)).toEqual(["move", "disable"]);
    expect(await lockOf(shop, "paymentLink.b")).toMatchObject({ open: false });
    expect(await lockOf(shop, "paymentLink.a")).toBeUndefined();
  });

  test("a product is not archived before its link is closed, and nothing that is not there is closed", async () => {
    const shop = await applied([plan, link("a")]);
    const after = await shop.apply(wants([]), once("paymentLink.disable", "refused"));
    expect(methods(after)).toEqual([]);
    expect(after.result?.notAttempted).toMatchObject([{ address: "product.plan", action: "archive" }]);
    const fresh = new Shop();
    const born = await fresh.apply(
      wants([plan, link("a", {}, { open: false })]),
      once("product.create", "refused"),
    );
    expect(methods(born)).toEqual([]);
    expect(born.result?.notAttempted.map(({ action }) => action)).toEqual(["create", "disable"]);
  });

  test("a closed link that GStable does not update says the way round, which works", async () => {
    const closed = [plan, link("a", {}, { open: false })];
    const shop = await applied(closed, { knobs: { updateDisabledLink: "refused" } });
    const edited = link("a", { customSuccessText: "Thanks" });
    const { result } = await shop.apply(wants([plan, edited]));
    expect(result?.failed).toMatchObject([
      { action: "update", error: { code: 100103, message: expect.stringContaining("open it as it is") } },
    ]);
    await shop.apply(wants([plan, link("a")]));
    expect((await shop.apply(wants([plan, edited]))).result?.failed).toEqual([]);
    await isAtRest(shop, plan, edited);
  });

  test("a link that should be opened stays closed when its update failed", async () => {
    const shop = await applied([plan, link("a", {}, { open: false })]);
    const after = await shop.apply(
      wants([plan, link("a", { linkName: "Other" })]),
      once("paymentLink.update", "refused"),
    );
    expect(methods(after)).toEqual([]);
    expect(after.result?.notAttempted).toMatchObject([{ action: "enable" }]);
  });

  test("a refused key ends the run: nothing more is sent", async () => {
    const shop = new Shop({ parallelism: 1 });
    const ready = await shop.plan(wants([plan, product("gift", { name: "Gift" })]));
    shop.sandbox.setKnobs({ acceptedKeys: [] });
    const { result, writes } = await shop.applyPlan(ready);
    expect(writes).toHaveLength(1);
    expect(result?.failed).toMatchObject([{ error: { outcome: "refused", code: 299401 } }]);
    expect(result?.notAttempted).toHaveLength(1);
    expect((await shop.lockfile()).intents.size).toBe(0);
  });
});

describe("a link that is born closed", () => {
  const closed = link("a", {}, { open: false });

  test("is created, and closed at once", async () => {
    const shop = new Shop();
    expect(methods(await shop.apply(wants([plan, closed])))).toEqual([
      "product.create",
      "paymentLink.create",
      "paymentLink.disable",
    ]);
    await isAtRest(shop, plan, closed);
  });

  test("is the only one that is open, however many there are", async () => {
    const many = ["a", "b", "c", "d", "e"].map((name) =>
      link(name, { linkName: `Page ${name}` }, { open: false }),
    );
    const shop = new Shop({ parallelism: 16 });
    const open: number[] = [];
    const watching: Chaos = {
      pick: () => 0,
      fate: () => {
        const pages = shop.sandbox.snapshot().paymentLinks;
        open.push(pages.filter(({ status }) => status === "active").length);
        return "plain";
      },
    };
    const { result } = await shop.apply(wants([plan, ...many]), watching);
    expect(result?.failed).toEqual([]);
    expect(Math.max(...open)).toBe(1);
    await isAtRest(shop, plan, ...many);
  });

  test("and cannot be closed is the last: the others would stay open as well", async () => {
    const many = ["a", "b", "c"].map((name) => link(name, { linkName: `Page ${name}` }, { open: false }));
    const shop = new Shop();
    const refusing: Chaos = {
      pick: () => 0,
      fate: (instruction) =>
        instruction.do === "send" && instruction.call.method === "paymentLink.disable" ? "refused" : "plain",
    };
    const { result } = await shop.apply(wants([plan, ...many, link("open")]), refusing);
    expect(result?.done.map(({ address }) => address).sort()).toEqual([
      "paymentLink.a",
      "paymentLink.open",
      "product.plan",
    ]);
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", action: "disable" }]);
    const because = expect.stringContaining("`paymentLink.a` could not be closed");
    expect(result?.notAttempted).toMatchObject([
      { address: "paymentLink.b", action: "create", because },
      { address: "paymentLink.b", action: "disable", because },
      { address: "paymentLink.c", action: "create", because },
      { address: "paymentLink.c", action: "disable", because },
    ]);
  });

  test("that could not even be made holds up nobody", async () => {
    const many = ["a", "b"].map((name) => link(name, { linkName: `Page ${name}` }, { open: false }));
    const shop = new Shop();
    const { result } = await shop.apply(wants([plan, ...many]), once("paymentLink.create", "refused"));
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", action: "create" }]);
    expect(result?.done.map(({ address }) => address)).toContain("paymentLink.b");
  });

  test("holds up no page that is to stay open", async () => {
    const sold = link("b", { linkName: "Sold" });
    const shop = new Shop();
    expect(methods(await shop.apply(wants([plan, closed, sold])))).toEqual([
      "product.create",
      "paymentLink.create",
      "paymentLink.create",
      "paymentLink.disable",
    ]);
  });

  test.each(["crashBefore", "crashAfter"] as const)(
    "and left open by a crash (%s) is no case for the guard `retire`, whenever it comes",
    async (fate) => {
      const many = ["a", "b", "c", "d"].map((name) =>
        link(name, { linkName: `Page ${name}` }, { open: false }),
      );
      const wanted = wants([plan, ...many]);
      for (let at = 0; at < 9; at += 1) {
        const shop = new Shop();
        let sent = 0;
        const crash: Chaos = {
          pick: () => 0,
          fate: ({ do: what }) => (what === "send" && sent++ === at ? fate : "plain"),
        };
        expect((await shop.apply(wanted, crash)).crashed).toBe(true);
        const next = await shop.plan(wanted);
        expect(next.plan.document.guards).toEqual([]);
        await shop.applyPlan(next);
        await isAtRest(shop, plan, ...many);
      }
    },
  );

  test("and left open by a crash is closed by the next run before anything else is written", async () => {
    const shop = new Shop();
    await shop.apply(wants([plan, closed]), once("paymentLink.disable", "crashBefore"));
    const more = product("gift", { name: "Gift" });
    expect(methods(await shop.apply(wants([plan, closed, more])))).toEqual([
      "paymentLink.disable",
      "product.create",
    ]);
  });
});

describe("a field that is cleared", () => {
  const full = [
    plan,
    product("gift", {
      description: "All",
      imageUrl: "https://acme.example/a.png",
      attributes: [{ name: "a", value: "b" }],
    }),
    link("a", { successUrl: "https://acme.example/", customSuccessText: "Hi", customDisabledText: "No" }),
    webhook("w", { webhookDescription: "Books" }),
  ];
  const bare = [plan, product("gift"), link("a"), webhook("w")];
  const empties = (how: "clear" | "keep" | "refused") =>
    ({ emptyInProducts: how, emptyInLinks: how, emptyInWebhooks: how }) as const;

  test("is left out of the body, once, where that clears it", async () => {
    const shop = await applied(full, { knobs: { omittedOptional: "clear", ...empties("refused") } });
    expect(methods(await shop.apply(wants(bare))).sort()).toEqual([
      "paymentLink.update",
      "product.update",
      "webhook.update",
    ]);
    await isAtRest(shop, ...bare);
  });

  test("is sent empty, once more, where leaving it out keeps it", async () => {
    const shop = await applied(full, { knobs: { omittedOptional: "keep", ...empties("clear") } });
    const after = await shop.apply(wants(bare));
    expect(after.result?.failed).toEqual([]);
    expect(after.writes).toHaveLength(6);
    await isAtRest(shop, ...bare);
  });

  test.each(["clear", "keep"] as const)("is cleared although reads lag behind (omitted: %s)", async (how) => {
    const shop = await applied(full, { knobs: { omittedOptional: how, ...empties("clear") } });
    shop.sandbox.setKnobs({ readLag: 2 });
    const { result } = await shop.apply(wants(bare));
    expect(result?.failed).toEqual([]);
    shop.sandbox.setKnobs({ readLag: 0 });
    await isAtRest(shop, ...bare);
  });

  test("is cleared by the next run, where the first died before it looked", async () => {
    const [products, without] = [full.slice(0, 2), bare.slice(0, 2)];
    const shop = await applied(products, { knobs: { omittedOptional: "keep", ...empties("clear") } });
    let isSent = false;
    const { crashed } = await shop.apply(wants(without), {
      pick: () => 0,
      fate: (instruction) => {
        if (isSent && instruction.do === "look") return "crashBefore";
        isSent ||= instruction.do === "send";
        return "plain";
      },
    });
    expect(crashed).toBe(true);
    expect((await shop.apply(wants(without))).result?.failed).toEqual([]);
    await isAtRest(shop, ...without);
    expect((await lockOf(shop, "product.gift"))?.hosted).toEqual({ imageUrl: null });
  });

  test.each(["keep", "refused"] as const)("fails in words where neither helps (empty: %s)", async (how) => {
    const shop = await applied(full, { knobs: { omittedOptional: "keep", ...empties(how) } });
    const { result } = await shop.apply(wants(bare));
    expect(result?.failed.map(({ address, error }) => [address, error.outcome])).toEqual(
      expect.arrayContaining([
        ["paymentLink.a", "differs"],
        ["product.gift", "differs"],
        ["webhook.w", "differs"],
      ]),
    );
    const { plan: next } = await shop.plan(wants(bare));
    const fields = next.document.changes.flatMap(({ fields: some }) => some);
    expect(fields.map(({ path }) => path)).toContain("successUrl");
    // Nobody changed them outside: they were never cleared.
    expect(new Set(fields.map(({ cause }) => cause))).toEqual(new Set(["config"]));
  });
});

describe("an update of what is never compared", () => {
  test("is recorded as it is shown once the API has caught up: a new picture is no drift then", async () => {
    const pictured = (name: string) => product("plan", { imageUrl: `https://acme.example/${name}.png` });
    const shop = await applied([pictured("a")]);
    shop.sandbox.setKnobs({ readLag: 1 });
    expect((await shop.apply(wants([pictured("b")]))).result?.failed).toEqual([]);
    shop.sandbox.setKnobs({ readLag: 0 });
    await isAtRest(shop, pictured("b"));
  });

  test("is no proof that a versionCode stays the same, where the look is one of before", async () => {
    const products = [plan, product("pro", { name: "Pro" })];
    const sold = (...names: readonly string[]) => link("a", { lineItems: names.map((name) => item(name)) });
    const shop = await applied([...products, sold("plan", "pro")]);
    shop.sandbox.setKnobs({ readLag: 1 });
    await shop.apply(wants([...products, sold("pro", "plan")]));
    expect((await shop.lockfile()).versionCodesUnreliable).toBe(false);
  });
});

describe("what the API makes of a text", () => {
  const spaced = product("plan", { name: "  Plan ", description: "Cafe\u0301" });

  test("is recorded in its spelling, with a note, and is no change", async () => {
    const shop = new Shop({ knobs: { texts: "normalised" } });
    const after = await shop.apply(wants([spaced]));
    expect(after.result?.failed).toEqual([]);
    expect(codes(after)).toEqual(["GS5002", "GS5002"]);
    expect((await lockOf(shop, "product.plan"))?.values).toMatchObject({
      name: "Plan",
      description: "Caf\u00e9",
    });
    await isAtRest(shop, spaced);
    expect((await shop.apply(wants([spaced]))).writes).toEqual([]);
  });

  test("is not remarked upon where the dashboard owns the text", async () => {
    const ours = (commonPrices: readonly number[]) =>
      product("plan", { commonPrices: [...commonPrices] }, { lifecycle: { ignoreChanges: ["name"] } });
    const shop = await applied([ours([usd(1)])]);
    const [made] = shop.sandbox.snapshot().products;
    shop.sandbox.dashboard.editProduct({ productId: made?.productId ?? "", name: "Another" });
    const after = await shop.apply(wants([ours([usd(2)])]));
    expect(after.result?.failed).toEqual([]);
    expect(codes(after)).toEqual([]);
  });

  test("is a failure where it says something else", async () => {
    const shop = new Shop({ knobs: { texts: "stripped" } });
    const { result } = await shop.apply(wants([product("plan", { description: "<b>All</b>" })]));
    expect(result?.failed).toMatchObject([
      { address: "product.plan", error: { outcome: "differs", code: -1 } },
    ]);
    expect(result?.failed[0]?.error.message).toContain("description");
  });
});

describe("what changed between plan and apply", () => {
  const edits: readonly (readonly [string, (shop: Shop, linkId: string) => void])[] = [
    [
      "was edited",
      (shop, linkId) => shop.sandbox.dashboard.editLink({ linkId, successUrl: "https://evil.example/" }),
    ],
    ["was closed", (shop, linkId) => shop.sandbox.dashboard.disableLink({ linkId })],
    ["was archived", (shop, linkId) => shop.sandbox.dashboard.archiveLink({ linkId })],
    ["is gone", (shop, linkId) => shop.sandbox.dashboard.eraseLink({ linkId })],
  ];

  test.each(edits)("a link that %s meanwhile is not written to", async (_what, happen) => {
    const shop = await applied([plan, link("a")]);
    const ready = await shop.plan(wants([plan, link("a", { linkName: "Other" })]));
    happen(shop, (await lockOf(shop, "paymentLink.a"))?.id ?? "");
    const { result, writes } = await shop.applyPlan(ready);
    expect(writes).toEqual([]);
    expect(result?.failed).toMatchObject([
      { address: "paymentLink.a", error: { outcome: "stale", code: -1 } },
    ]);
  });

  test("a product whose picture was replaced meanwhile is not written to", async () => {
    const shop = await applied([product("plan", { imageUrl: "https://acme.example/a.png" })]);
    const edited = product("plan", { description: "More", imageUrl: "https://acme.example/a.png" });
    const ready = await shop.plan(wants([edited]));
    const productId = (await lockOf(shop, "product.plan"))?.id ?? "";
    shop.sandbox.dashboard.editProduct({ productId, imageUrl: "https://files.gstable.example/z.png" });
    expect((await shop.applyPlan(ready)).result?.failed).toMatchObject([{ error: { outcome: "stale" } }]);
  });
});

describe("a version code that an update leaves as it was", () => {
  test("proves nothing from then on: every link is read whole", async () => {
    const shop = await applied([plan, link("a")], {
      knobs: { versionFrozen: true, listOmits: ["successUrl"] },
    });
    expect((await shop.lockfile()).versionCodesUnreliable).toBe(false);
    await shop.apply(wants([plan, link("a", { linkName: "Other" })]));
    expect((await shop.lockfile()).versionCodesUnreliable).toBe(true);
    const { reads } = await shop.plan(wants([plan, link("a", { linkName: "Other" })]));
    expect(reads.map(({ method }) => method)).toContain("paymentLink.detail");
  });
});

describe("a removal", () => {
  const removable = { lifecycle: { onRemove: "remove" } } as const;

  test("archives first, then removes", async () => {
    const shop = await applied([product("plan", {}, removable)]);
    expect(methods(await shop.apply(wants([])))).toEqual(["product.archive", "product.remove"]);
    expect((await shop.lockfile()).entries.size).toBe(0);
  });

  test("of a product that a link has used leaves it archived and retired, with a note", async () => {
    const shop = await applied([product("plan", {}, removable), link("a")]);
    const after = await shop.apply(wants([]));
    expect(after.result?.failed).toEqual([]);
    expect(codes(after)).toEqual(["GS5004"]);
    // Not done, and nothing to try again either.
    expect(after.result?.done.map(({ action }) => action).sort()).toEqual(["archive", "disable"]);
    expect(after.result?.notAttempted).toEqual([]);
    expect(await lockOf(shop, "product.plan")).toMatchObject({ retired: true, open: false });
    await isAtRest(shop);
  });

  test.each(["crashBefore", "crashAfter", "lostAfter", "lostBefore"] as const)(
    "is brought to its end after %s",
    async (fate) => {
      const shop = await applied([product("plan", {}, removable)]);
      await shop.apply(wants([]), once("product.remove", fate));
      await shop.apply(wants([]));
      await shop.apply(wants([]));
      expect(shop.sandbox.snapshot().products.map(({ status }) => status)).toEqual(["removed"]);
      expect((await shop.lockfile()).entries.size).toBe(0);
    },
  );
});

describe("an archived product that is shown nowhere", () => {
  const hiding = { knobs: { byIdsArchived: "dropped", listsArchivedProducts: false } } as const;

  test("is archived, left alone and revived all the same", async () => {
    const shop = await applied([product("plan", {}, { open: false })], hiding);
    await isAtRest(shop, product("plan", {}, { open: false }));
    expect(methods(await shop.apply(wants([plan])))).toEqual(["product.unarchive"]);
    await isAtRest(shop, plan);
  });

  test.each([false, true])(
    "loses a text all the same (its list shows it: %s)",
    async (listsArchivedProducts) => {
      const old = (description: string | null) => product("plan", { description }, { open: false });
      const shop = await applied([old("Old")], { knobs: { ...hiding.knobs, listsArchivedProducts } });
      const { result, writes } = await shop.apply(wants([old(null)]));
      expect(writes.map(({ method }) => method)).toEqual(["product.update"]);
      expect(result?.failed).toEqual([]);
      expect((await shop.apply(wants([old(null)]))).writes).toEqual([]);
      await isAtRest(shop, old(null));
    },
  );

  test("and turns out to be removed is told as missing, not tried for ever", async () => {
    const shop = await applied([product("plan", {}, { open: false })], hiding);
    shop.sandbox.dashboard.removeProduct({ productId: (await lockOf(shop, "product.plan"))?.id ?? "" });
    const { result } = await shop.apply(wants([plan]));
    expect(result?.failed).toMatchObject([{ action: "unarchive", error: { code: 100306 } }]);
    const { plan: next } = await shop.plan(wants([plan]));
    expect(next.document.guards).toMatchObject([{ id: "missing", address: "product.plan" }]);
  });
});

describe("an entry that leaves and comes back", () => {
  test("is the same object with the same URL", async () => {
    const shop = await applied([plan, link("a")]);
    const before = await lockOf(shop, "paymentLink.a");
    await shop.apply(wants([plan]));
    expect(await lockOf(shop, "paymentLink.a")).toMatchObject({ retired: true, open: false });
    expect(methods(await shop.apply(wants([plan, link("a")])))).toEqual(["paymentLink.enable"]);
    expect(await lockOf(shop, "paymentLink.a")).toEqual(before);
    await isAtRest(shop, plan, link("a"));
  });

  test("wanted closed, it is only recorded", async () => {
    const shop = await applied([plan, link("a")]);
    await shop.apply(wants([plan]));
    expect((await shop.apply(wants([plan, link("a", {}, { open: false })]))).writes).toEqual([]);
    expect((await lockOf(shop, "paymentLink.a"))?.retired).toBeUndefined();
  });

  test("under another name with `moved`, it is revived under that one", async () => {
    const shop = await applied([plan, link("a")]);
    const id = (await lockOf(shop, "paymentLink.a"))?.id;
    await shop.apply(wants([plan]));
    const moved = [{ from: "paymentLink.a", to: "paymentLink.b", source: plan.placeOf() }] as const;
    const desired = wants([plan, link("b", {}, { lifecycle: { protect: true } })], { moved });
    expect(methods(await shop.apply(desired))).toEqual(["paymentLink.enable"]);
    expect(await lockOf(shop, "paymentLink.b")).toMatchObject({
      id,
      open: true,
      lifecycle: { protect: true },
    });
    expect(leftToDo((await shop.plan(desired)).plan)).toEqual({ work: [], catchUps: [] });
  });

  test("opened outside meanwhile, it is closed again", async () => {
    const shop = await applied([plan, link("a")]);
    await shop.apply(wants([plan]));
    shop.sandbox.dashboard.enableLink({ linkId: (await lockOf(shop, "paymentLink.a"))?.id ?? "" });
    expect(methods(await shop.apply(wants([plan])))).toEqual(["paymentLink.disable"]);
    await isAtRest(shop, plan);
  });
});

describe("reading back", () => {
  const links = ["a", "b", "c"].map((name) => link(name, { linkName: name }));

  test("looks at a link while the next are written, and at none twice", async () => {
    const shop = new Shop({ parallelism: 1 });
    const planned = await shop.plan(wants([plan, ...links]));
    shop.sandbox.clearRequests();
    expect((await shop.applyPlan(planned)).result?.failed).toEqual([]);
    const paths = shop.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
    const lastCreate = paths.findLastIndex((path) => path.endsWith("/link/create"));
    const isDetail = (path: string) => /^GET .*\/payment\/link\/(?!list)[^/]+$/.test(path);
    expect(paths.filter(isDetail)).toHaveLength(3);
    expect(paths.slice(0, lastCreate).filter(isDetail)).toHaveLength(2);
    await isAtRest(shop, plan, ...links);
  });

  test("looks again at the end, with patience, where the first look does not show it yet", async () => {
    const shop = new Shop({ parallelism: 1 });
    const planned = await shop.plan(wants([plan, ...links]));
    shop.sandbox.setKnobs({ readLag: 3 });
    expect((await shop.applyPlan(planned)).result?.failed).toEqual([]);
    shop.sandbox.setKnobs({ readLag: 0 });
    await isAtRest(shop, plan, ...links);
  });

  test("tells of an edit that came right behind a create", async () => {
    const shop = new Shop({ parallelism: 1 });
    const planned = await shop.plan(wants([plan, ...links]));
    const { result } = await shop.applyPlan(planned, {
      pick: () => 0,
      fate: ({ do: what }) => {
        const [made] = what === "look" ? shop.sandbox.snapshot().paymentLinks : [];
        if (made !== undefined) {
          shop.sandbox.dashboard.editLink({ linkId: made.linkId, successUrl: "https://evil.example/" });
        }
        return "plain";
      },
    });
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", error: { outcome: "differs" } }]);
  });

  test("asks nothing any more once the run is halted", async () => {
    const shop = new Shop();
    const run = new ApplyRun({
      foreignIds: new Set(),
      ...(await shop.plan(wants([plan, ...links]))),
      options: { settleMs: 0, parallelism: 1 },
    });
    const asked: Instruction[] = [];
    for (let tasks = run.next(); tasks.length > 0; tasks = run.next()) {
      for (const task of tasks) {
        const { instruction } = task;
        asked.push(instruction);
        if (instruction.do === "send" && instruction.call.method === "paymentLink.create") run.halt("enough");
        run.answer(task, instruction.do === "send" ? await shop.run(instruction.call) : undefined);
      }
    }
    expect(asked.filter((one) => one.do === "look")).toEqual([]);
    expect([...run.lockfile().entries.keys()]).toEqual(["product.plan", "paymentLink.a"]);
    expect(run.finished).toBe(true);
  });
});

describe("one change at a time", () => {
  /** What the machine asks for, round by round: `save product.a entry` and the like. */
  async function rounds(entries: readonly DesiredEntry[]) {
    const shop = new Shop();
    const run = new ApplyRun({
      foreignIds: new Set(),
      ...(await shop.plan(wants(entries))),
      options: { settleMs: 0, parallelism: 1 },
    });
    const asked: (readonly string[])[] = [];
    for (let tasks = run.next(); tasks.length > 0; tasks = run.next()) {
      asked.push(tasks.map(({ instruction }) => sayInstruction(instruction)));
      for (const task of tasks) {
        const { instruction } = task;
        if (instruction.do === "send") run.answer(task, await shop.run(instruction.call));
        else if (instruction.do !== "look") run.answer(task, undefined);
        else run.answer(task, await Promise.all(instruction.calls.map((call) => shop.run(call))));
      }
    }
    return asked.filter((round) => round.some((one) => !one.startsWith("look")));
  }

  function sayInstruction(instruction: Instruction): string {
    if (instruction.do === "send") return `send ${instruction.call.method}`;
    if (instruction.do !== "save") return instruction.do;
    return `save ${instruction.records.map((one) => ("address" in one ? `${one.type} ${one.address}` : one.type)).join()}`;
  }

  test("the id of what was made is saved together with the next intent, before that is sent", async () => {
    const asked = await rounds([product("a"), product("b", { name: "B" })]);
    expect(asked.slice(0, 5)).toEqual([
      ["save accounts", "save intent product.a"],
      ["send product.create"],
      ["save entry product.a", "save intent product.b"],
      ["send product.create"],
      ["save entry product.b"],
    ]);
  });

  test("nothing comes between a link that is born open and its closing", async () => {
    const closed = link("a", {}, { open: false });
    const asked = await rounds([plan, closed, link("b", { linkName: "B" })]);
    const made = asked.findIndex((round) => round.includes("save entry paymentLink.a"));
    expect(asked[made]).toEqual(["save entry paymentLink.a"]);
    expect(asked[made + 1]).toEqual(["send paymentLink.disable"]);
  });
});

describe("a create in doubt", () => {
  test("is cleared up before anything else is begun: the lists have to hold still", async () => {
    const shop = new Shop({ parallelism: 4 });
    const many = Array.from({ length: 20 }, (_, index) => product(`p${index}`, { name: `P ${index}` }));
    const sent: string[] = [];
    let lost: string | undefined;
    const { result } = await shop.apply(wants(many), {
      pick: () => 0,
      fate: (instruction) => {
        if (instruction.do !== "send") return "plain";
        const [body] = instruction.call.args;
        sent.push(JSON.stringify(body));
        lost ??= sent[0];
        return sent.length === 1 ? "lostBefore" : "plain";
      },
    });
    expect(result?.failed).toEqual([]);
    expect(sent).toHaveLength(21);
    // Those that were under way with it, and then itself again.
    expect(sent.lastIndexOf(lost ?? "")).toBeLessThanOrEqual(4);
  });
});

describe("an API that is busy", () => {
  test("does not keep a link open that is born closed", async () => {
    const shop = new Shop();
    let refusals = 0;
    const closed = [plan, link("a", {}, { open: false })];
    const { result } = await shop.apply(wants(closed), {
      pick: () => 0,
      fate: (instruction) => {
        const isDisable = instruction.do === "send" && instruction.call.method === "paymentLink.disable";
        if (!isDisable || refusals >= 5) return "plain";
        refusals += 1;
        return "busy";
      },
    });
    expect([result?.failed, refusals]).toEqual([[], 5]);
    expect(shop.sandbox.snapshot().paymentLinks.map(({ status }) => status)).not.toContain("active");
  });
});

describe("what an interrupted run left open", () => {
  test("is closed before anything else is written, also where its answer was lost", async () => {
    const shop = await applied([plan, link("b")], { parallelism: 1 });
    await shop.apply(wants([plan, link("b"), link("z")]), once("paymentLink.create", "crashAfter"));
    const edited = link("b", { lineItems: [item("plan", 1, usd(12))] });
    const after = await shop.apply(wants([plan, edited]));
    expect(after.plan.document.changes.map(({ address, actions }) => [address, actions])).toEqual([
      ["paymentLink.b", ["update"]],
      ["paymentLink.z", ["adopt", "disable"]],
    ]);
    expect(methods(after)).toEqual(["paymentLink.disable", "paymentLink.update"]);
    await isAtRest(shop, plan, edited);
  });

  test("where several could be it is one error, also under the name that `moved` gives it", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "doubledAndLost"));
    const moved = [{ from: "paymentLink.a", to: "paymentLink.b", source: plan.placeOf() }] as const;
    const { plan: next } = await shop.plan(wants([plan, link("b", { linkName: "a" })], { moved }));
    expect(next.document.diagnostics.map(({ code }) => code)).toContain("GS2209");
    expect(next.document.guards).toEqual([]);
  });
});

describe("an order", () => {
  const prices = (...commonPrices: readonly number[]) => product("plan", { commonPrices });

  test.each(["lostBefore", "lostAfter", "late", "busy"] as const)(
    "that the YAML changed arrives, after %s",
    async (fate) => {
      const shop = await applied([prices(usd(1), usd(2))]);
      const { result } = await shop.apply(wants([prices(usd(2), usd(1))]), once("product.update", fate));
      expect(result?.failed).toEqual([]);
      expect(shop.sandbox.snapshot().products[0]?.commonPrices).toEqual([usd(2), usd(1)]);
      await isAtRest(shop, prices(usd(2), usd(1)));
    },
  );

  test("whose update was refused is not taken for changed", async () => {
    const shop = await applied([prices(usd(1), usd(2))]);
    await shop.apply(wants([prices(usd(2), usd(1))]), once("product.update", "refused"));
    expect((await shop.plan(wants([prices(usd(2), usd(1))]))).plan.work).toHaveLength(1);
  });
});

describe("a picture", () => {
  const pictured = (source: string | null, parts = {}) => product("plan", { imageUrl: source, ...parts });
  const a = "https://acme.example/a.png";

  test("that was lost is one warning, and is not tried again until its URL changes", async () => {
    const shop = await applied([pictured(a)], { knobs: { image: "dropped" } });
    const { plan: next } = await shop.plan(wants([pictured(a)]));
    expect(next.work).toEqual([]);
    expect(next.document.diagnostics.map(({ code }) => code)).toEqual(["GS2203"]);
    shop.sandbox.setKnobs({ image: "rewritten" });
    expect(methods(await shop.apply(wants([pictured(`${a}?2`)])))).toEqual(["product.update"]);
    await isAtRest(shop, pictured(`${a}?2`));
  });

  test("goes back under its hosted URL when something else is updated, and is recorded where it is hosted anew", async () => {
    const shop = await applied([pictured(a)], { knobs: { hostedImageResubmitted: "rewritten" } });
    const hosted = (await lockOf(shop, "product.plan"))?.hosted?.imageUrl;
    const after = await shop.apply(wants([pictured(a, { description: "More" })]));
    expect(after.writes[0]?.args[0]).toMatchObject({ imageUrl: hosted });
    expect((await lockOf(shop, "product.plan"))?.hosted?.imageUrl).not.toBe(hosted);
    await isAtRest(shop, pictured(a, { description: "More" }));
  });

  test.each(["lostBefore", "lostAfter", "late", "busy"] as const)(
    "that the YAML changed arrives, after %s",
    async (fate) => {
      const shop = await applied([pictured(a)], { knobs: { image: "asSent" } });
      const { result } = await shop.apply(wants([pictured(`${a}?2`)]), once("product.update", fate));
      expect(result?.failed).toEqual([]);
      expect(shop.sandbox.snapshot().products[0]?.imageUrl).toBe(`${a}?2`);
      await isAtRest(shop, pictured(`${a}?2`));
    },
  );

  test("is sent again where two interrupted creates cannot be told apart", async () => {
    const twins = [product("x", { imageUrl: `${a}?x` }), product("y", { imageUrl: `${a}?y` })];
    for (let picks = 0; picks < 4; picks += 1) {
      const shop = new Shop({ parallelism: 1, knobs: { image: "asSent" } });
      const only = (n: number) => wants(twins.slice(n, n + 1));
      await shop.apply(only(picks % 2), once("product.create", "crashAfter"));
      await shop.apply(wants(twins), once("product.create", "crashAfter"));
      await shop.apply(wants(twins), once("product.create", "crashAfter"));
      await shop.apply(wants(twins));
      const pictures = shop.sandbox
        .snapshot()
        .products.map(({ productId, imageUrl }) => [productId, imageUrl]);
      const { entries } = await shop.lockfile();
      expect(new Map(pictures as [string, string][])).toEqual(
        new Map(twins.map((one) => [entries.get(one.address)?.id, one.values.imageUrl])),
      );
      await isAtRest(shop, ...twins);
    }
  });

  test("that an update could not fetch is recorded as tried", async () => {
    const shop = await applied([pictured(a)]);
    shop.sandbox.setKnobs({ image: "oldKept" });
    await shop.apply(wants([pictured(`${a}?2`)]));
    await isAtRest(shop, pictured(`${a}?2`));
  });

  test("whose update was refused is not taken for changed", async () => {
    const shop = await applied([pictured(a), link("a")]);
    shop.sandbox.setKnobs({ updateUsedProduct: "refused" });
    const { result } = await shop.apply(wants([pictured(`${a}?2`), link("a")]));
    expect(result?.failed).toMatchObject([{ error: { outcome: "refused", code: 100305 } }]);
    expect((await shop.plan(wants([pictured(`${a}?2`), link("a")]))).plan.work).toHaveLength(1);
  });

  test("that is handed to the dashboard stays as it is there, and goes on being told", async () => {
    const ignoring = product("plan", { imageUrl: a }, { lifecycle: { ignoreChanges: ["imageUrl"] } });
    const shop = await applied([ignoring]);
    const productId = (await lockOf(shop, "product.plan"))?.id ?? "";
    shop.sandbox.dashboard.editProduct({ productId, imageUrl: "https://files.gstable.example/z.png" });
    await shop.apply(wants([ignoring]));
    const { plan: next } = await shop.plan(wants([ignoring]));
    expect(next.work).toEqual([]);
    expect(next.document.drift).toMatchObject([{ fields: [{ path: "imageUrl", ignored: true }] }]);
  });
});

describe("an object that cannot be read", () => {
  const unreadable = (shop: Shop, path: string) =>
    shop.sandbox.addFault({ match: { path, times: 0 }, do: { kind: "failBefore", with: { code: 999999 } } });

  test("right before its update is left alone, and nobody is told that something may have been sent", async () => {
    const shop = await applied([plan, link("a")]);
    const planned = await shop.plan(wants([plan, link("a", { linkName: "Another" })]));
    unreadable(shop, `/payment/link/${(await lockOf(shop, "paymentLink.a"))?.id}`);
    const { result, writes } = await shop.applyPlan(planned);
    expect(writes).toEqual([]);
    expect(result?.failed).toMatchObject([
      { error: { outcome: "refused", code: 999999, message: expect.stringContaining("not sent") } },
    ]);
  });

  test("after its update is not said to show something else: what it shows is not known", async () => {
    const shop = await applied([plan]);
    const { result } = await shop.apply(wants([product("plan", { name: "Another" })]), {
      pick: () => 0,
      fate: ({ do: what }) => {
        if (what === "send") unreadable(shop, "/product/list/by/ids");
        return "plain";
      },
    });
    expect(result?.failed).toMatchObject([
      { error: { outcome: "unknown", code: 999999, message: expect.stringContaining("could not be read") } },
    ]);
    shop.sandbox.clearFaults();
    expect((await shop.apply(wants([product("plan", { name: "Another" })]))).writes).toEqual([]);
  });
});

describe("a create whose outcome is not known", () => {
  test("is not taken for a listed object that cannot be found by its id", async () => {
    const shop = await applied([plan]);
    shop.sandbox.addFault({
      match: { method: "GET", path: "/payment/link/(?!list)/", times: 0 },
      do: { kind: "failBefore", with: { code: 100101 } },
    });
    const { result } = await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "lostAfter"));
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", error: { outcome: "unknown" } }]);
    expect((await shop.lockfile()).intents.size).toBe(1);
    shop.sandbox.clearFaults();
    expect((await shop.apply(wants([plan, link("a")]))).writes).toEqual([]);
    expect(shop.sandbox.snapshot().paymentLinks).toHaveLength(1);
    await isAtRest(shop, plan, link("a"));
  });

  test("and that made two objects stops with both URLs, and sends nothing more", async () => {
    const shop = await applied([plan]);
    let sends = 0;
    const { result } = await shop.apply(wants([plan, link("a")]), {
      pick: () => 0,
      fate: (instruction) => {
        if (instruction.do !== "send") return "plain";
        sends += 1;
        return sends === 1 ? "doubledAndLost" : "plain";
      },
    });
    const urls = shop.sandbox.snapshot().paymentLinks.map(({ linkId }) => linkId);
    expect(urls).toHaveLength(2);
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", error: { outcome: "unknown" } }]);
    for (const url of urls) expect(result?.failed[0]?.error.message).toContain(url);
    const again = await shop.apply(wants([plan, link("a")]));
    expect(again.plan.document.diagnostics.map(({ code }) => code)).toContain("GS2209");
    expect(again.writes).toEqual([]);
  });

  test("and that made something else of the content is not sent again: a person has to look", async () => {
    const wanted = wants([product("plan", { description: "<b>All</b>" })]);
    const shop = new Shop({ knobs: { texts: "stripped" } });
    const { result } = await shop.apply(wanted, once("product.create", "lostAfter"));
    const made = shop.sandbox.snapshot().products;
    expect(made).toHaveLength(1);
    expect(result?.failed).toMatchObject([{ address: "product.plan", error: { outcome: "unknown" } }]);
    expect(result?.failed[0]?.error.message).toContain(made[0]?.productId);
    const { plan: next } = await shop.plan(wanted);
    expect(next.document.guards).toMatchObject([
      {
        id: "duplicate",
        address: "product.plan",
        state: "tripped",
        allowWith: `duplicate:product.plan=${made[0]?.productId}`,
      },
    ]);
    // The guards let it through: whoever allowed it has seen what is there.
    expect((await shop.apply(wanted)).writes).toHaveLength(1);
    expect((await shop.lockfile()).intents.size).toBe(0);
  });

  test("is sent again although an entry of the same name was made meanwhile", async () => {
    const sold = [plan, link("a"), link("b", { successUrl: "https://acme.example/" })];
    const shop = await applied([plan]);
    const { result } = await shop.apply(wants(sold), once("paymentLink.create", "lostBefore"));
    expect(result?.failed).toEqual([]);
    expect(shop.sandbox.snapshot().paymentLinks).toHaveLength(2);
    await isAtRest(shop, ...sold);
  });

  test("and that made two objects is settled by `imports`, whichever of them it names", async () => {
    for (const which of [0, 1]) {
      const shop = await applied([plan]);
      await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "doubledAndLost"));
      const id = shop.sandbox.snapshot().paymentLinks[which]?.linkId ?? "";
      const imports = [{ to: "paymentLink.a", id, source: plan.placeOf() }] as const;
      const { result } = await shop.apply(wants([plan, link("a")], { imports }));
      expect(result?.failed).toEqual([]);
      expect((await lockOf(shop, "paymentLink.a"))?.id).toBe(id);
      expect((await shop.lockfile()).intents.size).toBe(0);
    }
  });

  test("of an entry that left the YAML meanwhile is closed, not lost", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "crashAfter"));
    const after = await shop.apply(wants([plan]));
    expect(after.plan.document.changes).toMatchObject([
      { address: "paymentLink.a", actions: ["adopt", "disable"] },
    ]);
    expect(methods(after)).toEqual(["paymentLink.disable"]);
    expect(await lockOf(shop, "paymentLink.a")).toMatchObject({ retired: true, open: false });
    await isAtRest(shop, plan);
  });

  test("of an entry that left the YAML meanwhile is looked for until it cannot come any more", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "late"));
    expect(shop.sandbox.snapshot().paymentLinks.length + (await shop.lockfile()).intents.size).toBe(1);
    await shop.apply(wants([plan]));
    await shop.apply(wants([plan]));
    expect((await shop.lockfile()).intents.size).toBe(0);
    expect(shop.sandbox.snapshot().paymentLinks.every(({ status }) => status === "disabled")).toBe(true);
    await isAtRest(shop, plan);
  });

  test("and may still come is waited for before its entry is let go of", async () => {
    const shop = await applied([plan]);
    let isSent = false;
    await shop.apply(wants([plan, link("a")]), {
      pick: () => 0,
      fate: (instruction) => {
        if (isSent) return "crashBefore";
        isSent = instruction.do === "send";
        return isSent ? "late" : "plain";
      },
    });
    expect(shop.sandbox.snapshot().paymentLinks).toEqual([]);
    const { plan: next, result } = await shop.apply(wants([plan]));
    expect(next.document.changes).toMatchObject([{ address: "paymentLink.a", actions: ["forget"] }]);
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", error: { outcome: "differs" } }]);
    expect(methods(await shop.apply(wants([plan])))).toEqual(["paymentLink.disable"]);
    await isAtRest(shop, plan);
  });

  test("and may still come is closed at once where its entry wants that, though it was edited meanwhile", async () => {
    const shop = await applied([plan]);
    const closed = link("a", {}, { open: false });
    let isSent = false;
    await shop.apply(wants([plan, closed]), {
      pick: () => 0,
      fate: (instruction) => {
        if (isSent) return "crashBefore";
        isSent = instruction.do === "send";
        return isSent ? "late" : "plain";
      },
    });
    const edited = link("a", { linkName: "Other" }, { open: false });
    const after = await shop.apply(wants([plan, edited]));
    expect(after.result?.failed).toMatchObject([{ action: "create", error: { outcome: "differs" } }]);
    expect(methods(after)).toEqual(["paymentLink.disable"]);
    expect(after.result?.done).toMatchObject([{ action: "disable" }]);
    expect(methods(await shop.apply(wants([plan, edited])))).toEqual(["paymentLink.update"]);
    await isAtRest(shop, plan, edited);
  });

  test("goes to its own entry, not to a new one with the same content that comes first", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("b")]), once("paymentLink.create", "crashAfter"));
    const { plan: next } = await shop.apply(wants([plan, link("a"), link("b")]));
    expect(next.document.changes.map(({ address, actions }) => [address, actions])).toEqual([
      ["paymentLink.a", ["create"]],
      ["paymentLink.b", ["adopt"]],
    ]);
    expect(shop.sandbox.snapshot().paymentLinks).toHaveLength(2);
    await isAtRest(shop, plan, link("a"), link("b"));
  });

  test("made one object for one of two entries with the same content: the other is created", async () => {
    const twins = [product("x", { imageUrl: "https://acme.example/x.png" }), product("y")];
    const shop = new Shop({ parallelism: 1 });
    await shop.apply(wants(twins), once("product.create", "crashAfter"));
    await shop.apply(wants(twins));
    expect(shop.sandbox.snapshot().products).toHaveLength(2);
    await isAtRest(shop, ...twins);
  });

  test("is not given what another entry is just taking over", async () => {
    const shop = new Shop({ parallelism: 2 });
    shop.sandbox.dashboard.createProduct({ name: "Plan", commonPrices: [usd(10)] });
    const { values, lifecycle } = lockEntry("product", "prd_1");
    const intent: Intent = { kind: "product", values, knownIds: [], lifecycle };
    const open = ["product.x", "product.y"].map(
      (address) => ({ type: "intent", address: address as Address, intent }) as const,
    );
    shop.lockText = encodeLockfile(foldJournal(await shop.lockfile(), open));
    // What was asked last is answered first, so that the takeover is recorded last.
    await shop.apply(wants([product("x"), product("y")]), { pick: (n) => n - 1, fate: () => "plain" });
    const ids = [(await lockOf(shop, "product.x"))?.id, (await lockOf(shop, "product.y"))?.id];
    expect(new Set(ids)).toEqual(new Set(shop.sandbox.snapshot().products.map(({ productId }) => productId)));
    expect(new Set(ids).size).toBe(2);
  });

  test("is not given what another environment manages", async () => {
    const shop = new Shop();
    const foreign = shop.sandbox.dashboard.createProduct({ name: "Plan", commonPrices: [usd(10)] });
    shop.foreignIds.add(foreign.productId);
    const { values, lifecycle } = lockEntry("product", "prd_1");
    const intent: Intent = { kind: "product", values, knownIds: [], lifecycle };
    const open = [{ type: "intent", address: "product.plan" as Address, intent }] as const;
    shop.lockText = encodeLockfile(foldJournal(await shop.lockfile(), open));
    expect(methods(await shop.apply(wants([plan])))).toEqual(["product.create"]);
    expect((await lockOf(shop, "product.plan"))?.id).not.toBe(foreign.productId);
  });

  test("is never looked for by two changes at a time that could find the same object", async () => {
    const twins = [
      product("x", { commonPrices: [usd(1), usd(2)] }),
      product("y", { commonPrices: [usd(2), usd(1)] }),
    ];
    const shop = new Shop({ parallelism: 2 });
    const sendsBetweenSaves: number[] = [];
    let sends = 0;
    await shop.apply(wants(twins), {
      pick: () => 0,
      fate: (instruction) => {
        if (instruction.do === "send") sends += 1;
        if (instruction.do !== "save" || !instruction.records.some(({ type }) => type === "entry"))
          return "plain";
        sendsBetweenSaves.push(sends);
        sends = 0;
        return "plain";
      },
    });
    expect(sendsBetweenSaves.slice(0, 2)).toEqual([1, 1]);
  });

  test("of an entry that was renamed with `moved` meanwhile belongs to the new name", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "crashAfter"));
    const moved = [{ from: "paymentLink.a", to: "paymentLink.b", source: plan.placeOf() }] as const;
    expect((await shop.apply(wants([plan, link("b")], { moved }))).writes).toEqual([]);
    expect([...(await shop.lockfile()).entries.keys()]).toEqual(["paymentLink.b", "product.plan"]);
    await isAtRest(shop, plan, link("b"));
  });

  test("of an entry that was edited meanwhile is brought up to date", async () => {
    const shop = await applied([plan]);
    await shop.apply(wants([plan, link("a")]), once("paymentLink.create", "crashAfter"));
    const edited = link("a", { lineItems: [item("plan", 1, usd(12))] });
    expect(methods(await shop.apply(wants([plan, edited])))).toEqual(["paymentLink.update"]);
    expect(shop.sandbox.snapshot().paymentLinks).toHaveLength(1);
    await isAtRest(shop, plan, edited);
  });
});

describe("an answer to a create with the id of another object", () => {
  /** The same shop, whose answers to creates of products name that object. */
  function confused(shop: Shop, idOf: () => string): Shop {
    const run = shop.run.bind(shop);
    shop.run = async (call) => {
      const outcome = await run(call);
      if (call.method !== "product.create" || outcome.kind !== "done") return outcome;
      return { ...outcome, data: { ...Object(outcome.data), productId: idOf() } };
    };
    return shop;
  }
  const idsOf = async (shop: Shop) =>
    [...(await shop.lockfile()).entries.values()].map(({ id }) => id).sort();
  const madeBy = (shop: Shop) =>
    shop.sandbox
      .snapshot()
      .products.map(({ productId }) => productId)
      .sort();

  test("of an entry does not give one object two names: what was made is looked for", async () => {
    const shop = await applied([plan]);
    const [known = ""] = madeBy(shop);
    const entries = [plan, product("gift", { name: "Gift" }), link("a", { lineItems: [item("gift")] })];
    const { result } = await confused(shop, () => known).apply(wants(entries));
    expect(result?.failed).toEqual([]);
    expect(madeBy(shop)).toHaveLength(2);
    expect((await idsOf(shop)).filter((id) => id.startsWith("prd_"))).toEqual(madeBy(shop));
    await isAtRest(shop, ...entries);
  });

  test("that nobody manages does not take it over", async () => {
    const shop = new Shop();
    const { productId } = shop.sandbox.dashboard.createProduct({ name: "Other", commonPrices: [usd(3)] });
    await confused(shop, () => productId).apply(wants([plan]));
    expect(await idsOf(shop)).toEqual(madeBy(shop).filter((id) => id !== productId));
    await isAtRest(shop, plan);
  });

  test("that another create has just made gives it to one of them alone", async () => {
    const shop = new Shop({ parallelism: 4 });
    const entries = ["a", "b", "c"].map((name) => product(name, { name }));
    let first: string | undefined;
    confused(shop, () => {
      first ??= madeBy(shop)[0] ?? "";
      return first;
    });
    // The answers come before the first of them is recorded.
    const chaos = { pick: (n: number) => n - 1, fate: (): Fate => "plain" };
    const { result } = await shop.apply(wants(entries), chaos);
    expect(result?.failed).toEqual([]);
    expect(await idsOf(shop)).toEqual(madeBy(shop));
    await isAtRest(shop, ...entries);
  });
});

describe("what is only recorded", () => {
  test.each([
    ["a new flag", { protect: true }],
    ["another end", { onRemove: "forget" }],
  ] as const)("%s needs no call, and no second apply", async (_what, lifecycle) => {
    const shop = await applied([plan]);
    const edited = product("plan", {}, { lifecycle });
    const after = await shop.apply(wants([edited]));
    expect(after.plan.document.changes).toMatchObject([{ actions: ["record"] }]);
    expect(after.writes).toEqual([]);
    await isAtRest(shop, edited);
  });

  test("a rename with a new flag is whole after one apply", async () => {
    const shop = await applied([plan]);
    const moved = [{ from: "product.plan", to: "product.pro", source: plan.placeOf() }] as const;
    const desired = wants([product("pro", {}, { lifecycle: { protect: true } })], { moved });
    expect((await shop.apply(desired)).writes).toEqual([]);
    expect(leftToDo((await shop.plan(desired)).plan)).toEqual({ work: [], catchUps: [] });
  });
});

describe("an object that is gone", () => {
  test("is created anew, with the old id kept, and its ignored fields begin anew", async () => {
    const ignoring = link(
      "a",
      { customSuccessText: "Hi" },
      { lifecycle: { ignoreChanges: ["customSuccessText"] } },
    );
    const shop = await applied([plan, ignoring]);
    const linkId = (await lockOf(shop, "paymentLink.a"))?.id ?? "";
    shop.sandbox.dashboard.editLink({ linkId, customSuccessText: "Edited" });
    await shop.apply(wants([plan, ignoring]));
    shop.sandbox.dashboard.eraseLink({ linkId });
    const edited = link(
      "a",
      { customSuccessText: "Ho" },
      { lifecycle: { ignoreChanges: ["customSuccessText"] } },
    );
    expect(methods(await shop.apply(wants([plan, edited])))).toEqual(["paymentLink.create"]);
    expect((await lockOf(shop, "paymentLink.a"))?.formerIds).toEqual([linkId]);
    const { plan: next } = await shop.plan(wants([plan, edited]));
    expect([next.work, next.document.drift]).toEqual([[], []]);
  });
});
