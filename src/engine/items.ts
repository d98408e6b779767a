import { type FieldValue, isList, isMap, plainText } from "../state/value.js";

export interface KeyedItem {
  readonly index: number;
  readonly item: { readonly [name: string]: FieldValue };
}

/** Items by what identifies them: the n-th with a key is matched with the n-th of the other side. */
export function keyItems(value: FieldValue, by: string): ReadonlyMap<string, KeyedItem> {
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
