import { formatUsd, type MicroUsd, parseDollars, parseEverydayDollars } from "../../state/money.js";
import type { ScalarNode } from "../parse/node.js";
import type { Problem, Report } from "../report.js";

/** A bare whole number below one cent is taken for dollars that lost their sign. */
const MIN_BARE_MICRO_USD = 10_000n;
const MAX_MICRO_USD = BigInt(Number.MAX_SAFE_INTEGER);

/** Exact Micro-USD from what was written, or `undefined` with the reason reported. Never by way of a float. */
export function readMoney(node: ScalarNode, report: Report): MicroUsd | undefined {
  const reading = typeof node.value === "number" ? readBare(node.raw) : readText(node.raw.trim());
  if (typeof reading === "number") return reading;
  report.add(reading, node);
  return undefined;
}

/** Money from a command line, by the same rules: a bare whole number is Micro-USD, a bare decimal is an error. */
export function parseMoney(text: string): MicroUsd | Problem {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? readBare(text.trim()) : readText(text.trim());
}

function readText(text: string): MicroUsd | Problem {
  const everyday = parseEverydayDollars(text);
  if (everyday !== undefined) return everyday;
  if (/^-|^\$\s*-/.test(text)) return negative(text);
  if (/^\d[\d,]*(\.\d+)?$/.test(text)) return withoutUnit(text.replaceAll(",", ""), text);
  if (bareDecimal.test(text)) return withoutUnit(wholeDecimal(text), text);
  if (/^\$?\s?0\d/.test(text)) return notAnAmount(text);
  const reading = parseDollars(text);
  if (reading.ok) return reading.microUsd;
  switch (reading.why) {
    case "negative":
      return negative(text);
    case "precision":
      return tooPrecise(text);
    case "size":
      return tooBig(text);
    case "format":
      return notAnAmount(text);
    default:
      return reading.why satisfies never;
  }
}

function readBare(raw: string): MicroUsd | Problem {
  if (raw.startsWith("-")) return negative(raw);
  if (bareDecimal.test(raw)) return withoutUnit(wholeDecimal(raw), raw);
  if (!/^(0|[1-9]\d*)$/.test(raw)) return notAnAmount(raw);
  const micro = BigInt(raw);
  if (micro > MAX_MICRO_USD) return tooBig(raw);
  return micro >= MIN_BARE_MICRO_USD ? Number(micro) : withoutUnit(raw, raw);
}

/** Also `.5`, which YAML takes for a number. */
const bareDecimal = /^\d*\.\d+$/;

function wholeDecimal(raw: string): string {
  return raw.startsWith(".") ? `0${raw}` : raw;
}

/** Shows both ways to read `10`, and both ways to write `9.99`. */
function withoutUnit(amount: string, written: string): Problem {
  const whole = !amount.includes(".");
  const [dollars = "0", decimals = ""] = amount.split(".");
  if (decimals.length > 6) return tooPrecise(written);
  const micro = BigInt(dollars) * 1_000_000n + BigInt(decimals.padEnd(6, "0"));
  if (micro > MAX_MICRO_USD) return tooBig(written);
  if (whole && BigInt(amount) <= MAX_MICRO_USD) {
    const tiny = formatUsd(Number(BigInt(amount)));
    return {
      code: "GS1203",
      summary: `\`${written}\` could be dollars or Micro-USD`,
      detail: `A bare whole number is Micro-USD, as in the API (1000000 = $1): ${written} would be $${tiny}.`,
      remedy: `Write \`$${amount}\` for dollars, or \`$${tiny}\` if Micro-USD are meant.`,
    };
  }
  return {
    code: "GS1203",
    summary: `\`${written}\` has no unit`,
    detail: "A bare decimal could be meant as dollars; the API counts in Micro-USD (1000000 = $1).",
    remedy: `Write \`$${amount}\`, or ${micro} in Micro-USD.`,
  };
}

function notAnAmount(text: string): Problem {
  return {
    code: "GS1204",
    summary: `\`${text}\` is not an amount`,
    remedy: text.includes("${")
      ? "Write the unit into the variable (`price: $9.99`) and the variable alone here."
      : "Write dollars as `$9.99`, `9.99 USD` or `$1,250`, or Micro-USD as a whole number such as 9990000.",
  };
}

function negative(text: string): Problem {
  return { code: "GS1206", summary: `\`${text}\` is negative`, remedy: "Prices are zero or more." };
}

function tooPrecise(text: string): Problem {
  return {
    code: "GS1205",
    summary: `\`${text}\` has more than six decimals`,
    detail: "The smallest unit of the API is $0.000001.",
    remedy: "Write at most six decimals.",
  };
}

function tooBig(text: string): Problem {
  return {
    code: "GS1207",
    summary: `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\` is too big`,
    detail: "Past 2^53 - 1 Micro-USD, about nine billion dollars, whole numbers stop being exact.",
    remedy: "Write the amount that is meant.",
  };
}
