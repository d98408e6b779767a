import { resourceKinds } from "../../resources/registry.js";
import type { ResourceKind } from "../../resources/resource-kind.js";
import type { Address, Kind } from "../../state/address.js";
import { mergeMaps } from "../merge.js";
import { createGuesser, type nearest } from "../nearest.js";
import { type ConfigNode, isUnset, type MapNode, type Pair, valueAt } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { reportFor } from "../report.js";
import { checkKeys, checkShape } from "../shape/check-shape.js";
import { entryShape } from "../shape/shapes.js";
import { reportUnknownKey } from "../shape/unknown-key.js";
import { checkName } from "../structure/collect-entries.js";
import { expectMap } from "../structure/expect.js";
import type { Scope } from "../variables/interpolate.js";
import { interpolate } from "../variables/interpolate.js";
import { checkEntry, type EntryText } from "./check-entry.js";
import type { CheckedEntry } from "./checked-entry.js";

export interface ResolvedEntries {
  /** Sorted by address. */
  readonly entries: ReadonlyMap<Address, CheckedEntry>;
  /** Entries that are defined and that this environment leaves out. */
  readonly leftOut: ReadonlySet<string>;
}

interface Layers {
  readonly root: MapNode;
  readonly base: ReadonlyMap<Kind, ReadonlyMap<string, Pair>>;
  readonly overrides: MapNode | undefined;
  readonly scope: Scope;
  readonly report: Report;
}

/** The entries of one environment: defaults, entry and overrides merged, variables filled in, all checked. */
export async function resolveEntries(layers: Layers): Promise<ResolvedEntries> {
  const defaults = await readDefaults(layers);
  const all: CheckedEntry[] = [];
  const leftOut = new Set<string>();
  for (const resource of resourceKinds) {
    const ofKind: CheckedEntry[] = [];
    for (const { name, key, body, node } of mergeKind(resource, defaults, layers)) {
      if (node === undefined) leftOut.add(`${resource.definition.kind}.${name}`);
      else {
        const { text, report } = fill(resource, { name, key, body, node }, layers);
        const misfits = checkShape(text.node, entryShape(resource), { report, owner: text.owner.key });
        const failed = misfits instanceof Promise ? await misfits : misfits;
        ofKind.push(checkEntry(resource, text, { failed, report }));
      }
    }
    for (const rule of resource.rules.all) rule(ofKind.map((entry) => entry.rule));
    all.push(...ofKind);
  }
  all.sort((a, b) => (a.address < b.address ? -1 : 1));
  return { entries: new Map(all.map((entry) => [entry.address, entry])), leftOut };
}

interface MergedEntry {
  readonly name: string;
  readonly key: Span;
  /** The entry's own text: what lies outside it came from elsewhere. */
  readonly body: Span;
  /** `undefined`: left out of this environment. */
  readonly node: MapNode | undefined;
}

/** The entry with its variables filled in, and the report of what is wrong in it. */
function fill(
  resource: ResourceKind,
  { name, key, body, node }: MergedEntry & { readonly node: MapNode },
  layers: Layers,
): { text: EntryText; report: Report } {
  const owner = { label: `${resource.definition.kind}.${name}`, key, body };
  const report = reportFor(layers.report, owner);
  const filled = interpolate(node, layers.scope, report);
  return { text: { name, owner, node: filled.kind === "map" ? filled : node }, report };
}

async function readDefaults(layers: Layers): Promise<ReadonlyMap<string, MapNode>> {
  const { root, report } = layers;
  const map = expectMap(valueAt(root, "defaults"), "defaults", report);
  const known = resourceKinds.map(({ definition }) => definition.configKey);
  const defaults = new Map<string, MapNode>();
  for (const [key, pair] of map?.entries ?? []) {
    const resource = resourceKinds.find(({ definition }) => definition.configKey === key);
    if (resource === undefined) reportUnknownKey(key, pair, { known, report });
    const part = isUnset(pair.value) ? undefined : expectMap(pair.value, `defaults.${key}`, report);
    if (resource === undefined || part === undefined) continue;
    await checkKeys(part, entryShape(resource), report);
    if (!isTooMuch(part, countEntries(resource, layers))) defaults.set(key, part);
    else {
      report.add(
        {
          code: "GS1613",
          summary: `\`defaults.${key}\` is too much for so many entries`,
          remedy: "Write less into the defaults, or split the configuration.",
        },
        pair,
      );
    }
  }
  return defaults;
}

