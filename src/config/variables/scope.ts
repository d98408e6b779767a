import type { ConfigNode, MapNode, ScalarNode } from "../parse/node.js";
import type { SourceFile } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { interpolateScalar, type Scope } from "./interpolate.js";

interface ScopeOptions {
  /** Earlier maps lose against later ones: the root file's, then the environment's. */
  readonly layers: readonly (MapNode | undefined)[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** All texts of the configuration. */
  readonly sources: readonly SourceFile[];
  readonly report: Report;
}

/** Variables that use variables that use variables: more steps than these are as good as a circle. */
const MAX_DEPTH = 50;
const namePattern = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Checks the variables; a variable may use others, in any order, but not itself. */
export function createScope({ layers, variables, sources, report }: ScopeOptions): Scope {
  const nodes = new Map<string, ScalarNode>();
  const broken = new Set<string>();
  for (const [name, pair] of layers.flatMap((layer) => [...(layer?.entries ?? [])])) {
    if (!namePattern.test(name)) report.add(badName(name), pair);
    const { value } = pair;
    if (value.kind === "scalar" && value.value !== null) {
      nodes.set(name, value);
      broken.delete(name);
    } else {
      report.add(notPlain(name), value);
      broken.add(name);
      nodes.delete(name);
    }
  }
  let depth = 0;
  const resolved = new Map<string, ScalarNode | "faulty" | "open">();
  const scope: Scope = {
    // An escape may stand for any character.
    isUsed: sources.some(({ text }) => text.includes("${") || text.includes("\\")),
    names: () => nodes.keys(),
    readEnvironment: (name) =>
      Object.hasOwn(variables, `GSTABLE_VAR_${name}`) ? variables[`GSTABLE_VAR_${name}`] : undefined,
    resolve: (name) => {
      const node = nodes.get(name);
      if (node === undefined) return broken.has(name) ? "faulty" : "unknown";
      const known = resolved.get(name);
      if (known === "open" || (known === undefined && depth > MAX_DEPTH)) {
        report.add(known === "open" ? circle(name) : tooDeep(name), node);
        return "faulty";
      }
      if (known !== undefined) return known;
      resolved.set(name, "open");
      depth += 1;
      const value = interpolateScalar(node, scope, report) ?? "faulty";
      depth -= 1;
      resolved.set(name, value);
      return value;
    },
  };
  for (const name of nodes.keys()) scope.resolve(name);
  return scope;
}

function badName(name: string) {
  return {
    code: "GS1607",
    summary: `A variable cannot be called \`${name}\``,
    remedy: "Use letters, digits, `_` and `-`, beginning with a letter.",
  } as const;
}

function notPlain(name: string) {
  return {
    code: "GS1607",
    summary: `The variable \`${name}\` must be a text, a number, \`true\` or \`false\``,
    remedy: `Write \`${name}: value\`.`,
  } as const;
}

function circle(name: string) {
  return {
    code: "GS1606",
    summary: `The variable \`${name}\` needs its own value`,
    remedy: "Give one of the variables of the circle a plain value.",
  } as const;
}

function tooDeep(name: string) {
  return {
    code: "GS1613",
    summary: `It takes more than ${MAX_DEPTH} steps to the variable \`${name}\``,
    remedy: "Write the value of one of the variables out.",
  } as const;
}

/** A value that the root file writes before any variable is known, such as `project`. */
export function usesVariable(node: ConfigNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && node.value.includes("${");
}
