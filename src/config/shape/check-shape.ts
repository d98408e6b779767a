import type { z } from "zod";
import { suggest } from "../nearest.js";
import { type ConfigNode, followPath, type MapNode, toPlain } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { explainType } from "./explain-type.js";
import { keysAt } from "./schema-keys.js";

type Issue = z.core.$ZodIssue;

/**
 * Checks the form of a map against a schema and reports each problem at its place.
 * `owner` is shown where a key is missing. Returns the top-level keys that have a problem.
 */
export function checkShape(
  node: MapNode,
  schema: z.ZodObject,
  { report, owner }: { report: Report; owner: Span },
): ReadonlySet<string> {
  const result = schema.safeParse(toPlain(node));
  const failed = new Set<string>();
  for (const issue of result.error?.issues ?? []) {
    if (issue.path[0] !== undefined) failed.add(String(issue.path[0]));
    if (issue.code === "unrecognized_keys") reportUnknownKeys(issue, node, { schema, report });
    else reportValue(issue, node, { report, owner });
  }
  return failed;
}

/** Only the keys: for maps whose values are not whole yet, such as `defaults`. */
export function checkKeys(node: MapNode, schema: z.ZodObject, report: Report): void {
  const result = schema.safeParse(toPlain(node));
  for (const issue of result.error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") reportUnknownKeys(issue, node, { schema, report });
  }
}

/** Whether a key is one of the keys of a map; others are reported. */
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

function reportUnknownKeys(
  issue: Issue & { code: "unrecognized_keys" },
  root: MapNode,
  { schema, report }: { schema: z.ZodType; report: Report },
): void {
  const { node } = followPath(root, issue.path);
  const known = keysAt(schema, issue.path);
  for (const key of issue.keys) {
    const span = node.kind === "map" ? node.entries.get(key)?.key : undefined;
    reportUnknownKey(key, span ?? node.span, { known, report });
  }
}

function reportValue(issue: Issue, root: MapNode, { report, owner }: { report: Report; owner: Span }): void {
  const found = followPath(root, issue.path);
  if (found.exact && found.node.kind === "scalar" && found.node.faulty) return;
  if (!found.exact && found.node.kind === "map" && found.node.merges) return;
  const name = formatPath(issue.path);
  if (!found.exact || isNullBehindKey(found)) {
    const place = found.exact ? (found.key ?? found.node) : issue.path.length > 1 ? found.node : owner;
    report.add(missingProblem(name, found.exact), place);
    return;
  }
  report.add(explainType(issue, found.node, name), found.node);
}

function isNullBehindKey({ node, key }: { node: ConfigNode; key?: Span }): boolean {
  return key !== undefined && node.kind === "scalar" && node.value === null;
}

function missingProblem(name: string, unset: boolean) {
  return {
    code: "GS1103",
    summary: unset ? `\`${name}\` is unset, and it is required` : `\`${name}\` is missing`,
    detail: "The field is required.",
    remedy: `Write \`${name.slice(name.lastIndexOf(".") + 1)}\` with its value.`,
  } as const;
}

/** `lineItems[0].unitPrice` */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`))
    .join("");
}
