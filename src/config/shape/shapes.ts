import type { z } from "zod";
import type { FieldRule, FieldType } from "../../engine/kind.js";
import { resourceKinds } from "../../resources/registry.js";
import type { ResourceKind } from "../../resources/resource-kind.js";
import { type Form, type MapForm, mapForm } from "./form.js";

/**
 * The shape of a map, twice: as a form, which says at once that most maps are right, and as the schema, which finds
 * what is wrong with the others. What the form lets through the schema lets through (test/config/shapes).
 */
export interface Shape {
  readonly form: MapForm;
  schema(): Promise<z.ZodObject>;
}

const text: Form = { is: "text" };
const flag: Form = { is: "flag" };
const amount: Form = { is: "amount" };
const texts: Form = { is: "list", of: text };

export const accountShape: Shape = {
  form: mapForm({}, { id: text, address: text }),
  schema: async () => (await import("../schema.js")).accountSchema,
};

export const importShape: Shape = {
  form: mapForm({ to: text, id: text }, {}),
  schema: async () => (await import("../schema.js")).importSchema,
};

export const moveShape: Shape = {
  form: mapForm({ from: text, to: text }, {}),
  schema: async () => (await import("../schema.js")).moveSchema,
};

export const policyShape: Shape = {
  form: mapForm(
    {},
    {
      maxPriceChange: text,
      maxRetire: text,
      priceRange: { is: "list", of: amount },
      allowedHosts: texts,
      allow: texts,
    },
  ),
  schema: async () => (await import("../schema.js")).policySchema,
};

const lifecycle = mapForm({}, { protect: flag, ignoreChanges: texts, onRemove: text });

const entryShapes: ReadonlyMap<ResourceKind, Shape> = new Map(
  resourceKinds.map((resource) => {
    const { fields, openClose } = resource.definition;
    const form = formOfFields(fields, { [openClose.field]: flag, lifecycle });
    return [resource, { form, schema: resource.schema }];
  }),
);

/** The shape of an entry, from the fields of its kind. */
export function entryShape(resource: ResourceKind): Shape {
  const shape = entryShapes.get(resource);
  if (shape === undefined) throw new Error(`no shape of a ${resource.definition.kind}`);
  return shape;
}

function formOfFields(fields: readonly FieldRule[], also: Readonly<Record<string, Form>> = {}): MapForm {
  const forms = (required: boolean) =>
    Object.fromEntries(
      fields.filter((rule) => rule.required === required).map(({ name, type }) => [name, formOf(type)]),
    );
  return mapForm(forms(true), { ...forms(false), ...also });
}

function formOf(type: FieldType): Form {
  switch (type.is) {
    case "text":
    case "url":
    case "token":
    case "image":
    case "reference":
      return text;
    case "flag":
      return flag;
    case "money":
      return amount;
    case "integer":
      return { is: "number" };
    case "choice":
      return { is: "choice", choices: type.choices };
    case "set":
      return texts;
    case "list":
      return { is: "list", of: formOf(type.of) };
    case "items":
      return { is: "list", of: formOfFields(type.fields) };
    default:
      return type satisfies never;
  }
}
