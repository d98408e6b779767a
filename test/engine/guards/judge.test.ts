import { describe, expect, test } from "vitest";
import { judge } from "../../../src/engine/guards/judge.js";
import { type Allowance, guardIds } from "../../../src/state/policy.js";
import { item, premium, review, type Story, source, usd } from "./builders.js";

const address = "paymentLink.premium";
const dear = (story: Story = {}) => premium({ want: { lineItems: [item("plan", 1, usd(90))] }, story });
const flag = (parts: Partial<Allowance> = {}): Allowance => ({
  guard: "price",
  address,
  origin: "flag",
  ...parts,
});
const lasting = (value: string, parts: Partial<Allowance> = {}): Allowance => ({
  guard: "price",
  address,
  value,
  origin: "policy",
  source,
  ...parts,
});
const states = (story: Story, flags: readonly Allowance[] = []) =>
  judge(review(story), flags).guards.map(({ id, state }) => `${id} ${state}`);
const codes = (story: Story, flags: readonly Allowance[] = []) =>
  judge(review(story), flags).diagnostics.map(({ code, severity }) => `${code} ${severity}`);

describe("what trips", () => {
  test("is shown with what would allow exactly this", () => {
    expect(judge(review(dear()), []).guards).toEqual([
      {
        id: "price",
        address,
        state: "tripped",
        message: expect.stringContaining("would cost $90.00 instead of $10.00 (+800.0%)"),
        allowWith: "price:paymentLink.premium=90.00",
      },
    ]);
  });

  test("comes first, then in the order of the guards, then by address", () => {
    const both = premium({
      want: { lineItems: [item("plan", 1, usd(90))], feeModel: "merchant", successUrl: "https://x.example/" },
    });
    expect(states(both)).toEqual(["price tripped", "routing tripped", "exit tripped"]);
    expect(states(both, [flag()])).toEqual(["routing tripped", "exit tripped", "price allowed"]);
  });

  test("says its sentence whatever the dashboard wrote: a name cannot end its quotation", () => {
    const name = "Premium` would cost $10.00 as before. `";
    const shown = "`Premium\\u{60} would cost $10.00 as before. \\u{60}`";
    const both = premium({
      live: { linkName: name, successUrl: "a`b" },
      want: {
        lineItems: [item("plan", 1, usd(90))],
        feeModel: "merchant",
        successUrl: "https://x.example/",
      },
    });
    const messages = judge(review(both), []).guards.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/would cost \$90\.00/),
      expect.stringMatching(/^Where the money of /),
      expect.stringMatching(/instead of `a\\u\{60\}b`\.$/),
    ]);
    for (const message of messages) {
      expect(message).toContain(shown);
      expect(message.split("`").length % 2).toBe(1);
    }
  });

  test("nothing, where nothing is dangerous", () => {
    expect(judge(review(premium({ want: { linkName: "Gold" } })), [])).toEqual({
      guards: [],
      diagnostics: [],
      policy: [],
    });
  });
});

