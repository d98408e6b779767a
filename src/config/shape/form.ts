import { type ConfigNode, isUnset, type MapNode } from "../parse/node.js";

/** What a value has to look like, as far as that can be seen without a schema. */
export type Form =
  | { readonly is: "text" | "flag" | "number" | "amount" }
  | { readonly is: "choice"; readonly choices: readonly string[] }
  | { readonly is: "list"; readonly of: Form }
  | MapForm;

/** A map of these keys and no others. */
export interface MapForm {
  readonly is: "map";
  readonly fields: ReadonlyMap<string, Form>;
  readonly required: ReadonlySet<string>;
}

/** A map whose `required` keys have to be there; the `optional` ones may. */
export function mapForm(
  required: Readonly<Record<string, Form>>,
  optional: Readonly<Record<string, Form>>,
): MapForm {
  return {
    is: "map",
    fields: new Map(Object.entries({ ...required, ...optional })),
    required: new Set(Object.keys(required)),
  };
}

/** Whether a map is plainly right. Without allocating: it is asked of each entry. */
export function fits(node: MapNode, form: MapForm): boolean {
  return countRequired(node, form) === form.required.size;
}

/** Whether nothing is wrong with what is there; something may be missing. */
export function fitsSoFar(node: MapNode, form: MapForm): boolean {
  return countRequired(node, form) !== undefined;
}

/** How many of the required keys are set; `undefined` where a key is unknown or a value has another form. */
function countRequired(node: MapNode, { fields, required }: MapForm): number | undefined {
  let found = 0;
  for (const [key, { value }] of node.entries) {
    if (isUnset(value)) continue;
    const form = fields.get(key);
    if (form === undefined || !fitsValue(value, form)) return undefined;
    if (required.has(key)) found += 1;
  }
  return found;
}

function fitsValue(node: ConfigNode, form: Form): boolean {
  switch (form.is) {
    case "map":
      return node.kind === "map" && fits(node, form);
    case "list":
      return node.kind === "list" && node.items.every((item) => fitsValue(item, form.of));
    case "text":
      return node.kind === "scalar" && typeof node.value === "string";
    case "flag":
      return node.kind === "scalar" && typeof node.value === "boolean";
    case "number":
      return node.kind === "scalar" && Number.isFinite(node.value);
    case "amount":
      return node.kind === "scalar" && (typeof node.value === "string" || Number.isFinite(node.value));
    case "choice":
      return node.kind === "scalar" && form.choices.some((choice) => choice === node.value);
    default:
      return form satisfies never;
  }
}
