import { resourceKinds } from "../../resources/registry.js";
import { entryNamePattern, type Kind } from "../../state/address.js";
import { type ConfigNode, type MapNode, type Pair, valueAt } from "../parse/node.js";
import type { Report } from "../report.js";
import { expectList, expectMap } from "./expect.js";
import type { ConfigTexts } from "./read-files.js";

/** What all files together define, before any environment. */
export interface Catalogue {
  readonly entries: ReadonlyMap<Kind, ReadonlyMap<string, Pair>>;
  readonly imports: readonly ConfigNode[];
  readonly moved: readonly ConfigNode[];
}

/** Gathers the entries of all files; a name in two of them is reported with both places. */
export function collectEntries({ root, included }: ConfigTexts, report: Report): Catalogue {
  const maps = [root, ...included];
  const entries = new Map(
    resourceKinds.map(({ definition }) => [definition.kind, collectKind(definition.configKey, maps, report)]),
  );
  return {
    entries,
    imports: maps.flatMap((map) => expectList(valueAt(map, "imports"), "imports", report)?.items ?? []),
    moved: maps.flatMap((map) => expectList(valueAt(map, "moved"), "moved", report)?.items ?? []),
  };
}

function collectKind(key: string, maps: readonly MapNode[], report: Report): ReadonlyMap<string, Pair> {
  const entries = new Map<string, Pair>();
  for (const map of maps) {
    const part = expectMap(valueAt(map, key), key, report);
    for (const [name, pair] of part?.entries ?? []) {
      const first = entries.get(name);
      if (first === undefined) {
        entries.set(name, pair);
        checkName(name, pair, report);
      } else {
        report.add(
          {
            code: "GS1108",
            summary: `\`${name}\` is already defined in \`${first.file.name}\``,
            detail: "One of the two would be lost without a word.",
            remedy: "Rename or remove one of the two.",
          },
          pair,
          [{ label: "the first one", span: first }],
        );
      }
    }
  }
  return entries;
}

/** Names appear in addresses, file names and commands. */
export function checkName(name: string, pair: Pair, report: Report): boolean {
  if (entryNamePattern.test(name)) return true;
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[-_]+/, "")
    .slice(0, 100);
  report.add(
    {
      code: "GS1107",
      summary: `\`${name}\` cannot be a name`,
      detail:
        "Names are a-z, 0-9, `-` and `_`, begin with a letter or digit and have at most 100 characters.",
      remedy: better === "" ? "Rename it." : `Write e.g. \`${better}\`.`,
    },
    pair,
  );
  return false;
}
