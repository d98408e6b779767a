/** A key that an object of a JSON text has a second time: where it stands, and the way to it from the root. */
export interface RepeatedKey {
  readonly offset: number;
  readonly path: readonly string[];
}

/** A text, or what opens, closes and parts. The rest of valid JSON has no keys. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * Keys that are there twice in a valid JSON text, whatever its layout: JSON.parse keeps the last of them and drops
 * the other without a word.
 */
export function findRepeatedKeys(text: string): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  const open: { readonly keys: Set<string> | undefined; key: string }[] = [];
  let last = { text: "", offset: 0 };
  for (const { 0: part, index: offset } of text.matchAll(token)) {
    const inner = open.at(-1);
    if (part === "{" || part === "[") open.push({ keys: part === "{" ? new Set() : undefined, key: "" });
    else if (part === "}" || part === "]") open.pop();
    else if (part !== ":") last = { text: part, offset };
    else if (inner?.keys !== undefined) {
      inner.key = String(JSON.parse(last.text));
      if (inner.keys.has(inner.key)) found.push({ offset: last.offset, path: open.map(({ key }) => key) });
      inner.keys.add(inner.key);
    }
  }
  return found;
}
