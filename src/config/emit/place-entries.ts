import { isScalar, isSeq } from "yaml";
import { type Kind, kindNames, kindOf, nameOf } from "../../state/address.js";
import { directoryOf, joinPath, normalisePath } from "../files.js";
import { followAlias, lookUp } from "./edit-source.js";
import type { Target, Texts } from "./locate.js";
import { type NewAccount, type NewEntry, writeAccount, writeEntry } from "./new-entry.js";
import { FilePatch, type ListPatch } from "./patch.js";
import { definitionOf, definitionOfKind } from "./plan-edits.js";
import type { Written } from "./written.js";

/** What is to be written, all at once. */
export interface Additions {
  readonly entries: readonly NewEntry[];
  readonly accounts: readonly NewAccount[];
  /** A directory below the root file's: each kind gets a file of its own in it, which the root file includes. */
  readonly splitInto?: string;
}

interface Place {
  readonly texts: Texts;
  readonly environment: string | null;
}

/** The file of each kind with `splitInto`, as shown. */
export function splitFile(kind: Kind, splitInto: string, rootPath: string): string {
  return joinPath(
    directoryOf(rootPath),
    `${splitInto}/${definitionOfKind(kind).label.replaceAll(" ", "-")}s.yaml`,
  );
}

/** Where a new entry goes. With environments, into the environment's own part: the others do not have the object. */
export function targetOf(
  { address }: Pick<NewEntry, "address">,
  { splitInto }: Pick<Additions, "splitInto">,
  place: Place,
): Target {
  const { texts, environment } = place;
  const { configKey } = definitionOf(address);
  const name = nameOf(address);
  if (environment !== null) {
    return {
      file: texts.rootPath,
      path: ["environments", environment, "overrides", configKey, name],
    };
  }
  const file =
    splitInto === undefined
      ? fileWith(configKey, texts)
      : splitFile(kindOf(address), splitInto, texts.rootPath);
  return { file, path: [configKey, name] };
}

/** The file that has entries of the kind already: the root file before the others; the root file where none has. */
function fileWith(configKey: string, { rootPath, sources }: Texts): string {
  const has = (path: string): boolean => {
    const source = sources.get(path);
    return source !== undefined && lookUp(source, [configKey]) !== undefined;
  };
  if (has(rootPath)) return rootPath;
  return [...sources.keys()].sort().find(has) ?? rootPath;
}

/** The patches of all files that write these accounts and entries, and include the files that are new. */
export function patchesOf(additions: Additions, place: Place): ReadonlyMap<string, FilePatch> {
  const { texts, environment } = place;
  const patches = new Map<string, FilePatch>();
  const patchOf = (file: string): FilePatch => {
    const patch = patches.get(file) ?? new FilePatch();
    patches.set(file, patch);
    return patch;
  };
  const overrides = environment === null ? [] : ["environments", environment, "overrides"];
  for (const account of additions.accounts) {
    const path = [...overrides, "accounts", account.name];
    patchOf(texts.rootPath).add(path, { is: "set", value: writeAccount(account) });
  }
  for (const kind of kindNames) {
    for (const entry of additions.entries.filter(({ address }) => kindOf(address) === kind)) {
      const target = targetOf(entry, additions, place);
      const value = writeEntry(entry, { target, texts });
      patchOf(target.file).add(target.path, { is: "set", value });
    }
  }
  const fresh = [...patches.keys()].filter((file) => !texts.sources.has(file));
  const include = includePatch(fresh, texts);
  if (include !== undefined) patchOf(texts.rootPath).add(["include"], include);
  return patches;
}

/** `include` with the new files, but those that one of its patterns finds anyway. */
function includePatch(files: readonly string[], texts: Texts): ListPatch | undefined {
  const root = texts.sources.get(texts.rootPath);
  const list = root === undefined ? undefined : followAlias(lookUp(root, ["include"]), root);
  const patterns = isSeq(list) ? list.items.map((item) => (isScalar(item) ? String(item.value) : "")) : [];
  const directory = directoryOf(texts.rootPath);
  const found = (file: string): boolean =>
    patterns.some((pattern) => certainlyFinds(pattern, { file, directory }));
  const missing = files.filter((file) => !found(file));
  if (missing.length === 0) return undefined;
  const added = missing.map((file): Written => ({ is: "scalar", value: relativeTo(directory, file) }));
  const old = patterns.map((value): Written => ({ is: "scalar", value }));
  return {
    is: "list",
    steps: [...old.map((whole, from) => ({ from, whole })), ...added.map((add) => ({ add }))],
    whole: { is: "list", items: [...old, ...added] },
  };
}

/** A file that a plain `dir/*.yaml` finds; of cleverer patterns nothing is claimed. */
export function certainlyFinds(
  pattern: string,
  { file, directory }: { file: string; directory: string },
): boolean {
  const match = /^((?:[\w-][\w.-]*\/)*)\*\.yaml$/.exec(normalisePath(pattern) ?? "");
  if (match === null) return false;
  const path = relativeTo(directory, file);
  const base = path.slice(path.lastIndexOf("/") + 1);
  return `${match[1]}${base}` === path && !base.startsWith(".");
}

function relativeTo(directory: string, file: string): string {
  return directory === "." ? file : file.slice(directory.replace(/\/$/, "").length + 1);
}
