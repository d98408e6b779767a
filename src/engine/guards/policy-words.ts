import { formatDollars } from "../../state/money.js";
import { type Allowance, defaultPolicy, type Policy } from "../../state/policy.js";
import { sayShare } from "./amount.js";

/** What a reviewer must know before reading on: thresholds looser than the defaults, and what is let through. Sorted. */
export function describePolicy(policy: Policy, allowances: readonly Allowance[]): readonly string[] {
  return [...new Set([...looserThresholds(policy), ...allowances.map(describeAllowance)])].sort();
}

function looserThresholds(policy: Policy): string[] {
  const lines: string[] = [];
  for (const name of ["maxPriceChange", "maxRetire"] as const) {
    const [now, usual] = [policy[`${name}Bp`], defaultPolicy[`${name}Bp`]];
    if (now > usual) lines.push(`${name} is ${sayShare(now)} (default ${sayShare(usual)})`);
  }
  const [min, max] = policy.priceRangeMicroUsd;
  const [usualMin, usualMax] = defaultPolicy.priceRangeMicroUsd;
  if (min < usualMin || max > usualMax) {
    lines.push(`priceRange is ${range(min, max)} (default ${range(usualMin, usualMax)})`);
  }
  return lines;
}

const range = (min: number, max: number) => `${formatDollars(min)} to ${formatDollars(max)}`;

function describeAllowance({ guard, address, value, origin }: Allowance): string {
  const what = `${guard}:${address}${value === undefined ? "" : `=${value}`}`;
  return origin === "policy"
    ? `policy.allow lets through ${what}`
    : `--allow lets through ${what} in this run${value === undefined ? ", whatever the value" : ""}`;
}
