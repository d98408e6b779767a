import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDollars, formatUsd, parseDollars, parseEverydayDollars } from "../../src/state/money.js";

const amount = fc.oneof(fc.nat(2_000_000_000), fc.maxSafeNat());
const microUsd = (text: string) => {
  const reading = parseDollars(text);
  return reading.ok ? reading.microUsd : reading.why;
};

describe("money", () => {
  test("written as dollars is read back as the same Micro-USD, whatever the amount", () => {
    fc.assert(
      fc.property(amount, (micro) => {
        expect(microUsd(formatDollars(micro))).toBe(micro);
        expect(microUsd(`$${formatUsd(micro)}`)).toBe(micro);
        expect(microUsd(`${formatUsd(micro)} USD`)).toBe(micro);
      }),
    );
  });

  test("is exact where a float is not", () => {
    fc.assert(
      fc.property(fc.nat(9_007_199_253), fc.nat(999_999), (dollars, micro) => {
        const text = `$${dollars}.${String(micro).padStart(6, "0")}`;
        expect(microUsd(text)).toBe(Number(BigInt(dollars) * 1_000_000n + BigInt(micro)));
      }),
    );
  });

  test("is read fast as it is read carefully", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 0, maxLength: 11 });
    const texts = fc.oneof(
      amount.map(formatDollars),
      fc
        .tuple(fc.constantFrom("$", "$ ", "", "-$"), digits, fc.constantFrom("", "."), digits)
        .map((parts) => parts.join("")),
    );
    let fast = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseEverydayDollars(text);
        if (read === undefined) return;
        fast += 1;
        expect(read).toBe(microUsd(text));
      }),
      { numRuns: 1000 },
    );
    expect(fast).toBeGreaterThan(100);
  });

  test("has at least two decimals, and none that say nothing", () => {
    fc.assert(
      fc.property(amount, (micro) => {
        expect(formatUsd(micro)).toMatch(/^\d+\.(\d\d|\d{2,5}[1-9])$/);
      }),
    );
  });

  test("is grouped by thousands for people", () => {
    fc.assert(
      fc.property(
        amount,
        (micro) => void expect(formatDollars(micro)).toMatch(/^\$\d{1,3}(,\d{3})*\.\d{2,6}$/),
      ),
    );
  });

  test.each([
    ["$9.99", 9_990_000],
    ["9.99 USD", 9_990_000],
    ["9.99USD", 9_990_000],
    ["$ 9.99", 9_990_000],
    ["$1,250", 1_250_000_000],
    ["$1,250,000.5", 1_250_000_500_000],
    ["$0.000001", 1],
    ["$9007199254.740991", Number.MAX_SAFE_INTEGER],
    ["$9007199254.740992", "size"],
    ["$0.0000001", "precision"],
    ["$0.1000000", "precision"],
    ["$-1", "negative"],
    ["-1 USD", "negative"],
    ["9.99", "format"],
    ["$12,50", "format"],
    ["$1,2345", "format"],
    ["$,123", "format"],
    ["$1.", "format"],
    ["$.5", "format"],
    ["$1e3", "format"],
    ["$0x10", "format"],
    ["$1 USD", "format"],
    ["$١", "format"],
    ["€5", "format"],
    ["", "format"],
  ] as const)("%s is %s", (text, expected) => {
    expect(microUsd(text)).toBe(expected);
  });

  test.each([
    [0, "0.00", "$0.00"],
    [500, "0.0005", "$0.0005"],
    [99_000_000, "99.00", "$99.00"],
    [1_250_000_000, "1250.00", "$1,250.00"],
    [-12_990_000, "-12.99", "-$12.99"],
    [Number.MAX_SAFE_INTEGER, "9007199254.740991", "$9,007,199,254.740991"],
  ])("%s Micro-USD is %s in a plan, %s for people", (micro, plain, forPeople) => {
    expect([formatUsd(micro), formatDollars(micro)]).toEqual([plain, forPeople]);
  });
});
