import type { FieldType } from "../../engine/kind.js";
import { formatUsd } from "../../state/money.js";
import { type FieldValue, isList, isMap } from "../../state/value.js";
import type { ConfigNode } from "../parse/node.js";

/** A value in the words of the configuration language: what a file says, not how it is quoted. */
export type Written = WrittenScalar | WrittenList | WrittenMap;

export interface WrittenScalar {
  readonly is: "scalar";
  readonly value: string | number | boolean | null;
  /** An amount: written plain, `$9.99`. */
  readonly money?: true;
}

export interface WrittenList {
  readonly is: "list";
  readonly items: readonly Written[];
}

export interface WrittenMap {
  readonly is: "map";
  readonly entries: ReadonlyMap<string, Written>;
  /** A whole entry: on lines of its own where the text has lines, with an empty one before it. */
  readonly apart?: true;
}

export const unset: WrittenScalar = { is: "scalar", value: null };

/** A canonical value, references as names, as somebody would write it. Unset parts are left out. */
export function writeValue(type: FieldType, value: FieldValue): Written {
  if (value === null) return unset;
  if (type.is === "items" && isList(value)) {
    return { is: "list", items: value.filter(isMap).map((item) => writeItem(type, item)) };
  }
  if (isList(value)) {
    const part: FieldType = type.is === "list" ? type.of : { is: "text" };
    return { is: "list", items: value.map((item) => writeValue(part, item)) };
  }
  if (type.is === "money" && typeof value === "number") return writeMoney(value);
  if (typeof value === "string") return { is: "scalar", value: escapeVariables(value) };
  if (typeof value === "number" || typeof value === "boolean") return { is: "scalar", value };
  throw new Error(`a value of the type ${type.is} that cannot be written`);
}

/** One record of a list, without its unset parts. */
export function writeItem(
  type: FieldType & { readonly is: "items" },
  item: { readonly [name: string]: FieldValue },
): WrittenMap {
  const parts = type.fields.flatMap((field) => {
    const value = item[field.name] ?? null;
    return value === null ? [] : [[field.name, writeValue(field.type, value)] as const];
  });
  return { is: "map", entries: new Map(parts) };
}

/** Without thousands separators: inside `[ ]` a comma would end the amount. */
function writeMoney(microUsd: number): WrittenScalar {
  return { is: "scalar", value: `$${formatUsd(microUsd).replace(/\.00$/, "")}`, money: true };
}

/** `${` in a live text is no reference to a variable. */
function escapeVariables(text: string): string {
  return text.replaceAll("${", () => "$${");
}

/** What a parsed text says, aliases unfolded. */
export function writtenOf(node: ConfigNode): Written {
  switch (node.kind) {
    case "scalar":
      return { is: "scalar", value: node.value, ...(isAmount(node.value) && { money: true }) };
    case "list":
      return { is: "list", items: node.items.map(writtenOf) };
    case "map":
      return {
        is: "map",
        entries: new Map([...node.entries].map(([key, { value }]) => [key, writtenOf(value)])),
      };
    default:
      return node satisfies never;
  }
}

const isAmount = (value: unknown): boolean => typeof value === "string" && /^\$\d+(\.\d+)?$/.test(value);

/** Whether two texts say the same; the order of keys does not matter. */
export function sameWritten(a: Written | undefined, b: Written | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.is === "scalar") return b.is === "scalar" && Object.is(a.value, b.value);
  if (a.is === "list") {
    return (
      b.is === "list" &&
      a.items.length === b.items.length &&
      a.items.every((item, at) => sameWritten(item, b.items[at]))
    );
  }
  return (
    b.is === "map" &&
    a.entries.size === b.entries.size &&
    [...a.entries].every(([key, value]) => sameWritten(value, b.entries.get(key)))
  );
}
