import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseAllowance, parseLastingAllowance } from "../../../src/config/policy/parse-allowance.js";
import { judge } from "../../../src/engine/guards/judge.js";
import type { Allowance, GuardId } from "../../../src/state/policy.js";
import type { FieldValue } from "../../../src/state/value.js";
import {
  item,
  live,
  liveLink,
  premium,
  productValues,
  review,
  type Story,
  source,
  tripped,
  usd,
  webhookValues,
} from "./builders.js";

const amount = fc.constantFrom(usd(1), usd(9.99), usd(10), usd(12), usd(90), usd(100), 0);
const link = (product: string, accounts: readonly string[]) =>
  fc.record({
    feeModel: fc.constantFrom("payer", "merchant"),
    account: fc.constantFrom(...accounts),
    successUrl: fc.constantFrom(null, "https://acme.example/a", "https://evil.example/a", "no url"),
    lineItems: fc
      .tuple(fc.integer({ min: 1, max: 3 }), amount)
      .map(([quantity, unit]): FieldValue => [item(product, quantity, unit)]),
  });
const liveLinks = link("prd_plan", ["acc_01", "acc_02"]);
const accounts = { treasury: {}, ops: { id: "acc_02", address: `0x${"2".repeat(40)}` } };

describe("whatever the lockfile says", () => {
  test("price, routing and exit judge alike: they compare with what is live", () => {
    const wanted = link("plan", ["treasury", "ops"]);
    fc.assert(
      fc.property(wanted, liveLinks, liveLinks, liveLinks, (want, seen, base, other) => {
        for (const guard of ["price", "routing", "exit"] as const satisfies readonly GuardId[]) {
          const told = { want, live: seen, story: { accounts } };
          expect(tripped(guard, premium({ ...told, base }))).toEqual(
            tripped(guard, premium({ ...told, base: other })),
          );
        }
      }),
    );
  });

  test("what it says of fields that the list left out stands for nothing", () => {
    const { lineItems: _, ...values } = liveLink();
    const story = premium({
      want: { linkName: "Premium", lineItems: [item("plan", 1, usd(90))], customSuccessText: "Hi" },
      liveParts: { values, whole: false, versionCode: "ver_1" },
      lockParts: { values: liveLink({ lineItems: [item("prd_plan", 1, usd(90))] }), versionCode: "ver_1" },
    });
    for (const guard of ["price", "routing", "exit"] as const) {
      expect(tripped(guard, story)).toHaveProperty(["paymentLink.premium"]);
    }
  });

  test("retired or not, a page that would change is judged alike", () => {
    fc.assert(
      fc.property(liveLinks, (seen) => {
        const told = { live: seen, story: { accounts } };
        const [usual, revived] = [{}, { retired: true, open: false }].map((lockParts) =>
          (["price", "routing", "exit"] as const).map((guard) =>
            tripped(guard, premium({ ...told, lockParts })),
          ),
        );
        expect(revived).toEqual(usual);
      }),
    );
  });
});

/** Stories that trip every guard, with names and URLs that could break out of a line of YAML. */
const hostile = '"a" #b, c: [d]=e $f{} %0A \u202e\n';
const stories: { readonly [guard in GuardId]: Story } = {
  price: premium({
    want: { lineItems: [item("plan", 3, usd(90))] },
    story: { accounts },
  }),
  routing: premium({ want: { account: "ops", settlementToken: hostile }, story: { accounts } }),
  exit: premium({ want: { successUrl: hostile } }),
  retire: many({ open: false }),
  shrink: { ...many({}), want: {} },
  protect: premium({ wantParts: { open: false, lifecycle: { protect: true } } }),
  conflict: premium({ base: { feeModel: "x" }, live: { feeModel: "y" } }),
  reopen: premium({ liveParts: { open: false, versionCode: hostile }, lockParts: { open: true } }),
  duplicate: {
    want: { "webhook.a": { values: webhookValues() } },
    live: [hostile, "b", "c", "d"].map((id) => live("webhook.x", { id, values: webhookValues() })),
  },
  missing: {
    want: { "product.a": { values: productValues() } },
    lock: { "product.a": { id: hostile } },
    gone: [hostile],
  },
};

function many(parts: { readonly open?: boolean }): Story {
  const names = ["a", "b", "c", "d", "e"];
  const values = (name: string) => productValues({ name });
  return {
    want: Object.fromEntries(names.map((name) => [`product.${name}`, { values: values(name), ...parts }])),
    lock: Object.fromEntries(names.map((name) => [`product.${name}`, { id: name }])),
    live: names.map((id) => live(`product.${id}`, { id, values: values(id) })),
  };
}

describe("what a plan prints to allow something", () => {
  test.each(Object.entries(stories))(
    "`%s` can be copied into policy.allow and lets exactly this through",
    (id, story) => {
      const { guards } = judge(review(story), []);
      expect(guards.map((guard) => guard.id)).toContain(id);
      const list = parse(`allow: [${guards.map(({ allowWith }) => allowWith).join(", ")}]`).allow as string[];
      const allow = list.map((text) => parseLastingAllowance(text, source) as Allowance);
      const after = judge(review({ ...story, policy: { allow } }), []);
      expect(after.guards.map(({ state }) => state)).toEqual(guards.map(() => "allowed"));
      expect(after.diagnostics).toEqual([]);
      expect(after.policy).toHaveLength(guards.length);
    },
  );

  test.each(Object.entries(stories))("`%s` can be typed after --allow", (_, story) => {
    const { guards } = judge(review(story), []);
    expect(guards).not.toEqual([]);
    for (const { id, address, allowWith } of guards) {
      expect(allowWith).toMatch(/^[!-~]+$/);
      for (const text of [allowWith, `${id}:${address}`]) {
        const parsed = parseAllowance(text);
        const flags = parsed.ok ? [parsed.value] : [];
        const after = judge(review(story), flags).guards.find((one) => one.allowWith === allowWith);
        expect(after?.state).toBe("allowed");
      }
    }
  });
});
