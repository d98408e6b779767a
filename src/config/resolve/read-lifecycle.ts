import type { KindDefinition } from "../../engine/kind.js";
import type { Lifecycle, Retirement } from "../../state/desired.js";
import { suggest } from "../nearest.js";
import { type ConfigNode, type MapNode, type ScalarNode, valueAt } from "../parse/node.js";
import type { Report } from "../report.js";

/** How an entry is looked after. Its form has been checked: what is no text was reported, and the rest is still read. */
export function readLifecycle(entry: MapNode, definition: KindDefinition, report: Report): Lifecycle {
  const written = valueAt(entry, "lifecycle");
  const map = written?.kind === "map" ? written : undefined;
  const protect = valueAt(map, "protect");
  const ignore = valueAt(map, "ignoreChanges");
  const onRemove = valueAt(map, "onRemove");
  return {
    protect: protect?.kind === "scalar" && protect.value === true,
    ignoreChanges:
      ignore?.kind === "list" ? readIgnored(ignore.items.filter(isText), definition, report) : [],
    onRemove: readRetirement(isText(onRemove) ? onRemove : undefined, definition, report),
  };
}

/** A text whose variables are right. */
const isText = (node: ConfigNode | undefined): node is ScalarNode =>
  node?.kind === "scalar" && typeof node.value === "string" && node.faulty !== true;

function readIgnored(
  items: readonly ScalarNode[],
  definition: KindDefinition,
  report: Report,
): readonly string[] {
  const ignorable = definition.fields.filter((rule) => rule.ignorable).map((rule) => rule.name);
  const seen = new Map<string, ConfigNode>();
  for (const item of items) {
    const name = String(item.value);
    const first = seen.get(name);
    if (first !== undefined) {
      report.add({ code: "GS1211", summary: `\`${name}\` is listed twice`, remedy: "Remove one." }, item, [
        { label: "the first one", span: first },
      ]);
    } else if (ignorable.includes(name)) seen.set(name, item);
    else report.add(notIgnorable(name, ignorable, definition), item);
  }
  return [...seen.keys()].sort();
}

function notIgnorable(name: string, ignorable: readonly string[], definition: KindDefinition) {
  const isField = definition.fields.some((rule) => rule.name === name);
  const isState = definition.openClose.field === name;
  const isPart = /[.[]/.test(name);
  const detail = isField
    ? "It decides where the money goes or what is sold, which the dashboard must not decide alone."
    : isState
      ? "Whether an entry is open is not a field; leave the key out of `ignoreChanges`."
      : isPart
        ? "Only whole top-level fields can be ignored."
        : `A ${definition.label} has no such field.`;
  const remedy = isField || isState ? "Remove it from `ignoreChanges`." : suggest(name, ignorable);
  return {
    code: "GS1505",
    summary: `\`${name}\` cannot be ignored`,
    detail,
    ...(remedy !== undefined && { remedy }),
  } as const;
}

function readRetirement(
  node: ScalarNode | undefined,
  definition: KindDefinition,
  report: Report,
): Retirement {
  if (node === undefined) return definition.defaultRetirement;
  const found = definition.retirements.find((retirement) => retirement === node.value);
  if (found !== undefined) return found;
  const possible = definition.retirements.map((retirement) => `\`${retirement}\``).join(", ");
  const cannotDelete = node.value === "remove" && definition.removeCall === undefined;
  report.add(
    {
      code: "GS1506",
      summary: cannotDelete
        ? `A ${definition.label} cannot be removed`
        : `A ${definition.label} cannot be retired by \`${String(node.value)}\``,
      ...(cannotDelete && { detail: "GStable has no way to delete one: it can only be closed." }),
      remedy: `Possible here: ${possible}.`,
    },
    node,
  );
  return definition.defaultRetirement;
}
