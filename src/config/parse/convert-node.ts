import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Range, type Pair as YamlPair } from "yaml";
import type { Report } from "../report.js";
import type { ConfigNode, Pair } from "./node.js";
import type { SourceFile, Span } from "./source-file.js";
import { loneSurrogate } from "./surrogates.js";

/** How many nodes the aliases of one file may stand for. */
const MAX_ALIASED_NODES = 50_000;

interface Conversion {
  readonly file: SourceFile;
  readonly report: Report;
  /** What each anchor marks so far; `open` while its own value is being read. */
  readonly anchors: Map<string, ConfigNode | "open">;
  /** Nodes below each collection, aliases unfolded. */
  readonly sizes: WeakMap<ConfigNode, number>;
  aliased: number;
}

/**
 * The yaml package's tree as ours: places, spellings, no aliases (they share the node that they mean).
 * Duplicate keys are found here, in linear time; the package's own check is quadratic.
 */
export function convertNode(node: Node | null, file: SourceFile, report: Report): ConfigNode {
  const conversion: Conversion = { file, report, anchors: new Map(), sizes: new WeakMap(), aliased: 0 };
  return convert(node, { file, start: 0, end: 0 }, conversion);
}

function convert(node: unknown, fallback: Span, conversion: Conversion): ConfigNode {
  const span = spanOf(node, conversion.file) ?? fallback;
  if (isAlias(node)) return resolveAlias(node.source, span, conversion);
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) conversion.anchors.set(anchor, "open");
  const converted = convertContent(node, span, conversion);
  if (anchor !== undefined) conversion.anchors.set(anchor, converted);
  return converted;
}

function convertContent(node: unknown, span: Span, conversion: Conversion): ConfigNode {
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item, span, conversion));
    return sized({ kind: "list", ...span, items }, items, conversion);
  }
  if (isMap(node)) {
    const entries = convertPairs(node.items, span, conversion);
    const values = [...entries.values()].map((pair) => pair.value);
    const merges = node.items.some(({ key }) => isMergeKey(key));
    return sized({ kind: "map", ...span, entries, ...(merges && { merges }) }, values, conversion);
  }
  if (!isScalar(node)) return { kind: "scalar", ...span, value: null, raw: "" };
  const { value } = node;
  if (typeof value === "string" && loneSurrogate.test(value)) {
    reportSurrogate(span, conversion.report);
    return { kind: "scalar", ...span, value: null, raw: "", faulty: true };
  }
  const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return { kind: "scalar", ...span, value: known ? value : null, raw: node.source ?? String(value ?? "") };
}

/** Half a character has no UTF-8: it would become another text on the way to the API, and differ for ever. */
function reportSurrogate(span: Span, report: Report): void {
  report.add(
    {
      code: "GS1016",
      summary: "The text has half a character in it",
      detail: "A `\\uD800` to `\\uDFFF` means something only as one of a pair; alone it cannot be sent.",
      remedy: "Write the character itself, or both halves: `\\uD83D\\uDE00`.",
    },
    span,
  );
}

function convertPairs(items: readonly YamlPair[], map: Span, conversion: Conversion): Map<string, Pair> {
  const entries = new Map<string, Pair>();
  for (const { key, value } of items) {
    const span = spanOf(key, conversion.file) ?? map;
    const after = { ...span, start: span.end };
    const name = readKey(key, span, conversion);
    const converted = convert(value, after, conversion);
    if (name === undefined) continue;
    const first = entries.get(name);
    if (first === undefined) entries.set(name, { ...span, value: converted });
    else {
      conversion.report.add(
        {
          code: "GS1101",
          summary: `The key \`${name}\` is here for the second time`,
          detail: "One of the two values would be lost without a word.",
          remedy: "Remove one of the two.",
        },
        span,
        [{ label: "the first one", span: first }],
      );
    }
  }
  return entries;
}

function readKey(key: unknown, span: Span, { report }: Conversion): string | undefined {
  if (!isScalar(key) || typeof key.value !== "string") {
    const written = isScalar(key) && key.source ? key.source : "name";
    report.add(
      {
        code: "GS1014",
        summary: "A key must be a text",
        remedy: `Put it in quotes: \`"${written}":\`.`,
      },
      span,
    );
    return undefined;
  }
  const name = key.value;
  if (loneSurrogate.test(name)) {
    reportSurrogate(span, report);
    return undefined;
  }
  if (isMergeKey(key)) {
    report.add(
      {
        code: "GS1105",
        summary: "`<<` does not merge here",
        detail: "It belongs to YAML 1.1, and hides in a review where a value comes from.",
        remedy: "Put what the entries share under `defaults`, or write the values out.",
      },
      span,
    );
    return undefined;
  }
  if (name === "__proto__") {
    report.add({ code: "GS1106", summary: "The key `__proto__` is not allowed", remedy: "Remove it." }, span);
    return undefined;
  }
  if (name.includes("${")) {
    report.add(
      {
        code: "GS1605",
        summary: `A key cannot come from a variable: \`${name}\``,
        remedy: "Write the key out; variables stand for values.",
      },
      span,
    );
    return undefined;
  }
  return name;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type !== "QUOTE_DOUBLE" && key.type !== "QUOTE_SINGLE";
}

function resolveAlias(name: string, span: Span, conversion: Conversion): ConfigNode {
  const target = conversion.anchors.get(name);
  const nothing: ConfigNode = { kind: "scalar", ...span, value: null, raw: "", faulty: true };
  if (target === undefined || target === "open") {
    conversion.report.add(
      target === undefined
        ? {
            code: "GS1011",
            summary: `There is no anchor \`&${name}\` before this alias`,
            remedy: "Put the anchor before the alias, or quote the text if it only begins with `*`.",
          }
        : {
            code: "GS1012",
            summary: `\`*${name}\` stands inside its own anchor`,
            detail: "The value would contain itself.",
            remedy: "Write the value out.",
          },
      span,
    );
    return nothing;
  }
  conversion.aliased += conversion.sizes.get(target) ?? 1;
  if (conversion.aliased <= MAX_ALIASED_NODES) return target;
  conversion.report.add(
    {
      code: "GS1010",
      summary: "The aliases unfold to too much",
      detail: `Together they stand for more than ${MAX_ALIASED_NODES} values.`,
      remedy: "Use `defaults` for what many entries share.",
    },
    span,
  );
  return nothing;
}

function sized(node: ConfigNode, parts: readonly ConfigNode[], { sizes }: Conversion): ConfigNode {
  sizes.set(
    node,
    parts.reduce((sum, part) => sum + (sizes.get(part) ?? 1), 1),
  );
  return node;
}

function spanOf(node: unknown, file: SourceFile): Span | undefined {
  const range = rangeOf(node);
  return range ? { file, start: range[0], end: endOf(node) ?? range[1] } : undefined;
}

function rangeOf(node: unknown): Range | null | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
}

/** A collection without brackets ends with its last value, not with the line breaks and comments behind it. */
function endOf(node: unknown): number | undefined {
  if ((!isMap(node) && !isSeq(node)) || node.flow === true) return rangeOf(node)?.[1];
  const last: unknown = node.items.at(-1);
  return endOf(isPair(last) ? (last.value ?? last.key) : last);
}
