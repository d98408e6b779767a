import { describe, expect, test } from "vitest";
import {
  item,
  linkValues,
  live,
  liveLink,
  premium,
  productValues,
  type Story,
  tripped,
  trips,
  usd,
} from "./builders.js";

const names = (count: number) => Array.from({ length: count }, (_, index) => `paymentLink.l${index}`);

/** So many open links, of which the first few are wanted closed. */
function links(count: number, closing: number, story: Story = {}): Story {
  const addresses = names(count);
  const values = (index: number) => ({ linkName: `Link ${index}` });
  return {
    ...story,
    want: {
      "product.plan": { values: productValues() },
      ...Object.fromEntries(
        addresses.map((address, index) => [
          address,
          { values: linkValues(values(index)), open: index >= closing },
        ]),
      ),
      ...story.want,
    },
    lock: {
      "product.plan": { id: "prd_plan" },
      ...Object.fromEntries(addresses.map((address, index) => [address, { id: `lnk_${index}` }])),
      ...story.lock,
    },
    live: [
      live("product.plan", { id: "prd_plan" }),
      ...addresses.map((address, index) =>
        live(address, { id: `lnk_${index}`, values: liveLink(values(index)) }),
      ),
      ...(story.live ?? []),
    ],
  };
}

const without = (story: Story, ...gone: string[]): Story => ({
  ...story,
  want: Object.fromEntries(Object.entries(story.want ?? {}).filter(([address]) => !gone.includes(address))),
});

describe("the guard `retire`", () => {
  test.each([
    [1, 1, false],
    [10, 1, false],
    [10, 2, false],
    [10, 3, true],
    [2, 2, true],
    [9, 2, true],
  ])("of %i open links %i would be closed: trips %s", (count, closing, expected) => {
    expect(Object.keys(tripped("retire", links(count, closing)))).toEqual(expected ? ["config"] : []);
  });

  test("the message counts pages that can take money, and names them", () => {
    const [trip] = trips("retire", links(3, 2));
    expect(trip?.message).toBe(
      "This plan closes 2 of 3 pages that can take money: `paymentLink.l0`, `paymentLink.l1`. `maxRetire` is 20%.",
    );
    expect(trip?.value).toBe("paymentLink.l0+paymentLink.l1");
  });

  test("the reason does not matter: disabled and removed from the configuration count alike", () => {
    expect(tripped("retire", without(links(6, 1), "paymentLink.l4"))).toEqual({
      config: "paymentLink.l0+paymentLink.l4",
    });
  });

  test("an allowance for as many other pages is another one", () => {
    const many = tripped("retire", links(20, 8)).config;
    const others = tripped("retire", without(links(20, 7), "paymentLink.l9")).config;
    expect(many).toMatch(/^8-[0-9a-f]{12}$/);
    expect(others).toMatch(/^8-[0-9a-f]{12}$/);
    expect(others).not.toBe(many);
  });

  test("what the plan lets go of stays open, and what is closed already counts nowhere", () => {
    const story = links(4, 0, {});
    const lock = {
      ...story.lock,
      "paymentLink.l0": { id: "lnk_0", lifecycle: { onRemove: "forget" as const } },
    };
    expect(tripped("retire", without({ ...story, lock }, "paymentLink.l0", "paymentLink.l1"))).toEqual({});
  });

  test("importing open pages does not thin out those that are closed", () => {
    const strangers = Array.from({ length: 20 }, (_, index) => `paymentLink.new${index}`);
    const story = links(5, 2, {
      want: Object.fromEntries(
        strangers.map((address) => [address, { values: linkValues({ linkName: address }) }]),
      ),
      live: strangers.map((address) =>
        live(address, { id: `id_${address}`, values: liveLink({ linkName: address }) }),
      ),
      imports: Object.fromEntries(strangers.map((address) => [address, `id_${address}`])),
    });
    expect(tripped("retire", story)).toHaveProperty(["config"]);
  });

  test("a looser threshold lets more through; a plan that --target narrows is not judged", () => {
    expect(tripped("retire", links(3, 2, { policy: { maxRetireBp: 7000 } }))).toEqual({});
    expect(tripped("retire", links(3, 2, { targets: ["paymentLink.l0", "paymentLink.l1"] }))).toEqual({});
  });

  test("products count on their own", () => {
    const extra = (name: string) => ({ values: productValues({ name }), open: name === "c" });
    const story: Story = {
      want: { "product.a": extra("a"), "product.b": extra("b"), "product.c": extra("c") },
      lock: { "product.a": { id: "a" }, "product.b": { id: "b" }, "product.c": { id: "c" } },
      live: ["a", "b", "c"].map((id) => live(`product.${id}`, { id, values: productValues({ name: id }) })),
    };
    expect(trips("retire", story)[0]?.message).toBe(
      "This plan closes 2 of 3 open products: `product.a`, `product.b`. `maxRetire` is 20%.",
    );
  });
});

