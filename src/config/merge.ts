import type { ConfigNode, MapNode, Pair } from "./parse/node.js";

/**
 * The upper map over the lower one: maps key by key, lists and plain values replace. A `null` stays in the
 * result as the place where a value was unset. Each value keeps the place where it was written.
 */
export function mergeMaps(lower: MapNode | undefined, upper: MapNode): MapNode {
  if (lower === undefined) return upper;
  const entries = new Map<string, Pair>(lower.entries);
  for (const [key, pair] of upper.entries) {
    const below = entries.get(key);
    entries.set(key, below === undefined ? pair : { ...pair, value: mergeValues(below.value, pair.value) });
  }
  // Written out, like a map that was read: thousands of entries are merged with their defaults.
  const { file, start, end } = upper;
  const merged: MapNode = { kind: "map", file, start, end, entries };
  return lower.merges || upper.merges ? { ...merged, merges: true } : merged;
}

function mergeValues(lower: ConfigNode, upper: ConfigNode): ConfigNode {
  return lower.kind === "map" && upper.kind === "map" ? mergeMaps(lower, upper) : upper;
}
