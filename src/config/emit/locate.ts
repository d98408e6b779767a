import { isMap, isSeq, type Node, type YAMLSeq } from "yaml";
import type { KindDefinition } from "../../engine/kind.js";
import { type EditSource, followAlias, isEmptyNode, keyOf, lookUp, pairAt } from "./edit-source.js";

/** Every text of a configuration by its path, the root file among them. */
export interface Texts {
  readonly rootPath: string;
  readonly sources: ReadonlyMap<string, EditSource>;
}

/** Where an entry's fields are written for one environment, or for the only one. */
export interface Target {
  readonly file: string;
  /** From the root of the file to the entry. */
  readonly path: readonly string[];
}

/** Where the entries themselves are, whatever the environment: in the root file or one that it includes. */
export function findEntry(definition: KindDefinition, name: string, texts: Texts): Target | undefined {
  for (const [file, source] of texts.sources) {
    const map = followAlias(lookUp(source, [definition.configKey]), source);
    if (isMap(map) && map.items.some((pair) => keyOf(pair) === name)) {
      return { file, path: [definition.configKey, name] };
    }
  }
  return undefined;
}

/**
 * Where a value of this run belongs: in the entry where there are no environments, otherwise in the environment's
 * own `overrides`, because the entry is shared with the others.
 */
export function findTarget(
  definition: KindDefinition,
  name: string,
  { texts, environment }: { texts: Texts; environment: string | null },
): Target | undefined {
  if (environment === null) return findEntry(definition, name, texts);
  const path = ["environments", environment, "overrides", definition.configKey, name];
  return { file: texts.rootPath, path };
}

/** The value of a field as a target writes it; `"none"` where the key is missing. */
export function writtenAt(
  { file, path }: Target,
  field: string,
  texts: Texts,
): Node | "none" | "unset" | undefined {
  const source = texts.sources.get(file);
  const entry = source === undefined ? undefined : followAlias(lookUp(source, path), source);
  if (!isMap(entry)) return "none";
  const pair = pairAt(entry, field);
  if (pair === undefined) return "none";
  if (isEmptyNode(pair.value)) return "unset";
  return lookUp(source as EditSource, [...path, field]);
}

/** Whether the key written in the target itself holds a list that can be edited where it stands. */
export function listAt(target: Target, field: string, texts: Texts): YAMLSeq | undefined {
  const source = texts.sources.get(target.file);
  const entry = source === undefined ? undefined : lookUp(source, target.path);
  const value = isMap(entry) ? pairAt(entry, field)?.value : undefined;
  return isSeq(value) ? value : undefined;
}

/** Whether something below the target would give the field a value if the target were silent. */
export function isSupplied(
  { definition, name, field }: { definition: KindDefinition; name: string; field: string },
  { target, texts }: { target: Target; texts: Texts },
): boolean {
  const entry = findEntry(definition, name, texts);
  const isEntry = entry?.file === target.file && entry.path.join() === target.path.join();
  if (entry !== undefined && !isEntry) {
    const own = writtenAt(entry, field, texts);
    if (own !== "none") return !isNothing(own);
  }
  const defaults = { file: texts.rootPath, path: ["defaults", definition.configKey] };
  const written = writtenAt(defaults, field, texts);
  return written !== "none" && !isNothing(written);
}

/** `null`, `~`, or nothing. */
function isNothing(node: Node | "unset" | undefined): boolean {
  if (node === undefined || node === "unset") return true;
  return "value" in node && node.value === null;
}
