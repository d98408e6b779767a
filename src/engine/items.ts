import { type FieldValue, isList, isMap, plainText } from "../state/value.js";

export interface KeyedItem {
  readonly index: number;
  readonly item: { readonly [name: string]: FieldValue };
}

/** Items by what identifies them, such as `0 plan` and `1 plan` where the plan is there twice. */
export type KeyedItems = ReadonlyMap<string, KeyedItem>;

/** Items by what identifies them: the n-th with a key is matched with the n-th of the other side. */
export function keyItems(value: FieldValue, by: string): KeyedItems {
  const seen = new Map<string, number>();
  const items = (isList(value) ? value : []).filter(isMap);
  return new Map(
    items.map((item, index) => {
      const key = plainText(String(item[by]));
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return [`${nth} ${key}`, { index, item }];
    }),
  );
}

/**
 * The live items, where several have one key in the order of the first of the `models` that has the same ones: the order
 * of the API alone says nothing (Fact gap G13), and the n-th of them would be compared with another.
 */
export function alignRepeats(live: KeyedItems, models: readonly KeyedItems[], sayItem: SayItem): KeyedItems {
  const repeated = new Set([...live.keys()].filter((key) => !key.startsWith("0 ")).map(nameOf));
  if (repeated.size === 0) return live;
  const aligned = new Map(live);
  for (const name of repeated) {
    const items = itemsOf(live, name);
    const left = items.map(([, one]) => ({ one, text: sayItem(one.item) }));
    const texts = left.map(({ text }) => text);
    const orders = models.map((model) => itemsOf(model, name).map(([, { item }]) => sayItem(item)));
    const order =
      orders.find((other) => sameList(other, texts)) ??
      orders.find((other) => sameList([...other].sort(), [...texts].sort()));
    for (const [index, text] of order?.entries() ?? []) {
      const at = left.findIndex((other) => other.text === text);
      const [found] = left.splice(at, 1);
      const key = items[index]?.[0];
      if (found !== undefined && key !== undefined) aligned.set(key, found.one);
    }
  }
  return aligned;
}

/** A text that is the same for items that mean the same. */
type SayItem = (item: KeyedItem["item"]) => string;

const nameOf = (key: string): string => key.slice(key.indexOf(" ") + 1);

function itemsOf(items: KeyedItems, name: string): readonly (readonly [string, KeyedItem])[] {
  return [...items].filter(([key]) => nameOf(key) === name);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
