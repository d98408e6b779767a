import { groupBy } from "../../state/group-by.js";
import type { VerifiedLink } from "../../state/verify-document.js";
import { dollars, readAmount } from "./money.js";

type Difference = VerifiedLink["differences"][number];

/** What payers see otherwise than it was applied, ready to be shown. */
export interface ShownDifference {
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
}

/**
 * Names in quotation marks, money in dollars. One wrong price makes every token ask for another amount: those that say
 * the same are one line, and the amount in units of the token, which follows, is not told again.
 */
export function showDifferences(differences: readonly Difference[]): readonly ShownDifference[] {
  const dollarsOf = (path: string) => path.replace(/InToken$/, "InUSD");
  const paths = new Set(differences.map(({ path }) => path));
  const told = differences.filter(({ path }) => dollarsOf(path) === path || !paths.has(dollarsOf(path)));
  const lines = groupBy(told, ({ path, expected, seen }) =>
    amountOfToken.test(path) ? JSON.stringify([expected, seen]) : path,
  );
  return [...lines.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            what: others.length === 0 ? first.path : `amountInUSD of ${others.length + 1} tokens`,
            ...showDifference(first),
          },
        ],
  );
}

/** Both sides of one difference. */
export function showDifference({ path, expected, seen }: Difference): Omit<ShownDifference, "what"> {
  return { expected: show(path, expected), seen: show(path, seen) };
}

const amountOfToken = /^tokens\[.*\]\.amountInUSD$/;
const isMoney = /\.(?:unitPrice|amountInUSD)$/;
const isName = /(?:^linkName|\.product)$/;

function show(path: string, text: string | null): string {
  if (text === null) return "nothing";
  if (isName.test(path)) return `"${text}"`;
  return isMoney.test(path) && readAmount(text) !== undefined ? dollars(text) : text;
}
