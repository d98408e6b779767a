import { type MicroUsd, parseDollars } from "../../state/money.js";

/** `$9.99`, `US$9.99`, `$1,250`, `9.99 USD`; not `A$5`, `$10k`, `$5M`. */
const amountPattern =
  /(?<![A-Za-z$]|\d[.,]?)(?:US)?\$\s?(\d[\d,]*(?:\.\d{1,6})?)(?![\d\w]|[.,]\d)|(?<![\w.,$])(\d[\d,]*(?:\.\d{1,6})?)\s?(?:USD|dollars)\b/g;

/** Where a text compares, promises or counts money, an amount in it need not be the price. */
const otherMeanings =
  /\b(?:save|saves|saving|savings|off|less|discount|was|instead|worth|value|valued|from|over|under|up to|above|below|more than|at least|min|minimum|max|maximum|credit|credits|gift|voucher|coupon|card|bonus|cashback|refund|deposit|balance|limit|revenue|budget)\b|[%+–-]\s*\$|\$[\d.,]+\s*[+–-]/i;

/** The prices that a text names, in Micro-USD; none where it may speak of money in another way. */
export function namedAmounts(text: string): readonly MicroUsd[] {
  if (!/[$]|USD|dollars/.test(text) || otherMeanings.test(text)) return [];
  return [...text.matchAll(amountPattern)].flatMap(([, before, after]) => {
    const reading = parseDollars(`$${before ?? after}`);
    return reading.ok ? [reading.microUsd] : [];
  });
}
