import { diffLines } from "diff";
import { renderOutputJson } from "../../render/index.js";
import {
  type OutputDocument,
  type OutputFormat,
  outputCatalogueSchema,
} from "../../state/output-document.js";

type Differences = NonNullable<OutputDocument["differences"]>;

/** What a written file lacks and has too much, line by line; nothing: it is up to date. */
export function compareOutput(
  wanted: string,
  { found, format }: { found: string; format: OutputFormat },
): Differences {
  const own = format === "json" ? normaliseJson(found) : found.replaceAll("\r\n", "\n");
  if (own === wanted) return [];
  return diffLines(own, wanted).flatMap(({ added, removed, value }) =>
    added || removed
      ? value
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => ({ is: added ? ("missing" as const) : ("surplus" as const), line }))
      : [],
  );
}

/** Also what was printed, with its exit code and diagnostics, and what a formatter wrote otherwise. */
function normaliseJson(found: string): string {
  try {
    const parsed = outputCatalogueSchema.safeParse(JSON.parse(found));
    return parsed.success ? renderOutputJson(parsed.data) : found;
  } catch {
    return found;
  }
}
