import { isMap } from "yaml";
import type { Diagnostic, Source } from "../../diagnostics/index.js";
import type { Address } from "../../state/address.js";
import { createSourceFile, sourceOf } from "../parse/source-file.js";
import { contentEnd } from "./draft.js";
import { followAlias, isNode, lookUp, pairAt } from "./edit-source.js";
import type { Target, Texts } from "./locate.js";

/** The lines and columns that one entry takes up in a text. */
export interface Region {
  readonly address: Address;
  readonly start: Source;
  readonly end: Source;
}

/** Where these entries stand in the texts. */
export function regionsOf(
  entries: readonly { readonly address: Address; readonly target: Target }[],
  texts: Texts,
): readonly Region[] {
  return entries.flatMap(({ address, target: { file, path } }) => {
    const source = texts.sources.get(file);
    const parent = source === undefined ? undefined : lookUp(source, path.slice(0, -1));
    const map = source === undefined ? undefined : followAlias(parent, source);
    const pair = isMap(map) ? pairAt(map, path.at(-1) ?? "") : undefined;
    if (source === undefined || pair === undefined || !isNode(pair.key)) return [];
    const start = pair.key.range[0];
    const end = contentEnd(pair.value, source) ?? pair.key.range[1];
    const text = createSourceFile(file, source.text);
    const at = (offset: number) => sourceOf({ file: text, start: offset, end: offset });
    return [{ address, start: at(start), end: at(end) }];
  });
}

/** The new entry that a message is about: its own place counts first, then what it points to. */
export function blame({ source, related = [] }: Diagnostic, regions: readonly Region[]): Address | undefined {
  const places = [...(source === undefined ? [] : [source]), ...related.map((one) => one.source)];
  for (const place of places) {
    const region = regions.find((one) => isInside(place, one));
    if (region !== undefined) return region.address;
  }
  return undefined;
}

function isInside(place: Source, { start, end }: Region): boolean {
  return place.file === start.file && !isBefore(place, start) && isBefore(place, end);
}

function isBefore(a: Source, b: Source): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
