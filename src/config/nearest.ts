/** Longer words are not compared: the distance is quadratic in their length. */
const MAX_WORD = 64;
/** More candidates than these are not compared, so that thousands of errors stay fast. */
const MAX_CANDIDATES = 2000;

/** The candidate that was probably meant: at most a third of the letters wrong; case does not count. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_WORD) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  let seen = 0;
  for (const candidate of candidates) {
    seen += 1;
    if (seen > MAX_CANDIDATES) break;
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A remedy: the nearest candidate, else the list where it is short. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const best = nearest(word, all);
  if (best !== undefined) return `Did you mean \`${best}\`?`;
  if (all.length === 0 || all.length > 15) return undefined;
  return `Possible here: ${all.map((name) => `\`${name}\``).join(", ")}.`;
}

/** Comparisons with every name of a configuration are costly: after this many the rest is the same mistake. */
const MAX_GUESSES = 100;

/** `nearest` for errors that may be as many as there are entries: it gives up after a hundred. */
export function createGuesser(): typeof nearest {
  let left = MAX_GUESSES;
  return (word, candidates) => {
    left -= 1;
    return left < 0 ? undefined : nearest(word, candidates);
  };
}

/** Insertions, deletions, replacements and swapped neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
