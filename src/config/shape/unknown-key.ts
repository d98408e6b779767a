import { suggest } from "../nearest.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";

/** Reports a key that a map should not have, with the one of the `known` that was probably meant. */
export function reportUnknownKey(
  key: string,
  span: Span,
  { known, report }: { known: readonly string[]; report: Report },
): void {
  const remedy = suggest(key, known);
  report.add(
    {
      code: "GS1102",
      summary: `\`${key}\` is not a key that is known here`,
      ...(remedy !== undefined && { remedy }),
    },
    span,
  );
}
