import type { Diagnostic, Result } from "../diagnostics/index.js";
import { failure, hasErrors, success } from "../diagnostics/index.js";
import { followPath, toPlain } from "./parse/node.js";
import { parseText } from "./parse/parse-text.js";
import { createSourceFile, sourceOf } from "./parse/source-file.js";
import { createCollector } from "./report.js";

/** Data of another file than the configuration, with the places in it. */
export interface PlacedData {
  readonly value: unknown;
  /** The place that a path leads to, or the nearest one on its way. */
  sourceAt(path: readonly PropertyKey[]): NonNullable<Diagnostic["source"]>;
}

/** Reads YAML or JSON as strictly as the configuration. */
export async function readData(name: string, text: string): Promise<Result<PlacedData>> {
  const report = createCollector();
  const root = await parseText(createSourceFile(name, text), report);
  const diagnostics = report.diagnostics();
  if (root === undefined || hasErrors(diagnostics)) return failure(...diagnostics);
  return success({
    value: toPlain(root),
    sourceAt: (path) => sourceOf(followPath(root, path).node),
  });
}
