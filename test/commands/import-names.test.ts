import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slugOf, takeName } from "../../src/commands/import/names.js";
import { entryNamePattern } from "../../src/state/address.js";

const slug = (title: string, id = "prd_AbC123") => slugOf(title, { fallback: "product", id });

describe("the name of an imported entry", () => {
  it.each([
    ["Premium Plan", "premium-plan"],
    ["  Café Crème (1 kg)! ", "cafe-creme-1-kg"],
    ["Größe ß & Ærø Łódź", "grosse-ss-aero-lodz"],
    ["Bob's", "bobs"],
    ["ﬁne ½", "fine-1-2"],
    ["snake_case", "snake-case"],
    ["高级 Plan 🎉", "plan"],
    ["\u001b[31mred", "red"],
    ["__proto__", "proto"],
    ["2024", "2024"],
    ["Ask Jo, sk_live_0123456789ABcdef", "ask-jo-sk-live-hidden"],
  ])("of %j is %s", (title, expected) => {
    expect(slug(title)).toBe(expected);
  });

  it.each(["高级会员", "🎉", "", "   ", "—", "\u202e"])(
    "of %j, which no letter survives, comes from the id",
    (title) => {
      expect(slug(title)).toBe("product-abc123");
    },
  );

  it("is cut at a word", () => {
    expect(slug("word ".repeat(30))).toBe("word-".repeat(12).slice(0, -1));
    expect(slug("x".repeat(200))).toBe("x".repeat(60));
  });

  it("keeps to the rule of names, whatever the title and the id", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, id) => {
        expect(slug(title, id)).toMatch(entryNamePattern);
      }),
    );
  });

  it("is given once", () => {
    const taken = new Set(["plan"]);
    expect([takeName("plan", taken), takeName("plan", taken), takeName("other", taken)]).toEqual([
      "plan-2",
      "plan-3",
      "other",
    ]);
  });
});
