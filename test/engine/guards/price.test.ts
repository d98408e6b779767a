import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldValue } from "../../../src/state/value.js";
import { item, live, premium, productValues, type Story, tripped, trips, usd } from "./builders.js";

const priced = (before: number, after: number, story: Story = {}) =>
  premium({
    live: { lineItems: [item("prd_plan", 1, before)] },
    want: { lineItems: [item("plan", 1, after)] },
    story,
  });

const items = (before: readonly FieldValue[], after: readonly FieldValue[], story: Story = {}) =>
  premium({ live: { lineItems: before }, want: { lineItems: after }, story });

/** A second managed product. */
const second: Story = {
  want: { "product.extra": { values: productValues({ name: "Extra" }) } },
  lock: { "product.extra": { id: "prd_extra" } },
  live: [live("product.extra", { id: "prd_extra", values: productValues({ name: "Extra" }) })],
};

describe("the guard `price` on a live link", () => {
  test("says nothing where the price stays", () => {
    expect(tripped("price", priced(usd(10), usd(10)))).toEqual({});
    expect(tripped("price", premium({ want: { linkName: "Gold" } }))).toEqual({});
  });

  test.each([
    ["exactly half more", usd(10), usd(15), false],
    ["a millionth of a dollar more than half more", usd(10), usd(15) + 1, true],
    ["exactly half less", usd(10), usd(5), false],
    ["a millionth of a dollar less than half", usd(10), usd(5) - 1, true],
    ["an odd amount at the boundary", 3, 4, false],
    ["an odd amount past the boundary", 3, 5, true],
    ["amounts where floats would round", 9_007_199_254_740_990, 4_503_599_627_370_495, false],
    ["amounts where floats would round, past it", 9_007_199_254_740_990, 4_503_599_627_370_494, true],
    ["to zero", usd(10), 0, true],
    ["from zero", 0, usd(10), true],
  ])("moves by %s", (_, before, after, trips) => {
    expect(Object.keys(tripped("price", priced(before, after)))).toEqual(
      trips ? ["paymentLink.premium"] : [],
    );
  });

  test("says what payers would pay, and what allows exactly that", () => {
    const [trip] = trips("price", priced(usd(9.99), usd(19.99)));
    expect(trip?.message).toBe(
      "`Premium` would cost $19.99 instead of $9.99 (+100.1%). `maxPriceChange` is 50%.",
    );
    expect(trip?.value).toBe("19.99");
  });

  test("does not look like a move that is just within", () => {
    const [trip] = trips("price", priced(usd(10), usd(15) + 1));
    expect(trip?.message).toContain("(just over +50.0%). `maxPriceChange` is 50%.");
  });

  test("a slipped decimal point trips whatever the policy says", () => {
    const policy = { maxPriceChangeBp: 99_999_999 };
    const [trip] = trips("price", priced(usd(9.99), usd(99.9), { policy }));
    expect(trip?.message).toBe(
      "`Premium` would cost $99.90 instead of $9.99 (exactly 10 times as much: a slipped decimal point?).",
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_000 }), fc.integer({ min: 1, max: 9 }), (amount, power) => {
        const other = amount * 10 ** power;
        for (const story of [priced(amount, other, { policy }), priced(other, amount, { policy })]) {
          expect(tripped("price", story)).toHaveProperty(["paymentLink.premium"]);
        }
      }),
    );
  });

  test("zero trips whatever the policy says", () => {
    expect(tripped("price", priced(usd(10), 0, { policy: { maxPriceChangeBp: 99_999_999 } }))).toEqual({
      "paymentLink.premium": "0.00",
    });
  });

  test("a looser threshold lets through what is within it, a broken one nothing", () => {
    expect(tripped("price", priced(usd(10), usd(17), { policy: { maxPriceChangeBp: 7000 } }))).toEqual({});
    expect(tripped("price", priced(usd(10), usd(11), { policy: { maxPriceChangeBp: 0 } }))).not.toEqual({});
    expect(
      tripped("price", priced(usd(10), usd(11), { policy: { maxPriceChangeBp: Number.POSITIVE_INFINITY } })),
    ).not.toEqual({});
  });

  test("it agrees with exact arithmetic on any two prices", () => {
    const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(amount, amount, (before, after) => {
        const trips = Object.keys(tripped("price", priced(before, after))).length > 0;
        const moved = BigInt(after) - BigInt(before);
        const far = (moved < 0n ? -moved : moved) * 2n > BigInt(before);
        if (far) expect(trips).toBe(true);
        if (before === after) expect(trips).toBe(false);
      }),
    );
  });

  test("a price that was changed outside and is put back trips as well", () => {
    const story = premium({
      live: { lineItems: [item("prd_plan", 1, usd(99))] },
      base: { lineItems: [item("prd_plan", 1, usd(10))] },
    });
    expect(tripped("price", story)).toEqual({ "paymentLink.premium": "10.00" });
  });

  test("a lockfile edited in the same change does not help", () => {
    const story = premium({
      base: { lineItems: [item("prd_plan", 1, usd(90))] },
      want: { lineItems: [item("plan", 1, usd(90))] },
    });
    expect(tripped("price", story)).toEqual({ "paymentLink.premium": "90.00" });
  });

  test("another product at another price moves the total", () => {
    const story = items([item("prd_plan", 1, usd(10))], [item("extra", 1, usd(10_000))], second);
    expect(trips("price", story)[0]?.message).toContain("$10,000.00 instead of $10.00");
  });

  test("a hundred times the quantity at a hundredth of the price keeps the total, not the unit price", () => {
    const story = items([item("prd_plan", 1, usd(10))], [item("plan", 100, usd(0.1))]);
    const [trip] = trips("price", story);
    expect(trip?.message).toContain("for one `plan` $0.10 instead of $10.00");
    expect(trip?.value).toBe("10.00/plan@0.10");
  });

  test("twice the quantity moves the total", () => {
    expect(tripped("price", items([item("prd_plan", 1, usd(10))], [item("plan", 2, usd(10))]))).toEqual({
      "paymentLink.premium": "20.00/plan@10.00",
    });
  });

  test("of a product that is sold twice each price counts", () => {
    const [plan, twice] = [item("prd_plan", 1, usd(10)), item("prd_plan", 5, usd(10))];
    const story = items([plan, twice], [item("plan", 1, usd(1)), item("plan", 5, usd(10))]);
    expect(trips("price", story)[0]?.message).toContain("`lineItems[0].unitPrice` $1.00 instead of $10.00");
  });

  test("of a product that is sold twice, the order of the API alone moves no price", () => {
    const [dear, cheap] = [usd(15), usd(1)];
    const story = premium({
      live: { lineItems: [item("prd_plan", 3, cheap), item("prd_plan", 1, dear)] },
      base: { lineItems: [item("prd_plan", 1, dear), item("prd_plan", 3, cheap)] },
      want: { linkName: "Gold", lineItems: [item("plan", 1, dear), item("plan", 3, cheap)] },
    });
    expect(tripped("price", story)).toEqual({});
  });

  test("several items are allowed with the total and each unit price", () => {
    const before = [item("prd_plan", 1, usd(10)), item("prd_extra", 1, usd(20))];
    const after = [item("plan", 1, usd(30)), item("extra", 1, usd(20))];
    expect(tripped("price", items(before, after, second))).toEqual({
      "paymentLink.premium": "50.00/extra@20.00/plan@30.00",
    });
  });

  test("a product that is created anew is still the same product", () => {
    const story = items([item("prd_old", 1, usd(10))], [item("plan", 100, usd(0.1))]);
    const lock = { ...story.lock, "product.plan": { id: "prd_old", values: productValues() } };
    const rest = (story.live ?? []).filter(({ id }) => id !== "prd_plan");
    expect(tripped("price", { ...story, lock, live: rest, gone: ["prd_old"] })).not.toEqual({});
  });

  test.each([
    ["fixed", "custom", usd(10), null, "custom"],
    ["custom", "fixed", null, usd(10), "10.00"],
  ])("the price becoming %s to %s trips", (from, to, had, wants, value) => {
    const story = premium({
      live: { linkType: from, lineItems: [item("prd_plan", 1, had)] },
      want: { linkType: to, lineItems: [item("plan", 1, wants)] },
    });
    const [trip] = trips("price", story);
    expect(trip?.message).toBe(`\`Premium\` would have \`linkType\` \`${to}\` instead of \`${from}\`.`);
    expect(trip?.value).toBe(value);
  });

  test("an imported link is compared with what is live", () => {
    const { want, live: objects = [] } = priced(usd(10), usd(90));
    const story: Story = {
      want: want ?? {},
      live: objects,
      lock: { "product.plan": { id: "prd_plan" } },
      imports: { "paymentLink.premium": "lnk_1" },
    };
    expect(tripped("price", story)).toEqual({ "paymentLink.premium": "90.00" });
  });

  test("what was not read in this run cannot be compared, and trips", () => {
    const { lineItems: _, ...rest } = { ...premium({}).live?.[1]?.values };
    const blind = premium({ want: { linkName: "Gold" }, liveParts: { values: rest, whole: false } });
    expect(trips("price", blind)[0]?.message).toContain("could not be read");
  });
});

