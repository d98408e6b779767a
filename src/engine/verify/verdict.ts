/** A field of a page that is not as it was last applied. Money in dollars, as in plans. */
export interface PageDifference {
  readonly path: string;
  readonly expected: string | null;
  readonly seen: string | null;
}

/** A part of a page that nobody can judge. An empty path: the whole page. */
export interface Blind {
  readonly path: string;
  readonly why: string;
}

/** A token that the page takes; `tokenId` where GStable's capabilities know it. */
export interface OfferedToken {
  readonly tokenId: string | null;
  readonly symbol: string;
  readonly chainId: string;
  readonly chainName: string;
}

/** What came of comparing one page. Never "agrees" by what could not be seen. */
export interface Verdict {
  readonly state: "agrees" | "disagrees" | "unseen";
  readonly seen: "open" | "closed" | null;
  readonly differences: readonly PageDifference[];
  readonly unseen: readonly Blind[];
  /** Products that the page calls otherwise: it may show them as they were when the link was last written. */
  readonly renamed: readonly PageDifference[];
  readonly tokens: readonly OfferedToken[];
}

/** What comparing one part of a page found. */
export interface Comparison {
  readonly differences?: readonly PageDifference[];
  readonly unseen?: readonly Blind[];
  readonly renamed?: readonly PageDifference[];
}

/** One verdict from all parts. */
export function judgeComparisons(
  parts: readonly Comparison[],
  { seen, tokens = [] }: { seen: Verdict["seen"]; tokens?: readonly OfferedToken[] },
): Verdict {
  const differences = parts.flatMap((part) => part.differences ?? []);
  const unseen = parts.flatMap((part) => part.unseen ?? []);
  const state = differences.length > 0 ? "disagrees" : unseen.length > 0 ? "unseen" : "agrees";
  return {
    state,
    seen,
    differences,
    unseen,
    renamed: parts.flatMap((part) => part.renamed ?? []),
    tokens,
  };
}

/** One text compared; `undefined` was not shown. */
export function compareText(
  path: string,
  expected: string | undefined,
  seen: string | undefined,
): Comparison {
  if (expected === undefined || expected === seen) return {};
  if (seen === undefined) return { unseen: [{ path, why: "the page does not say" }] };
  return { differences: [{ path, expected, seen }] };
}