describe("the guard `shrink`", () => {
  const all = ["product.plan", ...names(3)];

  test("half may leave, more may not", () => {
    expect(tripped("shrink", without(links(3, 0), all[1] ?? "", all[2] ?? ""))).toEqual({});
    const [trip] = trips("shrink", without(links(3, 0), ...all.slice(1)));
    expect(trip?.message).toContain("lacks 3 of the 4 entries");
    expect(trip?.value).toBe("paymentLink.l0+paymentLink.l1+paymentLink.l2");
  });

  test("an empty configuration trips, unless nothing was recorded", () => {
    expect(trips("shrink", without(links(3, 0), ...all))[0]?.message).toBe(
      "The configuration is empty; the lockfile has 4 entries in use.",
    );
    expect(tripped("shrink", {})).toEqual({});
  });

  test("retired entries count on neither side", () => {
    const retired = { retired: true, open: false };
    const lock = {
      "paymentLink.old": { ...retired, id: "o1" },
      "paymentLink.older": { ...retired, id: "o2" },
    };
    const story = links(1, 0, { lock });
    expect(tripped("shrink", story)).toEqual({});
    expect(tripped("shrink", without(story, "paymentLink.l0", "product.plan"))).toHaveProperty(["config"]);
  });

  test("moved entries are not lacking", () => {
    const renamed = Object.fromEntries(
      names(3).map((_, index) => [
        `paymentLink.r${index}`,
        { values: linkValues({ linkName: `Link ${index}` }) },
      ]),
    );
    const story = without(links(3, 0, { want: renamed }), ...names(3));
    expect(tripped("shrink", story)).toHaveProperty(["config"]);
    const moved = Object.fromEntries(names(3).map((address, index) => [address, `paymentLink.r${index}`]));
    expect(tripped("shrink", { ...story, moved })).toEqual({});
  });

  test("adding other entries does not make up for those that are lacking", () => {
    const added = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`product.${name}`, { values: productValues({ name }) }]),
    );
    expect(tripped("shrink", without(links(3, 0, { want: added }), ...names(3)))).toHaveProperty(["config"]);
  });
});

describe("the guard `protect`", () => {
  const flag = { lifecycle: { protect: true } };
  const address = "paymentLink.premium";

  test("nothing happens to what stays as it is, or is only changed", () => {
    expect(tripped("protect", premium({ lockParts: flag, wantParts: flag }))).toEqual({});
    expect(tripped("protect", premium({ want: { linkName: "Gold" }, lockParts: flag }))).toEqual({});
  });

  test.each([
    ["the lockfile", flag, {}],
    ["the YAML", {}, flag],
  ])("disabling trips with the flag of %s alone", (_, lockParts, wantParts) => {
    const story = premium({ lockParts, wantParts: { open: false, ...wantParts } });
    const [trip] = trips("protect", story);
    expect(trip).toMatchObject({ address, value: "disable" });
    expect(trip?.message).toBe("`Premium` is protected and would be disabled.");
  });

  test("leaving the configuration trips, also to be forgotten", () => {
    expect(tripped("protect", without(premium({ lockParts: flag }), address))).toEqual({
      [address]: "disable",
    });
    const forget = { lifecycle: { protect: true, onRemove: "forget" as const } };
    expect(tripped("protect", without(premium({ lockParts: forget }), address))).toEqual({
      [address]: "forget",
    });
  });

  test("a rename without `moved` trips", () => {
    const story = without(
      premium({ lockParts: flag, story: { want: { "paymentLink.gold": { values: linkValues() } } } }),
      address,
    );
    expect(tripped("protect", story)).toEqual({ [address]: "disable" });
    expect(tripped("protect", { ...story, moved: { [address]: "paymentLink.gold" } })).toEqual({});
  });

  test("what is gone is forgotten without a guard", () => {
    const story = without(premium({ lockParts: flag }), address);
    const rest = (story.live ?? []).filter(({ id }) => id !== "lnk_1");
    expect(tripped("protect", { ...story, live: rest, gone: ["lnk_1"] })).toEqual({});
  });

  test("a new entry is born closed without a guard", () => {
    expect(
      tripped("protect", { want: { "product.a": { values: productValues(), open: false, ...flag } } }),
    ).toEqual({});
  });
});

describe("the guard `protect` on what an open page sells", () => {
  const archived: Story = {
    want: { "product.plan": { values: productValues(), open: false } },
    lock: { "product.plan": { id: "prd_plan" } },
    live: [live("product.plan", { id: "prd_plan" })],
  };
  const stranger = (parts = {}) => live("paymentLink.x", { id: "lnk_x", ...parts });
  const plus = (...objects: readonly ReturnType<typeof live>[]): Story => ({
    ...archived,
    live: [...(archived.live ?? []), ...objects],
  });

  test("an open link outside the configuration holds its product", () => {
    const [trip] = trips("protect", plus(stranger()));
    expect(trip).toMatchObject({ address: "product.plan", value: "archive/lnk_x" });
    expect(trip?.message).toContain("https://pay.gstable.example/lnk_x) goes on selling it");
  });

  test("a closed one, or one that sells something else, doesn't", () => {
    expect(tripped("protect", plus(stranger({ open: false })))).toEqual({});
    const other = stranger({ values: liveLink({ lineItems: [item("prd_other", 1, usd(1))] }) });
    expect(tripped("protect", plus(other))).toEqual({});
    expect(tripped("protect", archived)).toEqual({});
  });

  test("a link of another environment holds it too", () => {
    expect(tripped("protect", { ...plus(stranger()), foreignIds: ["lnk_x"] })).toHaveProperty([
      "product.plan",
    ]);
  });

  test("one that doesn't show what it sells may sell it", () => {
    const { lineItems: _, ...values } = stranger().values;
    expect(trips("protect", plus(stranger({ values, whole: false })))[0]?.message).toContain(
      "doesn't show what it sells",
    );
  });

  test("a link that the plan closes lets go of it; one that it forgets doesn't", () => {
    const story = without(premium({}), "paymentLink.premium", "product.plan");
    expect(tripped("protect", story)).toEqual({});
    const lifecycle = { onRemove: "forget" as const };
    const forgotten = without(premium({ lockParts: { lifecycle } }), "paymentLink.premium", "product.plan");
    expect(tripped("protect", forgotten)).toEqual({ "product.plan": "archive/lnk_1" });
  });
});