describe("the guard `price` on a new link", () => {
  const born = (lineItems: readonly FieldValue[], story: Story = {}, linkType = "fixed"): Story => {
    const { lock = {}, live: objects = [], want } = premium({ want: { lineItems, linkType }, story });
    const { "paymentLink.premium": _, ...others } = lock;
    return {
      ...story,
      want: want ?? {},
      lock: others,
      live: objects.filter(({ kind }) => kind === "product"),
    };
  };

  test.each([
    [usd(0.01), {}],
    [usd(0.01) - 1, { "paymentLink.premium": "0.009999" }],
    [usd(100_000), {}],
    [usd(100_000) + 1, { "paymentLink.premium": "100000.000001" }],
  ])("a total of %i Micro-USD is held against the range", (total, expected) => {
    expect(tripped("price", born([item("plan", 1, total)]))).toEqual(expected);
  });

  test("the quantity counts", () => {
    expect(trips("price", born([item("plan", 11, usd(10_000))]))[0]?.message).toBe(
      "`Premium` is new and would cost $110,000.00; `priceRange` is $0.01 to $100,000.00.",
    );
  });

  test("zero trips whatever the range", () => {
    expect(
      tripped("price", born([item("plan", 1, 0)], { policy: { priceRangeMicroUsd: [0, usd(9)] } })),
    ).toEqual({
      "paymentLink.premium": "0.00",
    });
  });

  test("where payers decide there is no total to judge", () => {
    expect(tripped("price", born([item("plan", 1, null)], {}, "custom"))).toEqual({});
  });

  test("a price for some items only is not a total", () => {
    const mixed = [item("plan", 1, usd(1)), item("extra", 1, null)];
    expect(tripped("price", born(mixed, second))).not.toEqual({});
  });
});
