import { formatDollars, type MicroUsd } from "../../state/money.js";

/** Why a change of an amount is one to stop at. */
export type Alarm = "power of ten" | "zero" | "threshold" | "not exact";

/**
 * Judges how an amount moves, in whole numbers. A power of ten (a slipped decimal point) and zero are an alarm
 * whatever the threshold; otherwise more than `maxChangeBp` hundredths of a percent of the live amount is.
 */
export function judgeMove(move: Move, maxChangeBp: number): Alarm | undefined {
  const { before, after } = move;
  if (!Number.isSafeInteger(before) || !Number.isSafeInteger(after)) return "not exact";
  const [was, is] = [BigInt(before), BigInt(after)];
  if (was === is) return undefined;
  if (is === 0n) return "zero";
  if (powerOfTen(was, is) !== undefined) return "power of ten";
  return exceeds(distance(was, is), was, basisPoints(maxChangeBp)) ? "threshold" : undefined;
}

export interface Move {
  readonly before: MicroUsd;
  readonly after: MicroUsd;
}

/**
 * `$12.99 instead of $9.99 (+30.0%)`, with the factor where it is a power of ten. A move beyond `maxChangeBp` never
 * looks like one that is just within.
 */
export function sayMove({ before, after }: Move, maxChangeBp: number): string {
  if (!Number.isSafeInteger(before) || !Number.isSafeInteger(after)) return "an amount that is not exact";
  return `${formatDollars(after)} instead of ${formatDollars(before)} (${sayChange(BigInt(before), BigInt(after), basisPoints(maxChangeBp))})`;
}

/** A threshold that is no number lets nothing through. */
export function basisPoints(threshold: number): bigint {
  return Number.isSafeInteger(threshold) && threshold >= 0 ? BigInt(threshold) : 0n;
}

/** Whether a part is more than so many hundredths of a percent of the whole. */
export function exceeds(part: bigint, whole: bigint, points: bigint): boolean {
  return part * 10_000n > whole * points;
}

const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

/** `12.5%` of 1250. */
export function sayShare(threshold: number): string {
  const points = basisPoints(threshold);
  const decimals = (points % 100n).toString().padStart(2, "0").replace(/0+$/, "");
  return `${points / 100n}${decimals === "" ? "" : `.${decimals}`}%`;
}

function powerOfTen(was: bigint, is: bigint): bigint | undefined {
  const [small, large] = was < is ? [was, is] : [is, was];
  if (small <= 0n || large % small !== 0n) return undefined;
  const factor = large / small;
  return /^10+$/.test(factor.toString()) ? factor : undefined;
}

function sayChange(was: bigint, is: bigint, maxChangeBp: bigint): string {
  if (was === 0n) return "from nothing";
  if (is === 0n) return "for free";
  const factor = powerOfTen(was, is);
  if (factor !== undefined) {
    return `exactly ${factor} times ${is > was ? "as much" : "less"}: a slipped decimal point?`;
  }
  const size = distance(was, is);
  const tenths = (size * 2000n + was) / (was * 2n);
  const sign = is > was ? "+" : "-";
  if (tenths === 0n) return `${sign}<0.1%`;
  const isRoundedInto = exceeds(size, was, maxChangeBp) && tenths * 10n <= maxChangeBp;
  return `${isRoundedInto ? "just over " : ""}${sign}${tenths / 10n}.${tenths % 10n}%`;
}
