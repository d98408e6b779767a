import { describe, expect, it } from "vitest";
import { renderPlan } from "../../src/render/index.js";
import { viewPlan } from "../../src/render/view/plan.js";
import type { PlanBuyer, PlanChange } from "../../src/state/plan-document.js";
import { buyer, change, fullPlan, offer, plan, terminal } from "./builders.js";

const kept = { before: "https://pay.example/a", after: "https://pay.example/a", kept: true };
const fresh = { before: null, after: null, kept: false };
const fees = (...each: [percent: string, buyerPays: string, merchantGets: string][]) =>
  each.map(([percent, buyerPays, merchantGets]) => ({ percent, buyerPays, merchantGets }));

/** The sentences about one page, as they are read. */
function say(parts: Partial<PlanBuyer>, about: Partial<PlanChange> = { url: kept }): string[] {
  const { buyers } = viewPlan(plan({ changes: [change(about)], buyers: [buyer(parts)] }));
  return (buyers[0]?.sentences ?? []).map((sentence) =>
    sentence.map(({ is, text }) => (is === "times" ? "×" : text)).join(""),
  );
}

describe("what buyers will see", () => {
  it.each([
    ["nothing new", { url: kept }, {}, "Same page, same URL."],
    [
      "a closed page",
      { url: kept },
      { after: offer({ open: false }) },
      "The page is closed and stays closed. Its URL is kept.",
    ],
    [
      "a new page",
      { actions: ["create"], url: fresh },
      { before: null },
      "A new page. Its URL is known after apply.",
    ],
    [
      "a page that is born closed",
      { actions: ["create", "disable"], url: fresh },
      { before: null },
      "A new page, closed right after it is made.",
    ],
    [
      "a lost URL",
      { actions: ["create"], url: { before: "https://pay.example/old", after: null, kept: false } },
      { before: null },
      "A new page at a new URL; the old one, https://pay.example/old, no longer leads to it.",
    ],
    [
      "a page that closes",
      { actions: ["disable"], url: kept },
      { after: offer({ open: false }) },
      "The page closes: buyers cannot pay there any more. Its URL is kept.",
    ],
    [
      "a page that opens",
      { actions: ["enable"], url: kept },
      { before: offer({ open: false }) },
      "The page opens: buyers can pay there from then on. Its URL is kept.",
    ],
    [
      "a page that is let go of",
      { actions: ["forget"], url: kept },
      {},
      "The page stays as it is, and nobody watches it any more.",
    ],
  ] as [string, Partial<PlanChange>, Partial<PlanBuyer>, string][])(
    "says what becomes of the URL: %s",
    (_what, about, parts, sentence) => {
      expect(say(parts, about)[0]).toBe(sentence);
    },
  );

  it.each([
    ["as it was", offer({}), offer({}), "It costs $9.99, as before."],
    ["more", offer({}), offer({ total: "12.99" }), "It costs $12.99 instead of $9.99 (+30.0%)."],
    [
      "a slipped point",
      offer({}),
      offer({ total: "99.90" }),
      "It costs $99.90 instead of $9.99 (exactly 10 times as much).",
    ],
    ["for free", offer({}), offer({ total: "0.00" }), "It costs $0.00 instead of $9.99 (for free)."],
    [
      "no longer fixed",
      offer({}),
      offer({ total: null }),
      "The buyer enters the amount; so far it costs $9.99.",
    ],
    [
      "fixed from now on",
      offer({ total: null }),
      offer({}),
      "It costs $9.99; so far the buyer enters the amount.",
    ],
    [
      "up to the buyer",
      offer({ total: null }),
      offer({ total: null }),
      "The buyer enters the amount, as before.",
    ],
    ["new", null, offer({ total: "1250.00" }), "It costs $1,250.00."],
  ])("says the price: %s", (_what, before, after, sentence) => {
    expect(say({ before, after })).toContain(sentence);
  });

  it("lists what is sold where that changes", () => {
    const items = [
      { product: "Premium Plan", quantity: 1, unitPrice: "9.99" },
      { product: "E-book", quantity: 2, unitPrice: "4.50" },
    ];
    expect(say({ after: offer({ items, total: "18.99" }) })).toContain(
      "It sells 1 × Premium Plan at $9.99, 2 × E-book at $4.50; so far 1 × Premium Plan.",
    );
    expect(say({ after: offer({ total: "12.99" }) }).join(" ")).not.toContain("It sells");
  });

  it.each([
    [
      offer({ fees: fees(["0.2", "10.00998", "9.99"], ["0.6", "10.04994", "9.99"]) }),
      "The buyer pays the fee on top, 0.2% to 0.6% by way of payment: about $10.01 to $10.05 in all. The merchant gets $9.99.",
    ],
    [
      offer({ feeBearer: "merchant", fees: fees(["0.2", "100.00", "99.80"]) }),
      "The merchant, no longer the buyer, bears the fee, 0.2%, and gets $99.80 of each payment.",
    ],
    [offer({ fees: [] }), "The buyer pays the fee on top."],
    [
      offer({ fees: fees(["0.3", "0.005015", "0.005"]) }),
      "The buyer pays the fee on top, 0.3%: $0.005015 in all. The merchant gets $0.005.",
    ],
  ])("says what arrives, and nothing that is not known: %#", (after, sentence) => {
    expect(say({ after })).toContain(sentence);
  });

  it("names the account and its address, and the ones before", () => {
    expect(say({}).at(-1)).toBe(
      "It is paid out in polygon::usdc to treasury, 0x1111 1111 1111 1111 1111 1111 1111 1111 1111 1111.",
    );
    const after = offer({ account: "ops", payout: "0x22", settlementToken: "base::usdc" });
    expect(say({ after }).at(-1)).toBe(
      "It is paid out in base::usdc instead of polygon::usdc to ops, 0x22, instead of treasury, 0x1111 1111 1111 1111 1111 1111 1111 1111 1111 1111.",
    );
  });

  it.each([
    [null, "https://b.example", "After paying, buyers are sent to https://b.example."],
    [
      "https://a.example",
      "https://b.example",
      "After paying, buyers are sent to https://b.example instead of https://a.example.",
    ],
    ["https://a.example", null, "After paying, buyers are no longer sent to https://a.example."],
    [
      null,
      "https://b\u00fc.example",
      "After paying, buyers are sent to https://b\u00fc.example (xn--b-eha.example).",
    ],
  ])("says where buyers are sent: %s, %s", (was, becomes, sentence) => {
    expect(say({ before: offer({ sendsTo: was }), after: offer({ sendsTo: becomes }) }).at(-1)).toBe(
      sentence,
    );
  });

  it("keeps to the page where one closes and nothing else changes", () => {
    expect(say({ after: offer({ open: false }) }, { actions: ["disable"], url: kept })).toHaveLength(1);
  });

  it("counts the pages on which nothing of it changes", () => {
    const changes = [1, 2].map((number) => change({ number, address: `paymentLink.p${number}`, url: kept }));
    const buyers = [buyer({ number: 1 }), buyer({ number: 2, after: offer({ total: "12.00" }) })];
    const text = renderPlan(plan({ changes, buyers }), terminal);
    expect(text).toContain("On 1 other page what is sold, charged and paid out stays as it is.");
    expect(text).not.toContain("It costs $9.99, as before.");
  });

  it("is left out where a plan file of an older version has none", () => {
    const { buyers: _, ...old } = fullPlan;
    expect(renderPlan(old, terminal)).not.toContain("What buyers will see");
  });
});
