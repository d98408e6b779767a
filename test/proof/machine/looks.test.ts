import { describe, expect, test } from "vitest";
import type { Instruction } from "../../../src/engine/apply/step.js";
import { type Chaos, calm, type Fate, Shop, seededRandom } from "../../engine/apply/drive.js";
import { link, product, usd, wants } from "../../engine/builders.js";

// Each of these dies with a breakage of scripts/mutations/machine.mjs that the others let live.

const plan = product("plan");
const idsOf = async (shop: Shop) => [...(await shop.lockfile()).entries.values()].map(({ id }) => id);

/** One fate for the first calls of a method. */
function first(method: string, fate: Fate, times = 1): Chaos {
  let left = times;
  return {
    pick: () => 0,
    fate: (instruction: Instruction): Fate => {
      if (left === 0 || instruction.do !== "send" || instruction.call.method !== method) return "plain";
      left -= 1;
      return fate;
    },
  };
}

/** A shop in which somebody else has two products that equal `plan`: neither can be meant. */
function withStrangers(): { shop: Shop; strangers: readonly string[] } {
  const shop = new Shop();
  const { name, commonPrices } = plan.values;
  const strangers = [0, 1].map(
    () => shop.sandbox.dashboard.createProduct({ name: String(name), commonPrices } as never).productId,
  );
  return { shop, strangers };
}

describe("what existed before a create was sent", () => {
  test.each(["lostBefore", "lostAfter", "busy"] as const)(
    "is not taken for its object after %s",
    async (fate) => {
      const { shop, strangers } = withStrangers();
      const { result } = await shop.apply(wants([plan]), first("product.create", fate));
      expect(result?.failed).toEqual([]);
      expect(shop.sandbox.snapshot().products).toHaveLength(3);
      expect(strangers).not.toContain((await idsOf(shop))[0]);
    },
  );

  test.each(["crashBefore", "crashAfter"] as const)("is not taken for it after %s either", async (fate) => {
    const { shop, strangers } = withStrangers();
    await shop.apply(wants([plan]), first("product.create", fate));
    await shop.apply(wants([plan]));
    expect(shop.sandbox.snapshot().products).toHaveLength(3);
    expect(strangers).not.toContain((await idsOf(shop))[0]);
  });
});

describe("what a look cannot say", () => {
  test("is never guessed from a list that does not show everything", async () => {
    const shop = new Shop();
    const ready = await shop.plan(wants([plan]));
    for (const kind of ["stale", "wrongTotal"] as const) {
      shop.sandbox.addFault({ match: { path: "/product/list/", times: 0 }, do: { kind } });
    }
    const { result, writes } = await shop.applyPlan(ready, first("product.create", "lostAfter"));
    expect(result?.failed).toMatchObject([{ address: "product.plan", error: { outcome: "unknown" } }]);
    expect(writes).toHaveLength(1);
    shop.sandbox.clearFaults();
    await shop.apply(wants([plan]));
    expect(shop.sandbox.snapshot().products).toHaveLength(1);
  });

  test("is never guessed from half of an object", async () => {
    const shop = new Shop({ knobs: { listOmits: ["successUrl"] } });
    await shop.apply(wants([plan]));
    const ready = await shop.plan(wants([plan, link("a", { successUrl: "https://acme.example/" })]));
    shop.sandbox.addFault({
      match: { path: "/payment/link/lnk_", times: 0 },
      do: { kind: "failBefore", with: { code: 999_999 } },
    });
    const { result, writes } = await shop.applyPlan(ready, first("paymentLink.create", "lostAfter"));
    expect(result?.failed).toMatchObject([{ address: "paymentLink.a", error: { outcome: "unknown" } }]);
    expect(writes).toHaveLength(1);
    expect([...(await shop.lockfile()).intents.keys()]).toEqual(["paymentLink.a"]);
  });

  test("leaves the intent for the next run, when three creates were not answered", async () => {
    const shop = new Shop();
    const { result } = await shop.apply(wants([plan]), first("product.create", "lostBefore", 3));
    expect(result?.failed).toMatchObject([{ error: { outcome: "unknown" } }]);
    expect([...(await shop.lockfile()).intents.keys()]).toEqual(["product.plan"]);
  });
});

