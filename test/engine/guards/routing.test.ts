import { describe, expect, test } from "vitest";
import { live, payout, premium, type Story, tripped, trips } from "./builders.js";

const two: Story = {
  accounts: { treasury: {}, ops: { id: "acc_02", name: "Ops", address: payout("2") } },
};
const recorded = (parts = {}) => ({ id: "acc_01", address: payout("1"), version: "v1", ...parts });

describe("the guard `routing` on one link", () => {
  test("says nothing where money goes on as it does", () => {
    expect(tripped("routing", premium({ want: { linkName: "Gold" } }))).toEqual({});
    expect(tripped("routing", premium({}))).toEqual({});
  });

  test("another account trips, with its payout address in what is allowed", () => {
    const [trip] = trips("routing", premium({ want: { account: "ops" }, story: two }));
    expect(trip?.message).toContain(
      `\`account\` would be \`ops\` (acc_02, pays to ${payout("2")}) instead of \`treasury\` (acc_01`,
    );
    expect(trip?.value).toBe(`acc_02@${payout("2")}/polygon::usdc/payer`);
  });

  test("an allowance for a name does not follow the name to another account", () => {
    const moved: Story = {
      accounts: { treasury: {}, ops: { id: "acc_66", address: payout("6") } },
    };
    const [before, after] = [two, moved].map((story) =>
      tripped("routing", premium({ want: { account: "ops" }, story })),
    );
    expect(before).not.toEqual(after);
  });

  test.each([
    [{ settlementToken: "base::usdc" }, `acc_01@${payout("1")}/base::usdc/payer`],
    [{ feeModel: "merchant" }, `acc_01@${payout("1")}/polygon::usdc/merchant`],
  ])("%o trips", (want, value) => {
    expect(tripped("routing", premium({ want }))).toEqual({ "paymentLink.premium": value });
  });

  test("putting back an account that was changed outside trips as well", () => {
    const story = premium({ live: { account: "acc_02" }, base: { account: "acc_01" }, story: two });
    expect(tripped("routing", story)).toHaveProperty(["paymentLink.premium"]);
  });

  test("a lockfile edited in the same change does not help", () => {
    const story = premium({ base: { account: "acc_02" }, want: { account: "ops" }, story: two });
    expect(tripped("routing", story)).toHaveProperty(["paymentLink.premium"]);
  });

  test("a name that is given to another account changes the route of each link, once", () => {
    const story: Story = {
      accounts: { treasury: { id: "acc_66", address: payout("6") } },
      lockAccounts: { treasury: recorded() },
    };
    expect(Object.keys(tripped("routing", premium({ story })))).toEqual(["paymentLink.premium"]);
  });

  test("a new link has no route yet", () => {
    const { want = {}, live: objects = [] } = premium({ want: { account: "ops" }, story: two });
    const story = { ...two, want, lock: { "product.plan": { id: "prd_plan" } }, live: objects.slice(0, 1) };
    expect(tripped("routing", story)).toEqual({});
  });

  test("an imported link has one", () => {
    const { want = {}, live: objects = [] } = premium({ want: { account: "ops" }, story: two });
    const lock = { "product.plan": { id: "prd_plan" } };
    const imports = { "paymentLink.premium": "lnk_1" };
    expect(tripped("routing", { ...two, want, lock, live: objects, imports })).toHaveProperty([
      "paymentLink.premium",
    ]);
  });

  test("a route that was not read in this run trips", () => {
    const object = live("paymentLink.premium", { id: "lnk_1" });
    const { feeModel: _, ...values } = object.values;
    const story = premium({ want: { linkName: "Gold" }, liveParts: { values, whole: false } });
    expect(trips("routing", story)[0]?.message).toContain("could not be read");
  });
});

describe("the guard `routing` on an account", () => {
  const account = (parts: object, lockAccounts: Story["lockAccounts"], story: Story = {}) =>
    premium({ story: { ...story, accounts: { treasury: parts }, ...(lockAccounts && { lockAccounts }) } });

  test("says nothing where it is as recorded, or was never recorded", () => {
    expect(tripped("routing", account({}, { treasury: recorded() }))).toEqual({});
    expect(tripped("routing", account({}, undefined))).toEqual({});
  });

  test("another payout address trips once, for all its links", () => {
    const [trip, ...others] = trips("routing", account({ address: payout("6") }, { treasury: recorded() }));
    expect(others).toEqual([]);
    expect(trip?.address).toBe("account.treasury");
    expect(trip?.message).toBe(
      `All links that pay to \`treasury\` (acc_01) would pay to ${payout("6")} instead of ${payout("1")}.`,
    );
    expect(trip?.value).toBe(`${payout("6")}@v1`);
  });

  test("another version trips, also one that appears or vanishes", () => {
    const value = { "account.treasury": `${payout("1")}@v2` };
    expect(tripped("routing", account({ version: "v2" }, { treasury: recorded() }))).toEqual(value);
    const unversioned = { id: "acc_01", address: payout("1") };
    expect(tripped("routing", account({ version: "v2" }, { treasury: unversioned }))).toEqual(value);
    expect(tripped("routing", account({ version: undefined }, { treasury: recorded() }))).toEqual({
      "account.treasury": payout("1"),
    });
  });

  test("giving the account another name does not hide it", () => {
    const story: Story = {
      accounts: { main: { address: payout("6") } },
      lockAccounts: { treasury: recorded() },
    };
    expect(tripped("routing", premium({ want: { account: "main" }, story }))).toEqual({
      "account.main": `${payout("6")}@v1`,
    });
  });

  test("a record under an old name does not trip for ever", () => {
    const story: Story = {
      accounts: { main: { address: payout("6") } },
      lockAccounts: { treasury: recorded(), main: recorded({ address: payout("6") }) },
    };
    expect(tripped("routing", premium({ want: { account: "main" }, story }))).toEqual({});
  });

  test("an account that nothing uses is nobody's route", () => {
    const story: Story = {
      accounts: { treasury: {}, spare: { id: "acc_09", address: payout("9") } },
      lockAccounts: { spare: { id: "acc_09", address: payout("8"), version: "v1" } },
    };
    expect(tripped("routing", premium({ story }))).toEqual({});
  });

  test("an account of retired links is watched: they may come back", () => {
    const story = premium({
      lockParts: { retired: true },
      story: { accounts: { treasury: { address: payout("6") } }, lockAccounts: { treasury: recorded() } },
    });
    const { "paymentLink.premium": _, ...want } = story.want ?? {};
    expect(tripped("routing", { ...story, want })).toHaveProperty(["account.treasury"]);
  });
});
