import { describe, expect, test } from "vitest";
import { parse } from "yaml";
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
  webhookValues,
} from "./builders.js";

const address = "paymentLink.premium";
const plan: Story = {
  want: { "product.plan": { values: productValues() } },
  lock: { "product.plan": { id: "prd_plan" } },
  live: [live("product.plan", { id: "prd_plan" })],
};

describe("the guard `conflict`", () => {
  const price = (dollars: number, id = "plan") => ({ lineItems: [item(id, 1, usd(dollars))] });

  test("a price that was changed here and outside trips, within all thresholds", () => {
    const told = { base: price(10, "prd_plan"), live: price(11, "prd_plan"), want: price(12) };
    const [trip] = trips("conflict", premium(told));
    expect(trip?.message).toBe(
      "`Premium`: `lineItems[0].unitPrice` was `$10.00` when last applied; it was changed outside: it is `$11.00` live, and would be `$12.00`.",
    );
    expect(trip?.value).toMatch(/^[0-9a-f]{12}$/);
  });

  test("amounts are grouped, as people write them", () => {
    const told = { base: price(10, "prd_plan"), live: price(9_000_000, "prd_plan"), want: price(12) };
    expect(trips("conflict", premium(told))[0]?.message).toContain("it is `$9,000,000.00` live");
  });

  test("changed here alone, or outside alone, it is no conflict", () => {
    expect(tripped("conflict", premium({ want: price(12) }))).toEqual({});
    expect(
      tripped("conflict", premium({ live: price(11, "prd_plan"), base: price(10, "prd_plan") })),
    ).toEqual({});
  });

  test.each([
    [{ feeModel: "merchant" }, { feeModel: "payer" }, { feeModel: "other" }],
    [
      { successUrl: "https://acme.example/a" },
      { successUrl: "https://acme.example/b" },
      { successUrl: "https://acme.example/c" },
    ],
  ])("routing and exit fields count: %o", (base, seen, want) => {
    expect(tripped("conflict", premium({ base, live: seen, want }))).toHaveProperty([address]);
  });

  test("texts don't", () => {
    const told = { base: { linkName: "A" }, live: { linkName: "B" }, want: { linkName: "C" } };
    expect(tripped("conflict", premium(told))).toEqual({});
  });

  test("another change outside needs another allowance", () => {
    const values = [11, 11.5].map(
      (dollars) =>
        tripped(
          "conflict",
          premium({ base: price(10, "prd_plan"), live: price(dollars, "prd_plan"), want: price(12) }),
        )[address],
    );
    expect(new Set(values).size).toBe(2);
  });

  test("where nothing is recorded, nobody knows who set it: an import trips", () => {
    const { want = {}, live: objects = [] } = premium({ want: price(12) });
    const story = { ...plan, want, live: objects, imports: { [address]: "lnk_1" } };
    expect(trips("conflict", story)[0]?.message).toContain(
      "nothing was recorded, so nobody knows who set it",
    );
  });
});

describe("the guard `reopen`", () => {
  const closed = { open: false, status: "inactive" };

  test("what was closed outside is not opened again unasked", () => {
    const [trip] = trips("reopen", premium({ liveParts: closed, lockParts: { open: true } }));
    expect(trip).toMatchObject({ address, value: "open" });
    expect(trip?.message).toBe(
      "`Premium` (https://pay.gstable.example/lnk_1) was closed outside since the last apply; it would be opened again.",
    );
  });

  test("the exception ends with the next version of the page", () => {
    const liveParts = { ...closed, versionCode: "ver_9" };
    expect(tripped("reopen", premium({ liveParts, lockParts: { open: true } }))).toEqual({
      [address]: "open@ver_9",
    });
  });

  test("what was closed by us is opened when the YAML says so", () => {
    expect(tripped("reopen", premium({ liveParts: closed, lockParts: { open: false } }))).toEqual({});
    expect(
      tripped("reopen", premium({ liveParts: closed, lockParts: { open: false, retired: true } })),
    ).toEqual({});
  });

  test("a retired entry that was still open when recorded, and is closed now, was closed outside", () => {
    const lockParts = { open: true, retired: true };
    expect(tripped("reopen", premium({ liveParts: closed, lockParts }))).toEqual({ [address]: "open" });
  });

  test("what was closed outside may stay closed", () => {
    const story = premium({ liveParts: closed, lockParts: { open: true }, wantParts: { open: false } });
    expect(tripped("reopen", story)).toEqual({});
  });

  test.each([
    ["imported", { [address]: "lnk_1" }],
    ["adopted", {}],
  ])("a closed page that is %s has no history, and trips", (_, imports: Record<string, string>) => {
    const { want = {}, live: objects = [] } = premium({ liveParts: closed });
    expect(trips("reopen", { ...plan, want, live: objects, imports })[0]?.message).toContain(
      "nothing was recorded",
    );
  });

  test("products and webhooks count as well", () => {
    const story: Story = {
      want: {
        "product.plan": { values: productValues() },
        "webhook.ledger": { values: webhookValues() },
      },
      lock: { "product.plan": { id: "p", open: true }, "webhook.ledger": { id: "w", open: true } },
      live: [live("product.plan", { id: "p", ...closed }), live("webhook.ledger", { id: "w", ...closed })],
    };
    expect(Object.keys(tripped("reopen", story))).toEqual(["product.plan", "webhook.ledger"]);
  });
});

