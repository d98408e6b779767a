import type { MapNode } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { fits, fitsSoFar } from "./form.js";
import type { Shape } from "./shapes.js";

const nothing: ReadonlySet<string> = new Set();

/**
 * Checks the form of a map and reports each problem at its place. `owner` is shown where a key is missing. Returns the
 * top-level keys that have a problem: at once for a map that is plainly right, since ten thousand times waiting for
 * nothing would take a while. Schemas are loaded only for others.
 */
export function checkShape(
  node: MapNode,
  { form, schema }: Shape,
  at: At,
): ReadonlySet<string> | Promise<ReadonlySet<string>> {
  return fits(node, form) ? nothing : findMisfits(node, schema, at);
}

interface At {
  readonly report: Report;
  readonly owner: Span;
}

async function findMisfits(node: MapNode, schema: Shape["schema"], at: At): Promise<ReadonlySet<string>> {
  const { reportMisfits } = await import("./misfits.js");
  return reportMisfits(node, await schema(), at);
}

/** Only the keys: for maps whose values are not whole yet, such as `defaults`. */
export async function checkKeys(node: MapNode, { form, schema }: Shape, report: Report): Promise<void> {
  if (fitsSoFar(node, form)) return;
  const { reportStrayKeys } = await import("./misfits.js");
  reportStrayKeys(node, await schema(), report);
}
