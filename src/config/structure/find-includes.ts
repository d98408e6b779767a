import { type ConfigFiles, directoryOf, normalisePath } from "../files.js";
import type { ConfigNode, MapNode, ScalarNode } from "../parse/node.js";
import { valueAt } from "../parse/node.js";
import type { Report } from "../report.js";
import { expectList, expectText } from "./expect.js";
import { fileProblem } from "./read-source.js";

/** A file that the root file includes, with the pattern that found it first. */
export interface Include {
  readonly path: string;
  readonly pattern: ConfigNode;
}

interface Search {
  readonly rootPath: string;
  readonly files: ConfigFiles;
  readonly report: Report;
}

/** The files under `include`, each once, sorted by pattern and path; the root file is not among them. */
export async function findIncludes(root: MapNode, search: Search): Promise<readonly Include[]> {
  const list = expectList(valueAt(root, "include"), "include", search.report);
  const patterns = (list?.items ?? []).flatMap((item) => {
    const text = expectText(item, "a pattern under `include`", search.report);
    return text === undefined ? [] : [text];
  });
  const found = await Promise.all(patterns.map((pattern) => match(pattern, search)));
  const rootPath = normalisePath(search.rootPath) ?? search.rootPath;
  const includes = new Map<string, Include>();
  for (const include of found.flat()) {
    const path = normalisePath(include.path) ?? include.path;
    if (path !== rootPath && !includes.has(path)) includes.set(path, include);
  }
  return [...includes.values()];
}

async function match(node: ScalarNode, { rootPath, files, report }: Search): Promise<Include[]> {
  const pattern = String(node.value);
  const normal = normalisePath(pattern);
  if (pattern.includes("${")) {
    report.add(
      {
        code: "GS1605",
        summary: "`include` cannot use variables",
        detail: "Which files belong to the configuration must not depend on where it runs.",
        remedy: "Write the pattern out.",
      },
      node,
    );
    return [];
  }
  if (normal === undefined) {
    report.add(outside(pattern), node);
    return [];
  }
  const result = await files.glob(normal, directoryOf(rootPath));
  if (!result.ok) {
    report.add(fileProblem(pattern, result), node);
    return [];
  }
  for (const path of result.outside) report.add(outside(path), node);
  const paths = result.paths.filter((path) => /\.(ya?ml|json)$/i.test(path));
  if (paths.length === 0 && result.outside.length === 0)
    reportNothing(pattern, result.paths, { node, report });
  return paths.map((path) => ({ path, pattern: node }));
}

function reportNothing(
  pattern: string,
  others: readonly string[],
  { node, report }: { node: ScalarNode; report: Report },
): void {
  const [other] = others;
  report.add(
    other === undefined
      ? {
          code: "GS1609",
          summary: `\`${pattern}\` matches no file`,
          detail: "Entries would silently be missing, and their live objects be retired.",
          remedy: "Correct the pattern or remove it.",
        }
      : {
          code: "GS1015",
          summary: `\`${other}\` is neither a YAML nor a JSON file`,
          remedy: "Only .yaml, .yml and .json are read; narrow the pattern, e.g. `catalog/*.yaml`.",
        },
    node,
  );
}

function outside(path: string) {
  return {
    code: "GS1005",
    summary: `\`${path}\` lies outside the directory of the root file`,
    detail: "Everything that belongs to a configuration lies in one directory, links resolved.",
    remedy: "Move it there and name it by a relative path.",
  } as const;
}
