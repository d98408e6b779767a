import type { Report } from "../report.js";
import { readEveryday } from "./everyday/read-everyday.js";
import type { MapNode } from "./node.js";
import type { SourceFile } from "./source-file.js";

/**
 * YAML 1.2 core or JSON as a tree with places; `undefined` where the text has no usable one. Never throws.
 * The yaml package is loaded when there is something that it alone can read, or something to say.
 */
export async function parseText(file: SourceFile, report: Report): Promise<MapNode | undefined> {
  const everyday = readEveryday(file);
  if (everyday !== undefined) return everyday;
  const { parseYaml } = await import("./parse-yaml.js");
  return parseYaml(file, report);
}
