/** How one amount became another. Signs are the renderer's. */
export type AmountChange =
  | { readonly is: "percent"; readonly text: string }
  /** Exactly ten, a hundred… times as much or as little: most often a slipped decimal point. */
  | { readonly is: "factor"; readonly up: boolean; readonly factor: string; readonly percent: string }
  | { readonly is: "from zero" | "to zero" };

const decimal = /^(-?)(\d+)\.(\d{2,6})$/;

/** The Micro-USD of an amount as the plan writes it (`"9.99"`); `undefined` where it is none. */
export function readAmount(text: unknown): bigint | undefined {
  const parts = typeof text === "string" ? decimal.exec(text) : null;
  if (parts === null) return undefined;
  const [, sign = "", whole = "0", decimals = ""] = parts;
  const micro = BigInt(whole + decimals.padEnd(6, "0"));
  return sign === "-" ? -micro : micro;
}

/** As people write it: `$1,250.00`. Takes what `readAmount` accepts. */
export function dollars(text: string): string {
  const [, sign = "", whole = "0", decimals = "00"] = decimal.exec(text) ?? [];
  const significant = whole.replace(/^0+(?=\d)/, "");
  return `${sign}$${significant.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
}

/** What became of an amount, exact; `undefined` where nothing did. */
export function compareAmounts(before: bigint, after: bigint): AmountChange | undefined {
  if (before === after) return undefined;
  if (before === 0n) return { is: "from zero" };
  if (after === 0n) return { is: "to zero" };
  const percent = percentChange(before, after);
  const up = after > before;
  const [large, small] = up ? [after, before] : [before, after];
  const factor = large % small === 0n ? (large / small).toString() : "";
  return /^10+$/.test(factor) ? { is: "factor", up, factor, percent } : { is: "percent", text: percent };
}

/** One decimal, half up (away from zero); never `0.0%` for what is not nothing. */
function percentChange(before: bigint, after: bigint): string {
  const change = after - before;
  const sign = change < 0n === before < 0n ? "+" : "-";
  const [size, base] = [absolute(change), absolute(before)];
  const tenths = (size * 2000n + base) / (base * 2n);
  return tenths === 0n ? `${sign}<0.1%` : `${sign}${tenths / 10n}.${tenths % 10n}%`;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
