import type { FieldRule, FieldType } from "../../engine/kind.js";
import type { FieldValue } from "../../state/value.js";
import type { ConfigNode, ListNode, MapNode, ScalarNode } from "../parse/node.js";
import { valueAt } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { checkUrl } from "./check-url.js";
import { readMoney } from "./read-money.js";

/** A value with a problem of its own: reported, and left out of what later checks see. */
export const faulty = Symbol("faulty");
export type Normalised = FieldValue | typeof faulty;

/**
 * The canonical value of a field whose form the schema has already accepted. What is not written, and what is
 * written as empty, is unset.
 */
export function normaliseField(rule: FieldRule, map: MapNode, { report, owner }: Place): Normalised {
  const node = valueAt(map, rule.name);
  if (node === undefined && isFaulty(map.entries.get(rule.name)?.value)) return faulty;
  const value = node === undefined ? rule.unset : normaliseValue(rule.type, node, report);
  if (value !== null || !rule.required) return value === null ? rule.unset : value;
  const empty = node === undefined ? "missing" : "empty";
  report.add(
    {
      code: "GS1103",
      summary: `\`${rule.name}\` is ${empty}`,
      detail: "The field is required.",
      remedy: `Write \`${rule.name}\` with its value.`,
    },
    node ?? owner,
  );
  return faulty;
}

/** Written, but nobody knows what it says: that is reported, and no value is missing. */
function isFaulty(node: ConfigNode | undefined): boolean {
  return node?.kind === "scalar" && node.faulty === true;
}

interface Place {
  readonly report: Report;
  readonly owner: Span | ConfigNode;
}

function normaliseValue(type: FieldType, node: ConfigNode, report: Report): Normalised {
  switch (type.is) {
    case "list":
      return node.kind === "list" ? normaliseList(type.of, node, report) : misfit(node);
    case "items":
      return node.kind === "list" ? normaliseItems(type.fields, node, report) : misfit(node);
    case "set":
      return node.kind === "list" ? normaliseSet(node, report) : misfit(node);
    default:
      return node.kind === "scalar" ? normaliseScalar(type, node, report) : misfit(node);
  }
}

type ScalarType = Exclude<FieldType, { is: "list" | "items" | "set" }>;

function normaliseScalar(type: ScalarType, node: ScalarNode, report: Report): Normalised {
  switch (type.is) {
    case "money":
      return readMoney(node, report) ?? faulty;
    case "integer":
      return readInteger(node, report);
    case "url":
    case "image": {
      const text = String(node.value);
      const problem = text.trim() === "" ? undefined : checkUrl(text);
      if (problem === undefined) return text.trim() === "" ? null : text;
      report.add(problem, node);
      return faulty;
    }
    case "flag":
      return typeof node.value === "boolean" ? node.value : misfit(node);
    case "text":
    case "token":
    case "choice":
    case "reference":
      return String(node.value).trim() === "" ? null : String(node.value);
    default:
      return type satisfies never;
  }
}

function readInteger(node: ScalarNode, report: Report): Normalised {
  if (/^(0|-?[1-9]\d*)$/.test(node.raw) && Number.isSafeInteger(node.value)) return Number(node.value);
  report.add(
    {
      code: "GS1208",
      summary: `\`${node.raw}\` is not a plain whole number`,
      detail: `It would be read as ${String(node.value)}.`,
      remedy: "Write decimal digits only, without leading zeros, point or exponent.",
    },
    node,
  );
  return faulty;
}

function normaliseList(of: FieldType, list: ListNode, report: Report): Normalised {
  const values = list.items.map((item) => normaliseValue(of, item, report));
  if (!isWhole(values)) return faulty;
  return values.length === 0 ? null : values;
}

function isWhole(values: readonly Normalised[]): values is readonly FieldValue[] {
  return !values.includes(faulty);
}

/** An item with a faulty part keeps the others, so that rules can speak of them in the same run. */
function normaliseItems(fields: readonly FieldRule[], list: ListNode, report: Report): Normalised {
  const items = list.items.map((node): FieldValue => {
    if (node.kind !== "map") return misfit(node);
    const item: { [name: string]: FieldValue } = {};
    for (const rule of fields) {
      const value = normaliseField(rule, node, { report, owner: node });
      if (value !== faulty) item[rule.name] = value;
    }
    return item;
  });
  return items.length === 0 ? null : items;
}

function normaliseSet(list: ListNode, report: Report): Normalised {
  const seen = new Map<string, ConfigNode>();
  for (const item of list.items) {
    const value = item.kind === "scalar" ? String(item.value) : "";
    const first = seen.get(value);
    if (value.trim() === "") report.add({ code: "GS1104", summary: "An empty value in the list" }, item);
    else if (first === undefined) seen.set(value, item);
    else {
      report.add({ code: "GS1211", summary: `\`${value}\` is listed twice`, remedy: "Remove one." }, item, [
        { label: "the first one", span: first },
      ]);
    }
  }
  return seen.size === 0 ? null : [...seen.keys()].sort();
}

/** The schema lets nothing through that has another form than the field's type: if it does, we are wrong. */
function misfit(node: ConfigNode): never {
  throw new Error(`a ${node.kind} that the schema should have refused`);
}
