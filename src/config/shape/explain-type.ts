import type { z } from "zod";
import { suggest } from "../nearest.js";
import type { ConfigNode } from "../parse/node.js";
import type { Problem } from "../report.js";

/** Says what a schema's issue means for somebody who writes YAML. */
export function explainType(issue: z.core.$ZodIssue, node: ConfigNode, name: string): Problem {
  switch (issue.code) {
    case "invalid_value":
      return explainChoice(issue.values.map(String), node, name);
    case "invalid_union":
      return {
        code: "GS1104",
        summary: `\`${name}\` must be an amount`,
        remedy: "Write dollars as `$9.99`, or whole Micro-USD (1000000 = $1).",
      };
    case "invalid_type":
      return explainExpected(issue.expected, node, name);
    default:
      return { code: "GS1104", summary: `\`${name}\` has the wrong form: ${issue.message}` };
  }
}

function explainExpected(expected: string, node: ConfigNode, name: string): Problem {
  if (expected === "string") return explainText(node, name);
  if (expected === "boolean") return explainFlag(node, name);
  if (expected === "number") return explainNumber(node, name);
  const form = expected === "array" ? "a list" : "a map";
  const example = expected === "array" ? "[ … ]" : "{ key: value }";
  return {
    code: "GS1104",
    summary: `\`${name}\` must be ${form}`,
    remedy: name.endsWith("]") ? `Write \`${example}\`.` : `Write \`${name}: ${example}\`.`,
  };
}

function explainText(node: ConfigNode, name: string): Problem {
  if (node.kind !== "scalar" || node.value === null) {
    return { code: "GS1104", summary: `\`${name}\` must be a text` };
  }
  const read =
    typeof node.value === "number" ? `the number ${node.value}` : `the flag \`${String(node.value)}\``;
  return {
    code: "GS1201",
    summary: `\`${name}\` must be a text`,
    detail: `Without quotes YAML reads \`${node.raw}\` as ${read}, and its spelling would be lost.`,
    remedy: `Quote it: \`"${node.raw}"\`.`,
  };
}

function explainFlag(node: ConfigNode, name: string): Problem {
  const word = node.kind === "scalar" ? node.raw.toLowerCase() : "";
  const meant = ["yes", "on", "y", "true", "1"].includes(word)
    ? "true"
    : ["no", "off", "n", "false", "0"].includes(word)
      ? "false"
      : undefined;
  return {
    code: "GS1202",
    summary: `\`${name}\` must be \`true\` or \`false\``,
    ...(meant !== undefined && {
      detail: `In YAML 1.2 \`${node.kind === "scalar" ? node.raw : ""}\` is not a flag.`,
    }),
    remedy: `Write \`${meant ?? "true"}\`${meant === undefined ? " or `false`" : ""}, without quotes.`,
  };
}

function explainNumber(node: ConfigNode, name: string): Problem {
  const digits = node.kind === "scalar" && /^\d+$/.test(node.raw) ? node.raw : undefined;
  return {
    code: "GS1208",
    summary: `\`${name}\` must be a whole number`,
    remedy: digits === undefined ? "Write e.g. `1`." : `Write \`${digits}\` without quotes.`,
  };
}

function explainChoice(choices: readonly string[], node: ConfigNode, name: string): Problem {
  const written = node.kind === "scalar" ? node.raw : "";
  const remedy = suggest(written, choices);
  return {
    code: "GS1209",
    summary: `\`${name}\` must be ${choices.map((choice) => `\`${choice}\``).join(" or ")}`,
    ...(remedy !== undefined && { remedy }),
  };
}