test("a create that the API calls too busy for, and carried out all the same, is not sent again", async () => {
  const shop = new Shop();
  const ready = await shop.plan(wants([plan]));
  shop.sandbox.addFault({
    match: { path: "/product/create" },
    do: { kind: "failAfter", with: { code: 900_101 } },
  });
  const { result, writes } = await shop.applyPlan(ready);
  expect(result?.failed).toEqual([]);
  expect(writes).toHaveLength(1);
  expect(shop.sandbox.snapshot().products).toHaveLength(1);
});

test("an open create that is let go of never gets the object of an equal one under way", async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const random = seededRandom(seed);
    const shop = new Shop({ parallelism: 2 });
    await shop.apply(wants([plan]));
    await shop.apply(wants([plan, link("a")]), first("paymentLink.create", "crashBefore"));
    await shop.apply(wants([plan, link("b")]), { ...calm, pick: (n) => Math.floor(random() * n) });
    expect(new Set(await idsOf(shop)).size).toBe((await idsOf(shop)).length);
    expect((await shop.lockfile()).entries.get("paymentLink.b")?.open).toBe(true);
    expect(shop.sandbox.snapshot().paymentLinks.map(({ status }) => status)).toEqual(["active"]);
  }
});

test("a price of its own keeps two products apart", async () => {
  const twins = [plan, product("other", { commonPrices: [usd(3)] })];
  const shop = new Shop();
  await shop.apply(wants(twins), first("product.create", "lostAfter", 2));
  expect(shop.sandbox.snapshot().products).toHaveLength(2);
  expect(new Set(await idsOf(shop)).size).toBe(2);
});

test("what came of an open create only after the plan is told as it is: not what the YAML wants today", async () => {
  const shop = new Shop();
  await shop.apply(wants([plan]));
  let isSent = false;
  await shop.apply(wants([plan, link("a")]), {
    pick: (n) => n - 1,
    fate: (instruction) => {
      if (isSent) return "crashBefore";
      isSent = instruction.do === "send";
      return isSent ? "late" : "plain";
    },
  });
  const edited = link("a", { linkName: "Edited" });
  const { result } = await shop.apply(wants([plan, edited]));
  expect(result?.failed[0]?.error.message).toContain("an interrupted run had created it");
  await shop.apply(wants([plan, edited]));
  expect(shop.sandbox.snapshot().paymentLinks.map(({ linkName }) => linkName)).toEqual(["Edited"]);
});

test("a rename takes the open create of a replaced object with it", async () => {
  const shop = new Shop();
  await shop.apply(wants([plan, link("a")]));
  shop.sandbox.dashboard.eraseLink({
    linkId: (await shop.lockfile()).entries.get("paymentLink.a")?.id ?? "",
  });
  await shop.apply(wants([plan, link("a")]), first("paymentLink.create", "crashAfter"));
  const moved = [{ from: "paymentLink.a", to: "paymentLink.b", source: plan.placeOf() }] as const;
  for (let runs = 0; runs < 3; runs += 1) await shop.apply(wants([plan, link("b")], { moved }));
  expect(shop.sandbox.snapshot().paymentLinks).toHaveLength(1);
  expect([...(await shop.lockfile()).entries.keys()]).toEqual(["paymentLink.b", "product.plan"]);
});

test("a page that shifts while a create is looked for makes nobody send it again", async () => {
  for (const nth of [1, 2, 3]) {
    const shop = new Shop({ knobs: { maxPageSize: 1 } });
    const others = [product("x", { name: "X" }), product("y", { name: "Y" })];
    await shop.apply(wants(others));
    const ready = await shop.plan(wants([...others, plan]));
    shop.sandbox.addFault({ match: { path: "/product/list/", nth }, do: { kind: "pageShift" } });
    const { writes } = await shop.applyPlan(ready, first("product.create", "lostAfter"));
    expect(writes).toHaveLength(1);
    const lock = await shop.lockfile();
    expect(lock.entries.has("product.plan") || lock.intents.has("product.plan")).toBe(true);
  }
});
