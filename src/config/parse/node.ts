import type { Span } from "./source-file.js";

/** A place that a value came through on its way: the definition of a variable. */
export interface Through {
  readonly label: string;
  readonly span: Span;
}

/** A node is the span that it was written in: one object for each value, and none for its place. */
interface Placed extends Span {
  readonly through?: readonly Through[];
}

/** A plain value. `raw` is its spelling: `010`, `9.99`, `0x11…`; what a float would forget. */
export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly raw: string;
  /** A reference to a variable in it is wrong, which is reported: nothing more is said of the value. */
  readonly faulty?: true;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly ConfigNode[];
}

export interface MapNode extends Placed {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Pair>;
  /** It has a `<<`, which is reported: what seems to be missing was to come from there. */
  readonly merges?: true;
}

/** A value with the place of its key. */
export interface Pair extends Span {
  readonly value: ConfigNode;
}

/** A value with its place. Nodes are never changed; aliases share them. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

/** A map with nothing in it, at a place. */
export function emptyMap({ file, start, end }: Span): MapNode {
  return { kind: "map", file, start, end, entries: new Map() };
}

/** Whether a value is as good as not written: `null`, `~`, or nothing behind the key. */
export function isUnset(node: ConfigNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** The value behind a key, `undefined` where it is not written or unset. */
export function valueAt(map: MapNode | undefined, key: string): ConfigNode | undefined {
  const node = map?.entries.get(key)?.value;
  return isUnset(node) ? undefined : node;
}

/** Follows a path as far as it leads; `exact` says whether to its end. A text leads into a list by value. */
export function followPath(
  root: ConfigNode,
  path: readonly PropertyKey[],
): { readonly node: ConfigNode; readonly key?: Span; readonly exact: boolean } {
  let node = root;
  let key: Span | undefined;
  for (const step of path) {
    const pair = node.kind === "map" && typeof step === "string" ? node.entries.get(step) : undefined;
    const next = pair?.value ?? (node.kind === "list" ? itemAt(node, step) : undefined);
    if (next === undefined) return { node, ...(key !== undefined && { key }), exact: false };
    node = next;
    key = pair;
  }
  return { node, ...(key !== undefined && { key }), exact: true };
}

function itemAt(list: ListNode, step: PropertyKey): ConfigNode | undefined {
  if (typeof step === "number") return list.items[step];
  return list.items.find((item) => item.kind === "scalar" && item.value === step);
}

/** `lineItems[0].unitPrice` as steps. */
export function parsePath(path: string): (string | number)[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Plain data for a schema: unset keys are left out, so that `null` means the same as not written. */
export function toPlain(node: ConfigNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toPlain);
    case "map": {
      const set: [string, unknown][] = [];
      for (const [key, { value }] of node.entries) if (!isUnset(value)) set.push([key, toPlain(value)]);
      return Object.fromEntries(set);
    }
    default:
      return node satisfies never;
  }
}
