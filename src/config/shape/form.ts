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
  readonly fields: readonly FieldForm[];
  /** How many of them have to be there. */
  readonly required: number;
}

interface FieldForm {
  readonly name: string;
  readonly form: Form;
  readonly isRequired: boolean;
}

/** A map whose `required` keys have to be there; the `optional` ones may. */
export function mapForm(
  required: Readonly<Record<string, Form>>,
  optional: Readonly<Record<string, Form>>,
): MapForm {
  return {
    is: "map",
    fields: Object.entries({ ...required, ...optional }).map(([name, form]) => ({
      name,
      form,
      isRequired: Object.hasOwn(required, name),
    })),
    required: Object.keys(required).length,
  };
}

/** Whether a map is plainly right. Without allocating: it is asked of each entry. */
export function fits(node: MapNode, form: MapForm): boolean {
  return countRequired(node, form) === form.required;
}

/** Whether nothing is wrong with what is there; something may be missing. */
export function fitsSoFar(node: MapNode, form: MapForm): boolean {
  return countRequired(node, form) !== undefined;
}

/** How many of the required keys are set; `undefined` where a key is unknown or a value has another form. */
function countRequired({ entries }: MapNode, { fields }: MapForm): number | undefined {
  let known = 0;
  let found = 0;
  for (const { name, form, isRequired } of fields) {
    const pair = entries.get(name);
    if (pair === undefined) continue;
    known += 1;
    if (isUnset(pair.value)) continue;
    if (!fitsValue(pair.value, form)) return undefined;
    if (isRequired) found += 1;
  }
  return known === entries.size ? found : undefined;
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
