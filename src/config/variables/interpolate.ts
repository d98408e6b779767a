// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { suggest } from "../nearest.js";
import type { ConfigNode, Pair, ScalarNode, Through } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";

/** The variables of one environment. */
export interface Scope {
  /** Whether any text may refer to one at all: most don't, and need no going through. */
  readonly isUsed: boolean;
  /** The value of a variable, its own references resolved; `undefined` when it is unknown or faulty. */
  resolve(name: string): ScalarNode | "unknown" | "faulty";
  names(): Iterable<string>;
  /** What `${env:NAME}` stands for. */
  readEnvironment(name: string): string | undefined;
}

const referencePattern = /\$\$\{|\$\{([^{}]*)\}|\$\{/g;
/** What one value may grow to: each variable may use others, so that sizes multiply. */
const MAX_CHARACTERS = 20_000;
/** More places than these explain nothing. */
const MAX_THROUGH = 5;

/** The same value with its variables filled in; unknown ones are reported at their place. Linear. */
export function interpolate(node: ConfigNode, scope: Scope, report: Report): ConfigNode {
  return scope.isUsed && refers(node) ? fillIn(node, scope, report) : node;
}

function refers(node: ConfigNode): boolean {
  if (node.kind === "scalar") return typeof node.value === "string" && node.value.includes("${");
  if (node.kind === "list") return node.items.some(refers);
  for (const { value } of node.entries.values()) if (refers(value)) return true;
  return false;
}

function fillIn(node: ConfigNode, scope: Scope, report: Report): ConfigNode {
  switch (node.kind) {
    case "scalar":
      return interpolateScalar(node, scope, report) ?? { ...node, value: null, raw: "", faulty: true };
    case "list":
      return { ...node, items: node.items.map((item) => fillIn(item, scope, report)) };
    case "map": {
      const entries = new Map<string, Pair>();
      for (const [key, pair] of node.entries) {
        entries.set(key, { ...pair, value: fillIn(pair.value, scope, report) });
      }
      return { ...node, entries };
    }
    default:
      return node satisfies never;
  }
}

/** One plain value; `undefined` when a reference in it is faulty, which is reported. */
export function interpolateScalar(node: ScalarNode, scope: Scope, report: Report): ScalarNode | undefined {
  if (typeof node.value !== "string" || !node.value.includes("${")) return node;
  const text = node.value;
  const matches = [...text.matchAll(referencePattern)];
  const parts = matches.map((match) => readReference(match, { node, scope, report }));
  if (parts.includes(undefined)) return undefined;
  const through = parts.flatMap((part) => part?.through ?? []).slice(0, MAX_THROUGH);
  const [only] = parts;
  if (only !== undefined && matches.length === 1 && matches[0]?.[0] === text) {
    return filledNode(node, only.value, { raw: only.raw, through });
  }
  if (parts.reduce((sum, part) => sum + (part?.raw.length ?? 0), text.length) > MAX_CHARACTERS) {
    report.add(
      {
        code: "GS1613",
        summary: `With its variables the text has more than ${MAX_CHARACTERS} characters`,
        remedy: "Write less into the variables.",
      },
      node,
    );
    return undefined;
  }
  const value = fill(text, matches, parts);
  return filledNode(node, value, { raw: value, through });
}

function fill(
  text: string,
  matches: readonly RegExpExecArray[],
  parts: readonly (Part | undefined)[],
): string {
  let at = 0;
  const filled = matches.map((match, index) => {
    const before = text.slice(at, match.index);
    at = match.index + match[0].length;
    return before + (parts[index]?.raw ?? "");
  });
  return filled.join("") + text.slice(at);
}

interface Part {
  readonly value: string | number | boolean | null;
  readonly raw: string;
  readonly through: readonly Through[];
}

interface Use {
  readonly node: ScalarNode;
  readonly scope: Scope;
  readonly report: Report;
}

function readReference(match: RegExpExecArray, { node, scope, report }: Use): Part | undefined {
  const [written, inner] = match;
  if (written === "$${") return { value: "${", raw: "${", through: [] };
  const place = narrow(node, written);
  const fromEnvironment = inner?.startsWith("env:") === true ? inner.slice(4) : undefined;
  if (fromEnvironment !== undefined) return readEnvironment(fromEnvironment, { place, scope, report });
  if (inner === undefined || !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(inner)) {
    report.add(
      {
        code: "GS1608",
        summary: `\`${written}\` is not a reference to a variable`,
        remedy: "Write `${name}` or `${env:NAME}`, or `$${` for a literal `${`.",
      },
      place,
    );
    return undefined;
  }
  const value = scope.resolve(inner);
  if (value === "faulty") return undefined;
  if (value !== "unknown") {
    const label = `the variable \`${inner}\``;
    return {
      value: value.value,
      raw: value.raw,
      through: [{ label, span: value }, ...(value.through ?? [])].slice(0, MAX_THROUGH),
    };
  }
  report.add(
    {
      code: "GS1603",
      summary: `There is no variable \`${inner}\``,
      remedy:
        suggest(inner, scope.names()) ??
        `Define it under \`variables\`, or write \`$${written}\` for the text itself.`,
    },
    place,
  );
  return undefined;
}

function readEnvironment(
  name: string,
  { place, scope, report }: { place: Span; scope: Scope; report: Report },
): Part | undefined {
  if (!/^[A-Za-z0-9_]+$/.test(name)) {
    report.add(
      {
        code: "GS1608",
        summary: `\`env:${name}\` does not name an environment variable`,
        remedy: "Use letters, digits and `_`.",
      },
      place,
    );
    return undefined;
  }
  const value = scope.readEnvironment(name);
  if (value !== undefined) return { value, raw: value, through: [] };
  report.add(
    {
      code: "GS1604",
      summary: `The environment variable \`GSTABLE_VAR_${name}\` is not set`,
      detail: `\`\${env:${name}}\` reads it, and no variable with another prefix.`,
      remedy: `Set \`GSTABLE_VAR_${name}\` where the command runs.`,
    },
    place,
  );
  return undefined;
}

/** The place of a reference inside its value. */
function narrow(node: ScalarNode, written: string): Span {
  const { file, start, end } = node;
  const at = file.text.slice(start, end).indexOf(written);
  return at < 0 ? { file, start, end } : { file, start: start + at, end: start + at + written.length };
}

/** Another value at the same place. */
function filledNode(
  { file, start, end }: Span,
  value: ScalarNode["value"],
  { raw, through }: { raw: string; through: readonly Through[] },
): ScalarNode {
  return { kind: "scalar", file, start, end, value, raw, ...(through.length > 0 && { through }) };
}
