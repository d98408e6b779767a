import type { Capabilities } from "../state/live.js";
import { formatUsd, type MicroUsd } from "../state/money.js";
import type { PlanOffer } from "../state/plan-document.js";
import type { Offer } from "./kind.js";

const MILLION = 1_000_000n;

/**
 * What a payment costs along the ways that the public capabilities list, cheapest first; nothing where any of them
 * leaves its rate open, or the price is not fixed. Fact F32: feeModel 1: the merchant nets less, 2: the buyer pays more.
 */
export function feesOf(
  {
    total,
    settlementToken,
    feeBearer,
  }: { total: MicroUsd | null; settlementToken: string | null; feeBearer: Offer["feeBearer"] },
  capabilities: Capabilities | undefined,
): PlanOffer["fees"] {
  const routes = capabilities?.routes.get(settlementToken ?? "") ?? [];
  const rates = routes.map(({ feeRatePpm }) => feeRatePpm);
  if (total === null || !Number.isSafeInteger(total) || feeBearer === null) return [];
  if (!rates.every((rate) => rate !== undefined && rate >= 0)) return [];
  return [...new Set(rates)]
    .filter((rate) => rate !== undefined)
    .sort((a, b) => a - b)
    .map((rate) => {
      // Half a Micro-USD up. Fact gap G19: how GStable rounds; no more is claimed than "about".
      const fee = Number((BigInt(total) * BigInt(rate) + MILLION / 2n) / MILLION);
      return {
        percent: percentOf(rate),
        buyerPays: formatUsd(feeBearer === "buyer" ? total + fee : total),
        merchantGets: formatUsd(feeBearer === "buyer" ? total : total - fee),
      };
    });
}

/** Parts per million as a percentage: 2000 is `0.2`. */
function percentOf(ppm: number): string {
  const decimals = String(ppm % 10_000)
    .padStart(4, "0")
    .replace(/0+$/, "");
  return `${Math.floor(ppm / 10_000)}${decimals === "" ? "" : `.${decimals}`}`;
}
