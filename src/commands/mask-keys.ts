import { textsOf } from "../state/texts.js";

/** Shorter ones are no keys: masking them would garble ordinary words. */
const SHORTEST_KEY = 8;
const MASK = "[secret]";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Masks the keys of the environment in a text. What a key looks like is not documented for all kinds, so those at hand
 * are looked for by their letters: an output quotes lines of files, and they may be there.
 */
export function keyMask(env: Environment): (text: string) => string {
  const spellings = keysOf(env).flatMap((key) => [...new Set([key, JSON.stringify(key).slice(1, -1)])]);
  return (text) => spellings.reduce((rest, key) => rest.replaceAll(key, MASK), text);
}

/** The same value with the keys of the environment masked in all its texts. */
export function maskKeys<T>(value: T, env: Environment): T {
  return maskTexts(value, keyMask(env));
}

/** The same value with every text in it masked, names included; the value itself where there is nothing to mask. */
export function maskTexts<T>(value: T, mask: (text: string) => string): T {
  // Hardly ever is there anything, and all texts at once say so in a moment.
  const all = textsOf(value, { names: true }).join("\0");
  return mask(all) === all ? value : (masked(value, mask) as T); // keeps the shape: only texts are replaced, by texts
}

function keysOf(env: Environment): readonly string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    name.startsWith("GSTABLE_API_KEY") && value.trim().length >= SHORTEST_KEY ? [value.trim()] : [],
  );
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const parts = value.map((part) => masked(part, mask));
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  const entries = Object.entries(value).map(([name, part]) => ({
    before: [name, part] as const,
    after: [mask(name), masked(part, mask)] as const,
  }));
  const isSame = entries.every(({ before, after }) => before[0] === after[0] && before[1] === after[1]);
  return isSame ? value : Object.fromEntries(entries.map(({ after }) => after));
}
