import type { z } from "zod";
import { type ConfigNode, followPath, type MapNode, toPlain } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { explainType } from "./explain-type.js";
import { keysAt } from "./schema-keys.js";
import { reportUnknownKey } from "./unknown-key.js";

type Issue = z.core.$ZodIssue;

/**
 * Reports each problem of a map's form at its place. `owner` is shown where a key is missing. Returns the top-level
 * keys that have a problem.
 */
export function reportMisfits(
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

/** Reports the keys that a map should not have, and nothing else. */
export function reportStrayKeys(node: MapNode, schema: z.ZodObject, report: Report): void {
  const result = schema.safeParse(toPlain(node));
  for (const issue of result.error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") reportUnknownKeys(issue, node, { schema, report });
  }
}

function reportUnknownKeys(
  issue: Issue & { code: "unrecognized_keys" },
  root: MapNode,
  { schema, report }: { schema: z.ZodType; report: Report },
): void {
  const { node } = followPath(root, issue.path);
  const known = keysAt(schema, issue.path);
  for (const key of issue.keys) {
    const span = node.kind === "map" ? node.entries.get(key) : undefined;
    reportUnknownKey(key, span ?? node, { known, report });
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
