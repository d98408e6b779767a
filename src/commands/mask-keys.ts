/** Shorter ones are no keys: masking them would garble ordinary words. */
const SHORTEST_KEY = 8;
const MASK = "[secret]";

/**
 * The same value with the keys of the environment masked in all its texts. What a key looks like is not documented for
 * all kinds, so those at hand are looked for by their letters: an output quotes lines of files, and they may be there.
 */
export function maskKeys<T>(value: T, env: Readonly<Record<string, string | undefined>>): T {
  const spellings = keysOf(env).flatMap((key) => [...new Set([key, JSON.stringify(key).slice(1, -1)])]);
  return spellings.length === 0 ? value : (masked(value, spellings) as T); // texts become texts
}

function keysOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    name.startsWith("GSTABLE_API_KEY") && value.trim().length >= SHORTEST_KEY ? [value.trim()] : [],
  );
}

function masked(value: unknown, spellings: readonly string[]): unknown {
  if (typeof value === "string") return spellings.reduce((text, key) => text.replaceAll(key, MASK), value);
  if (Array.isArray(value)) return value.map((part) => masked(part, spellings));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [masked(name, spellings), masked(part, spellings)]),
  );
}
