import type { ConfigNode, ListNode, MapNode, ScalarNode } from "../parse/node.js";
import type { Report } from "../report.js";

/** The node as a map; another kind is reported. `undefined` stays silent. */
export function expectMap(node: ConfigNode | undefined, name: string, report: Report): MapNode | undefined {
  if (node === undefined || node.kind === "map") return node;
  report.add(
    {
      code: "GS1104",
      summary: `\`${name}\` must be a map`,
      remedy: `Write \`${lastStep(name)}: { key: value }\`.`,
    },
    node,
  );
  return undefined;
}

/** The node as a list; another kind is reported. */
export function expectList(node: ConfigNode | undefined, name: string, report: Report): ListNode | undefined {
  if (node === undefined || node.kind === "list") return node;
  report.add(
    { code: "GS1104", summary: `\`${name}\` must be a list`, remedy: `Write \`${lastStep(name)}: [ … ]\`.` },
    node,
  );
  return undefined;
}

/** The node as a scalar whose value is a text; another kind is reported. */
export function expectText(
  node: ConfigNode | undefined,
  what: string,
  report: Report,
): (ScalarNode & { readonly value: string }) | undefined {
  if (node === undefined) return undefined;
  if (node.kind === "scalar" && typeof node.value === "string") return { ...node, value: node.value };
  const plain = node.kind === "scalar" && node.value !== null;
  report.add(
    plain
      ? {
          code: "GS1201",
          summary: `${capitalise(what)} must be a text`,
          detail: `Without quotes YAML reads \`${node.raw}\` as ${typeof node.value === "number" ? "a number" : "true or false"}.`,
          remedy: `Write \`"${node.raw}"\`.`,
        }
      : { code: "GS1104", summary: `${capitalise(what)} must be a text` },
    node,
  );
  return undefined;
}

function lastStep(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function capitalise(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
