import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAmounts, dollars, readAmount } from "../../src/render/view/money.js";
import { formatDollars, formatUsd } from "../../src/state/money.js";

const compare = (before: string, after: string) =>
  compareAmounts(readAmount(before) ?? 0n, readAmount(after) ?? 0n);

describe("the difference between two amounts", () => {
  it.each([
    ["9.99", "12.99", "+30.0%"],
    ["19.90", "24.90", "+25.1%"],
    ["10.00", "9.50", "-5.0%"],
    ["1000.00", "1000.50", "+0.1%"],
    ["1000.00", "1000.49", "+<0.1%"],
    ["0.000001", "0.000003", "+200.0%"],
    ["3.00", "2.00", "-33.3%"],
    ["9007199254.740991", "9007199254.740990", "-<0.1%"],
  ])("from %s to %s is %s", (before, after, text) => {
    expect(compare(before, after)).toEqual({ is: "percent", text });
  });

  it.each([
    ["9.99", "99.90", true, "10", "+900.0%"],
    ["5.00", "5000.00", true, "1000", "+99900.0%"],
    ["99.90", "9.99", false, "10", "-90.0%"],
  ])("from %s to %s is a slipped decimal point", (before, after, up, factor, percent) => {
    expect(compare(before, after)).toEqual({ is: "factor", up, factor, percent });
  });

  it("has words for zero, and nothing for nothing", () => {
    expect(compare("0.00", "1.00")).toEqual({ is: "from zero" });
    expect(compare("1.00", "0.00")).toEqual({ is: "to zero" });
    expect(compare("1.00", "1.000000")).toBeUndefined();
  });
});

describe("an amount", () => {
  it("reads as the rest of the tool writes it", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (micro) => {
        expect(dollars(formatUsd(micro))).toBe(formatDollars(micro));
        expect(readAmount(formatUsd(micro))).toBe(BigInt(micro));
      }),
    );
  });

  it.each(["9", "$9.99", "9.9", "1e3", "9.9999999", null, 999])("is not %s", (value) => {
    expect(readAmount(value)).toBeUndefined();
  });
});