describe("an allowance", () => {
  test("as a flag needs no value; if it has one, it must be this", () => {
    expect(states(dear(), [flag()])).toEqual(["price allowed"]);
    expect(states(dear(), [flag({ value: "90.00" })])).toEqual(["price allowed"]);
    expect(states(dear(), [flag({ value: "91.00" })])).toEqual(["price tripped"]);
  });

  test("of the policy needs the value; another one trips again, and says so", () => {
    expect(states(dear({ policy: { allow: [lasting("90.00")] } }))).toEqual(["price allowed"]);
    const { guards, diagnostics } = judge(review(dear({ policy: { allow: [lasting("9.00")] } })), []);
    expect(guards[0]?.message).toContain("What is allowed is another value: 9.00.");
    expect(diagnostics.map(({ code }) => code)).toEqual(["GS4101"]);
    // The guard does trip: what is allowed is only not what it trips over.
    expect(diagnostics[0]?.summary).toContain("another value");
    expect(diagnostics[0]?.summary).not.toContain("nothing stops");
    const { value: _, ...bare } = lasting("");
    expect(states(dear({ policy: { allow: [bare] } }))).toEqual(["price tripped"]);
  });

  test("lets one guard and one address through, no other", () => {
    expect(states(dear(), [flag({ guard: "routing" })])).toEqual(["price tripped"]);
    expect(states(dear(), [flag({ address: "product.plan" })])).toEqual(["price tripped"]);
  });

  test("that nothing needs is a warning at its place", () => {
    const { diagnostics } = judge(review(premium({ story: { policy: { allow: [lasting("90.00")] } } })), []);
    expect(diagnostics).toMatchObject([{ code: "GS4101", severity: "warning", source }]);
    expect(codes(premium({}), [flag()])).toEqual(["GS4101 warning"]);
  });

  test("of the policy may be needed by what --target, or half a list, leaves out", () => {
    const policy = { allow: [lasting("90.00")] };
    expect(codes(premium({ story: { policy, targets: ["product.plan"] } }))).toEqual([]);
    expect(codes(premium({ story: { policy, incomplete: true } }))).toEqual([]);
    expect(codes(premium({ story: { targets: ["product.plan"] } }), [flag()])).toEqual(["GS4101 warning"]);
  });

  test.each([
    ["an unknown entry", { address: "paymentLink.premum" }],
    ["no address at all", { address: "premium" }],
    ["everything, for a guard that looks at entries", { address: "config" }],
    ["an entry, for a guard that looks at everything", { guard: "retire" as const }],
    ["an account, for a guard that looks at entries", { address: "account.treasury" }],
    ["an unknown account", { guard: "routing" as const, address: "account.ops" }],
  ])("that names %s is an error", (_, parts) => {
    expect(codes(premium({}), [flag(parts)])).toEqual(["GS4102 error"]);
    expect(codes(premium({ story: { policy: { allow: [lasting("1", parts)] } } }))).toEqual(["GS4102 error"]);
  });

  test("that names no guard is an error", () => {
    const unknown = flag({ guard: "prices" as Allowance["guard"] });
    expect(codes(premium({}), [unknown])).toEqual(["GS4102 error"]);
  });

  test.each([
    ["an entry of the lockfile", "protect", "webhook.old"],
    ["everything", "retire", "config"],
    ["an account of the configuration", "routing", "account.treasury"],
    ["an account of the lockfile", "routing", "account.old"],
  ] as const)("that names %s is none", (_, guard, at) => {
    const story: Story = {
      lock: { "webhook.old": { id: "wkid_1", retired: true, open: false } },
      lockAccounts: { old: { id: "acc_00", address: "0x0" } },
    };
    expect(codes(premium({ story }), [flag({ guard, address: at })])).toEqual(["GS4101 warning"]);
  });

  test("that names an entry of another environment is idle in this one", () => {
    const allow = [lasting("90.00", { address: "paymentLink.elsewhere" })];
    expect(codes(premium({ story: { policy: { allow }, environment: "eu" } }))).toEqual(["GS4101 warning"]);
    expect(codes(premium({ story: { policy: { allow } } }))).toEqual(["GS4102 error"]);
  });

  test("that names an entry which only the real lockfile knows is idle in a rehearsal; a flag is a slip there too", () => {
    const gone = { address: "paymentLink.elsewhere" };
    const story = { policy: { allow: [lasting("90.00", gone)] }, rehearsal: true };
    expect(codes(premium({ story }))).toEqual(["GS4101 warning"]);
    expect(codes(premium({ story: { rehearsal: true } }), [flag(gone)])).toEqual(["GS4102 error"]);
  });
});

describe("the head of a plan", () => {
  test("says what is looser than the defaults, and what is let through", () => {
    const story = premium({
      story: {
        policy: {
          maxPriceChangeBp: 8000,
          maxRetireBp: 2050,
          priceRangeMicroUsd: [usd(0.001), usd(100_000)],
          allow: [lasting("90.00")],
        },
      },
    });
    expect(judge(review(story), [flag(), flag({ value: "90.00" })]).policy).toEqual([
      "--allow lets through price:paymentLink.premium in this run, whatever the value",
      "--allow lets through price:paymentLink.premium=90.00 in this run",
      "maxPriceChange is 80% (default 50%)",
      "maxRetire is 20.5% (default 20%)",
      "policy.allow lets through price:paymentLink.premium=90.00",
      "priceRange is $0.001 to $100,000.00 (default $0.01 to $100,000.00)",
    ]);
  });

  test("is silent about what is as strict, or stricter", () => {
    const policy = { maxPriceChangeBp: 100, maxRetireBp: 0, priceRangeMicroUsd: [usd(1), usd(2)] as const };
    expect(judge(review(premium({ story: { policy } })), []).policy).toEqual([]);
  });
});

test("no guard has a switch: allowing them all for something else allows nothing here", () => {
  const allow = guardIds.map((guard) =>
    flag({ guard, address: guard === "retire" || guard === "shrink" ? "config" : "product.plan" }),
  );
  expect(states(dear(), allow)).toEqual(["price tripped"]);
});