function countEntries({ definition }: ResourceKind, { base, overrides }: Layers): number {
  const over = valueAt(overrides, definition.configKey);
  return (base.get(definition.kind)?.size ?? 0) + (over?.kind === "map" ? over.entries.size : 0);
}

/** Defaults are repeated in each entry: together they are worth at most so many values. */
const MAX_DEFAULTED_VALUES = 2_000_000;

function isTooMuch(defaults: MapNode, entries: number): boolean {
  let left = MAX_DEFAULTED_VALUES / Math.max(entries, 1);
  const count = (node: ConfigNode): void => {
    left -= node.kind === "scalar" ? 1 + node.raw.length / 1000 : 1;
    if (left < 0) return;
    if (node.kind === "list") for (const item of node.items) count(item);
    if (node.kind === "map") for (const { value } of node.entries.values()) count(value);
  };
  count(defaults);
  return left < 0;
}

function* mergeKind(
  { definition }: ResourceKind,
  defaults: ReadonlyMap<string, MapNode>,
  { base, overrides, report }: Layers,
): Generator<MergedEntry> {
  const key = definition.configKey;
  const entries = base.get(definition.kind) ?? new Map<string, Pair>();
  const guess = createGuesser();
  const part = expectMap(valueAt(overrides, key), `overrides.${key}`, report);
  for (const [name, pair] of entries) {
    const over = part?.entries.get(name);
    const node = mergeLayers({ definition, name, pair, over }, defaults.get(key), report);
    if (node !== "faulty") yield { name, key: pair, body: pair.value, node };
  }
  for (const [name, pair] of part?.entries ?? []) {
    if (entries.has(name)) continue;
    if (isUnset(pair.value)) reportOverrideOfNothing(name, pair, { known: entries.keys(), guess, report });
    else {
      checkName(name, pair, report);
      const own = expectMap(pair.value, `${definition.kind}.${name}`, report);
      if (own === undefined) continue;
      const node = mergeMaps(defaults.get(key), own);
      if (lacksRequired(node, definition))
        reportOnlyOverridden(name, pair, { known: entries.keys(), guess, report });
      yield { name, key: pair, body: pair.value, node };
    }
  }
}

function lacksRequired(node: MapNode, { fields }: ResourceKind["definition"]): boolean {
  return fields.some((rule) => rule.required && valueAt(node, rule.name) === undefined);
}

/** An override may add an entry; one that isn't whole was rather meant for another name. */
function reportOnlyOverridden(
  name: string,
  pair: Pair,
  { known, guess, report }: { known: Iterable<string>; guess: typeof nearest; report: Report },
): void {
  const best = guess(name, known);
  if (best === undefined) return;
  report.add(
    { code: "GS1612", summary: `There is no \`${name}\` to override`, remedy: `Did you mean \`${best}\`?` },
    pair,
  );
}

function mergeLayers(
  { definition, name, pair, over }: EntryLayers,
  defaults: MapNode | undefined,
  report: Report,
): MapNode | undefined | "faulty" {
  if (over !== undefined && isUnset(over.value)) return undefined;
  const address = `${definition.kind}.${name}`;
  const upper = over === undefined ? undefined : expectMap(over.value, address, report);
  if (isUnset(pair.value)) {
    if (upper !== undefined) return mergeMaps(defaults, upper);
    report.add(
      {
        code: "GS1111",
        summary: `\`${address}\` is empty`,
        remedy: "Fill it in, or remove its name to retire it.",
      },
      pair,
    );
    return "faulty";
  }
  const own = expectMap(pair.value, address, report);
  if (own === undefined) return "faulty";
  const merged = mergeMaps(defaults, own);
  return upper === undefined ? merged : mergeMaps(merged, upper);
}

interface EntryLayers {
  readonly definition: ResourceKind["definition"];
  readonly name: string;
  readonly pair: Pair;
  readonly over: Pair | undefined;
}

/** An override that unsets what is not there: with its name mistyped, the entry would live where it should not. */
export function reportOverrideOfNothing(
  name: string,
  pair: Pair,
  { known, guess, report }: { known: Iterable<string>; guess: typeof nearest; report: Report },
): void {
  const best = guess(name, known);
  report.add(
    {
      code: "GS1612",
      summary: `There is no \`${name}\` to leave out`,
      remedy: best === undefined ? "Correct the name or remove the line." : `Did you mean \`${best}\`?`,
    },
    pair,
  );
}