describe("the guard `missing`", () => {
  const gone = (lock = {}): Story => {
    const { live: objects = [], ...story } = premium({ lockParts: { values: liveLink(), ...lock } });
    return { ...story, live: objects.filter(({ id }) => id !== "lnk_1"), gone: ["lnk_1"] };
  };

  test("a recorded page that is gone is not made anew unasked", () => {
    const [trip] = trips("missing", gone({ linkUrl: "https://pay.gstable.example/lnk_1" }));
    expect(trip).toMatchObject({ address, value: "lnk_1" });
    expect(trip?.message).toBe(
      "The payment link `Premium` (lnk_1) no longer exists in the account. It would be created anew, with a new id and a new URL: https://pay.gstable.example/lnk_1, wherever it is printed, stays dead.",
    );
  });

  test("a new entry, or one that leaves, is not missing", () => {
    const { want = {} } = gone();
    expect(tripped("missing", { ...plan, want })).toEqual({});
    const { [address]: _, ...others } = want;
    expect(tripped("missing", { ...gone(), want: others })).toEqual({});
  });

  test("a page that was archived for good says so", () => {
    const story = premium({ liveParts: { archivedForGood: true, open: false } });
    expect(trips("missing", story)[0]?.message).toContain("archived for good");
  });
});

describe("the guard `duplicate`", () => {
  const fresh = (story: Story = {}): Story => ({
    ...story,
    want: { ...plan.want, "paymentLink.gold": { values: linkValues() }, ...story.want },
    lock: { ...plan.lock, ...story.lock },
    live: [...(plan.live ?? []), ...(story.live ?? [])],
  });
  const stranger = (id: string, parts = {}) => live("paymentLink.x", { id, ...parts });
  const at = "paymentLink.gold";

  test("a create without anything like it, and an adoption, say nothing", () => {
    expect(tripped("duplicate", fresh())).toEqual({});
    expect(tripped("duplicate", fresh({ live: [stranger("lnk_7")] }))).toEqual({});
  });

  test("several that are equal: nobody knows which one is meant", () => {
    const [trip] = trips("duplicate", fresh({ live: [stranger("lnk_7"), stranger("lnk_8")] }));
    expect(trip?.write).toEqual([
      "imports: [{ to: paymentLink.gold, id: lnk_7 }]",
      "imports: [{ to: paymentLink.gold, id: lnk_8 }]",
    ]);
    for (const line of trip?.write ?? []) expect(trip?.message).toContain(`\`${line}\``);
    expect(trip).toMatchObject({ address: at, value: "lnk_7+lnk_8" });
    expect(trip?.message).toBe(
      "`Premium` would be created, but there may be one already." +
        " Equal: lnk_7, https://pay.gstable.example/lnk_7. Equal: lnk_8, https://pay.gstable.example/lnk_8." +
        " If it is the same, write `imports: [{ to: paymentLink.gold, id: lnk_7 }]` or `imports: [{ to: paymentLink.gold, id: lnk_8 }]`.",
    );
  });

  test("an object belongs to one environment, and so does the line that takes it over", () => {
    const [trip] = trips(
      "duplicate",
      fresh({ live: [stranger("lnk_7"), stranger("lnk_8")], environment: "eu" }),
    );
    expect(trip?.write?.map((line) => parse(line) as unknown)).toEqual(
      ["lnk_7", "lnk_8"].map((id) => ({
        environments: { eu: { overrides: { imports: [{ to: at, id }] } } },
      })),
    );
  });

  test("an entry whose object is gone has to let go of it before it takes over another one", () => {
    const { live: objects = [], ...premises } = premium({});
    const others = objects.filter(({ id }) => id !== "lnk_1");
    const story = { ...premises, live: [...others, stranger("lnk_7")], gone: ["lnk_1"] };
    expect(tripped("missing", story)).toEqual({ [address]: "lnk_1" });
    const [trip] = trips("duplicate", story);
    expect(trip?.message).toContain(
      ` If it is the same, let go of the old one with \`state rm ${address}\`, then write \`${trip?.write?.[0]}\`.`,
    );
  });

  test("an id that is more than a word writes no more than an id", () => {
    const ids = ["lnk_7 }], policy: { allow: [a", "lnk_8\n  # `", "8", "null"];
    const [trip] = trips("duplicate", fresh({ live: ids.map((id) => stranger(id)) }));
    expect(trip?.write).toHaveLength(ids.length);
    for (const line of trip?.write ?? []) {
      expect(line).not.toContain("\n");
      const written = parse(line) as { imports: { id: unknown }[] };
      expect(Object.keys(written)).toEqual(["imports"]);
      expect(written.imports).toEqual([{ to: at, id: expect.any(String) }]);
      expect(ids).toContain(written.imports[0]?.id);
    }
  });

  test("an unmanaged one that shares the name, however it is spelled", () => {
    const values = (linkName: string) => liveLink({ linkName, feeModel: "merchant" });
    for (const name of ["Premium", "premium", " Premium "]) {
      expect(tripped("duplicate", fresh({ live: [stranger("lnk_7", { values: values(name) })] }))).toEqual({
        [at]: "lnk_7",
      });
    }
    expect(
      tripped("duplicate", fresh({ live: [stranger("lnk_7", { values: values("Premium 2") })] })),
    ).toEqual({});
  });

  test("webhooks share their URL, not their name", () => {
    const want = { "webhook.ledger": { values: webhookValues() } };
    const other = (parts: object) => [live("webhook.x", { id: "wkid_1", values: webhookValues(parts) })];
    const sameUrl = other({ webhookName: "X", webhookUrl: "https://API.acme.example:443/hooks" });
    expect(tripped("duplicate", { want, live: sameUrl })).toEqual({ "webhook.ledger": "wkid_1" });
    const sameName = other({ webhookUrl: "https://api.acme.example/other" });
    expect(tripped("duplicate", { want, live: sameName })).toEqual({});
  });

  test("what another environment manages may share the name", () => {
    const values = liveLink({ feeModel: "merchant" });
    expect(
      tripped("duplicate", fresh({ live: [stranger("lnk_7", { values })], foreignIds: ["lnk_7"] })),
    ).toEqual({});
  });

  test("an object that this plan takes over is nobody's duplicate", () => {
    const story = fresh({
      want: { "paymentLink.copy": { values: linkValues() } },
      live: [stranger("lnk_7")],
    });
    expect(tripped("duplicate", story)).toEqual({});
  });

  const renamed = (lock = {}, want = {}): Story =>
    fresh({
      want: { [at]: { values: linkValues(want) } },
      lock: { "paymentLink.old": { id: "lnk_1", linkUrl: "https://pay.gstable.example/lnk_1", ...lock } },
      live: [stranger("lnk_1")],
    });

  test("a rename without `moved` is told from a new page", () => {
    const [trip] = trips("duplicate", renamed());
    expect(trip?.value).toBe("lnk_1");
    expect(trip?.message).toContain(
      "`paymentLink.old` (lnk_1, https://pay.gstable.example/lnk_1) leaves the configuration and has the same content." +
        " If it is the same, write `moved: [{ from: paymentLink.old, to: paymentLink.gold }]`.",
    );
    expect(tripped("duplicate", { ...renamed(), moved: { "paymentLink.old": at } })).toEqual({});
  });

  test("a rename that also changes the price is still one", () => {
    expect(tripped("duplicate", renamed({}, { lineItems: [item("plan", 1, usd(90))] }))).toEqual({
      [at]: "lnk_1",
    });
  });

  test("editing the record of the old one does not hide it", () => {
    expect(tripped("duplicate", renamed({ values: linkValues({ linkName: "Other" }) }))).toEqual({
      [at]: "lnk_1",
    });
  });

  test("--target does not hide it", () => {
    expect(tripped("duplicate", { ...renamed(), targets: [at, "product.plan"] })).toEqual({ [at]: "lnk_1" });
  });

  test("of a retired entry the content counts, not the name alone", () => {
    const retired = { retired: true, open: false };
    expect(tripped("duplicate", renamed(retired))).toEqual({ [at]: "lnk_1" });
    expect(tripped("duplicate", renamed(retired, { feeModel: "merchant" }))).toEqual({});
  });

  test("what an interrupted run may have made is left to the run that resolves it", () => {
    const story = fresh({
      intents: { [at]: { values: liveLink() } },
      live: [stranger("lnk_7"), stranger("lnk_8")],
    });
    expect(tripped("duplicate", story)).toEqual({});
  });

  test("an intent written into the lockfile does not hide a rename", () => {
    const intents = { [at]: { values: liveLink({ linkName: "Nothing" }) } };
    expect(tripped("duplicate", { ...renamed(), intents })).toEqual({ [at]: "lnk_1" });
  });
});
