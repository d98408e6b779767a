import { describe, expect, it } from "vitest";
import { feesOf } from "../../src/engine/fees.js";
import type { Capabilities } from "../../src/state/live.js";

const capabilities = (...rates: readonly (number | undefined)[]): Capabilities => ({
  tokens: ["polygon::usdc"],
  routes: new Map([
    [
      "polygon::usdc",
      rates.map((feeRatePpm, index) => ({
        tokenId: `token-${index}`,
        crosschain: false,
        feeRatePpm,
        minMicroUsd: 0,
        maxMicroUsd: 1,
      })),
    ],
  ]),
});
const sale = { total: 100_000_000, settlementToken: "polygon::usdc", feeBearer: "merchant" } as const;

describe("fees", () => {
  it("are those of every way to pay, cheapest first, each once", () => {
    expect(feesOf(sale, capabilities(6000, 2000, 6000, 12_500)).map(({ percent }) => percent)).toEqual([
      "0.2",
      "0.6",
      "1.25",
    ]);
  });

  it("are taken from the merchant, or put on top for the buyer", () => {
    const [merchant] = feesOf(sale, capabilities(6000));
    const [buyer] = feesOf({ ...sale, feeBearer: "buyer" }, capabilities(6000));
    expect(merchant).toEqual({ percent: "0.6", buyerPays: "100.00", merchantGets: "99.40" });
    expect(buyer).toEqual({ percent: "0.6", buyerPays: "100.60", merchantGets: "100.00" });
  });

  it.each([
    ["no capabilities", sale, undefined],
    ["no way to pay", sale, capabilities()],
    ["a rate that is not told", sale, capabilities(2000, undefined)],
    ["an amount that the buyer enters", { ...sale, total: null }, capabilities(2000)],
    ["an unknown bearer", { ...sale, feeBearer: null }, capabilities(2000)],
    ["another token", { ...sale, settlementToken: "base::usdc" }, capabilities(2000)],
  ])("are not made up: %s", (_what, one, known) => {
    expect(feesOf(one, known)).toEqual([]);
  });
});
