/**
 * Money is an exact integer number of Micro-USD (1,000,000 = $1), as in the API (Fact F8); never a float.
 */
export type MicroUsd = number;

const MICRO_PER_USD = 1_000_000n;

/** What a text that should be money turned out to be. */
export type MoneyReading =
  | { readonly ok: true; readonly microUsd: MicroUsd }
  | { readonly ok: false; readonly why: "format" | "precision" | "negative" | "size" };

/** What nearly every amount looks like: small enough for plain numbers to be exact. */
const everyday = /^\$(0|[1-9]\d{0,8})(?:\.(\d{1,6}))?$/;

/** Reads `$9.99` and the like fast; `undefined`: `parseDollars` has to say. */
export function parseEverydayDollars(text: string): MicroUsd | undefined {
  const [, whole, decimals = ""] = everyday.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 1_000_000 + Number(decimals.padEnd(6, "0"));
}

const amountPattern = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/** Reads `$9.99`, `$1,250` or `9.99 USD`, at most six decimals, at most 2^53 - 1 Micro-USD. Exact. */
export function parseDollars(text: string): MoneyReading {
  const amount = /^\$\s?(.+)$/.exec(text.trim())?.[1] ?? /^(.+?)\s?USD$/.exec(text.trim())?.[1];
  if (amount === undefined) return { ok: false, why: "format" };
  if (amount.startsWith("-")) return { ok: false, why: "negative" };
  const parts = amountPattern.exec(amount);
  if (parts === null) return { ok: false, why: "format" };
  const [, whole = "0", decimals = ""] = parts;
  if (decimals.length > 6) return { ok: false, why: "precision" };
  const micro = BigInt(whole.replaceAll(",", "")) * MICRO_PER_USD + BigInt(decimals.padEnd(6, "0"));
  if (micro > BigInt(Number.MAX_SAFE_INTEGER)) return { ok: false, why: "size" };
  return { ok: true, microUsd: Number(micro) };
}

/**
 * Reads a bare decimal as the payers' API writes dollars: `9.99`, `9.990000000`. Exact, so `undefined` where there is
 * more than Micro-USD can hold; never for what people write, who have to name the unit.
 */
export function readUsd(text: string): MicroUsd | undefined {
  const [, whole, decimals = ""] = /^(\d{1,16})(?:\.(\d{1,40}))?$/.exec(text) ?? [];
  if (whole === undefined || !/^0*$/.test(decimals.slice(6))) return undefined;
  const micro = BigInt(whole) * MICRO_PER_USD + BigInt(decimals.slice(0, 6).padEnd(6, "0"));
  return micro > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(micro);
}

/** As in the plan's JSON: dollars with at least two decimals, `"99.00"`, `"0.0005"`. Exact. */
export function formatUsd(microUsd: MicroUsd | bigint): string {
  const micro = BigInt(microUsd);
  const sign = micro < 0n ? "-" : "";
  const absolute = micro < 0n ? -micro : micro;
  const decimals = (absolute % MICRO_PER_USD)
    .toString()
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${sign}${absolute / MICRO_PER_USD}.${decimals}`;
}

/** As people write it: `$1,250.00`. */
export function formatDollars(microUsd: MicroUsd | bigint): string {
  const [whole = "0", decimals = "00"] = formatUsd(microUsd).replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${microUsd < 0 ? "-" : ""}$${grouped}.${decimals}`;
}
