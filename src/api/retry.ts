/** How often a read is sent at most. Writes are sent once: sending them again is the engine's decision. */
export const maxTries = 5;

const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

/** Full jitter: anything from nothing up to a bound that doubles with each try, so that workers do not return in step. */
export function backoffMs(tries: number, random: number): number {
  return random * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (tries - 1));
}

/** `Retry-After` as a wait from now: seconds or a date (RFC 9110, 10.2.3). Nothing for anything else. */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Only the three date forms of HTTP, which all hold a colon: Date.parse takes almost anything for a date.
  const date = text.includes(":") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
