import type { Written, WrittenList, WrittenMap } from "./written.js";

/** What is to become of a value in a text, down to the smallest part that changes. */
export type Patch =
  | { readonly is: "set"; readonly value: Written }
  | { readonly is: "remove" }
  | MapPatch
  | ListPatch;

export interface MapPatch {
  readonly is: "map";
  readonly entries: ReadonlyMap<string, Patch>;
}

export interface ListPatch {
  readonly is: "list";
  /** In the order of the new list; items of the old one keep their order among themselves. */
  readonly steps: readonly ListStep[];
  /** The list as it will be, for where there is none to edit. */
  readonly whole: Written;
}

/** An item that stays, perhaps changed, or a new one. */
export type ListStep =
  | { readonly from: number; readonly patch?: Patch; readonly whole: Written }
  | { readonly add: Written };

/** The patch of a whole file: several paths, together. */
export class FilePatch implements MapPatch {
  readonly is = "map";
  readonly entries = new Map<string, Patch>();

  /** Adds what is to become of the value at a path; of two for one path the later counts. */
  add(path: readonly string[], patch: Patch): void {
    const [key, ...rest] = path;
    if (key === undefined) return;
    if (rest.length === 0) {
      this.entries.set(key, patch);
      return;
    }
    const below = this.entries.get(key);
    const next = below instanceof FilePatch ? below : new FilePatch();
    this.entries.set(key, next);
    next.add(rest, patch);
  }
}

/** What a value says after a patch; `undefined`: it is not there. */
export function applyPatch(before: Written | undefined, patch: Patch): Written | undefined {
  switch (patch.is) {
    case "set":
      return patch.value;
    case "remove":
      return undefined;
    case "list":
      return before?.is === "list" ? applyToList(before, patch) : patch.whole;
    case "map":
      return applyToMap(before?.is === "map" ? before : undefined, patch);
    default:
      return patch satisfies never;
  }
}

/** What stays keeps its own spelling: `$9.00` and 9000000 are one amount. */
function applyToList({ items }: WrittenList, { steps }: ListPatch): WrittenList {
  const after = steps.map((step) => {
    if ("add" in step) return step.add;
    const item = items[step.from];
    return (step.patch === undefined ? item : applyPatch(item, step.patch)) ?? step.whole;
  });
  return { is: "list", items: after };
}

function applyToMap(before: WrittenMap | undefined, patch: MapPatch): WrittenMap {
  const entries = new Map(before?.entries);
  for (const [key, part] of patch.entries) {
    const after = applyPatch(entries.get(key), part);
    if (after === undefined) entries.delete(key);
    else entries.set(key, after);
  }
  return { is: "map", entries };
}
