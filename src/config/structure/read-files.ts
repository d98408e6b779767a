import { type ConfigFiles, directoryOf, joinPath, normalisePath } from "../files.js";
import { includedKeys, rootKeys } from "../keys.js";
import type { MapNode } from "../parse/node.js";
import { valueAt } from "../parse/node.js";
import { parseText } from "../parse/parse-text.js";
import type { SourceFile } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { reportUnknownKey } from "../shape/unknown-key.js";
import { usesVariable } from "../variables/scope.js";
import { findIncludes } from "./find-includes.js";
import { readSource } from "./read-source.js";

/** All texts of a configuration as trees. */
export interface ConfigTexts {
  readonly root: MapNode;
  readonly included: readonly MapNode[];
  /** The policy's map, from the root file or from a file of its own. */
  readonly policy: MapNode | undefined;
  /** Whether the policy has a file of its own: then nothing outside that file may change what it says. */
  readonly policyIsFile: boolean;
  /** The files themselves, with their comments. */
  readonly sources: readonly SourceFile[];
  /** A file could not be read or parsed: what it defines is not known. */
  readonly incomplete: boolean;
}

/** Reads the root file, what it includes and its policy. `undefined` when there is no root to speak of. */
export async function readFiles(
  path: string,
  { files, report }: { files: ConfigFiles; report: Report },
): Promise<ConfigTexts | undefined> {
  const source = await readSource(path, { files, report });
  const root = source === undefined ? undefined : await parseText(source, report);
  if (root === undefined) return undefined;
  checkRootKeys(root, report);
  const includes = await findIncludes(root, { rootPath: path, files, report });
  const included = await Promise.all(
    includes.map(async (include) => {
      const text = await readSource(include.path, { files, report, place: include.pattern });
      const map = text === undefined ? undefined : await parseText(text, report);
      if (map !== undefined) checkIncludedKeys(map, report);
      return map;
    }),
  );
  const policy = await readPolicy(root, { path, files, report });
  return {
    root,
    included: included.filter((map) => map !== undefined),
    policy: policy.map,
    policyIsFile: policy.isFile,
    sources: [root, ...included, policy.isFile ? policy.map : undefined].flatMap((map) => map?.file ?? []),
    incomplete: included.includes(undefined) || policy.incomplete,
  };
}

function checkRootKeys(root: MapNode, report: Report): void {
  for (const [key, pair] of root.entries) {
    if (!rootKeys.includes(key)) reportUnknownKey(key, pair, { known: rootKeys, report });
  }
}

function checkIncludedKeys(map: MapNode, report: Report): void {
  const known = includedKeys;
  for (const [key, pair] of map.entries) {
    if (known.includes(key)) continue;
    if (!rootKeys.includes(key)) reportUnknownKey(key, pair, { known, report });
    else {
      report.add(
        {
          code: "GS1110",
          summary: `\`${key}\` is not possible in an included file`,
          detail: "What rules the entries stands in the root file alone, so that a review finds it there.",
          remedy: `Move it to the root file; here stand ${known.map((name) => `\`${name}\``).join(", ")}.`,
        },
        pair,
      );
    }
  }
}

async function readPolicy(
  root: MapNode,
  { path, files, report }: { path: string; files: ConfigFiles; report: Report },
): Promise<{ map: MapNode | undefined; isFile: boolean; incomplete: boolean }> {
  const node = valueAt(root, "policy");
  if (node === undefined) return { map: undefined, isFile: false, incomplete: false };
  if (node.kind === "map") return { map: node, isFile: false, incomplete: false };
  const failed = { map: undefined, isFile: true, incomplete: true };
  if (node.kind === "list" || typeof node.value !== "string") {
    report.add(
      {
        code: "GS1104",
        summary: "`policy` must be a map or the path of a file",
        remedy: "Write `policy: { maxPriceChange: 50% }` or `policy: gstable.policy.yaml`.",
      },
      node,
    );
    return failed;
  }
  if (usesVariable(node)) {
    report.add({ code: "GS1605", summary: "The path of the policy cannot use variables" }, node);
    return failed;
  }
  const normal = normalisePath(node.value);
  if (normal === undefined || normal === "") {
    report.add(
      {
        code: "GS1005",
        summary: `\`${node.value}\` lies outside the directory of the root file`,
        remedy: "Move it there and name it by a relative path.",
      },
      node,
    );
    return failed;
  }
  const source = await readSource(joinPath(directoryOf(path), normal), { files, report, place: node });
  const map = source === undefined ? undefined : await parseText(source, report);
  return { map, isFile: true, incomplete: map === undefined };
}
