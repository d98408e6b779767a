/** An answer that took longer is an answer to an old question, about an account of that time. */
export const FRESH_MS = 60_000;
