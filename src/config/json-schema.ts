import { z } from "zod";
import { resourceKinds } from "../resources/registry.js";
import { entryNamePattern } from "../state/address.js";
import { fileSchemas } from "./file-schemas.js";

type Json = { [key: string]: unknown };

const variable = { type: "string", pattern: "\\$\\{[^{}]+\\}" };

/** The configuration as JSON Schema (draft 7, what editors read); `schema.json` is this. */
export async function configJsonSchema(): Promise<object> {
  const { root } = await fileSchemas();
  const schema: Json = z.toJSONSchema(root, { target: "draft-7", io: "input" });
  const definitions = isJson(schema.definitions) ? schema.definitions : {};
  for (const name of ["account", ...resourceKinds.map(({ definition }) => definition.kind)]) {
    const entry = definitions[name];
    if (isJson(entry)) relaxEntry(entry);
  }
  nameMaps(schema);
  return schema;
}

/** What is a name may not be anything: `products`, `accounts` and `environments` are maps by name. */
function nameMaps(schema: Json): void {
  const name = { pattern: entryNamePattern.source };
  if (isJson(schema.properties)) {
    const { project, ...properties } = schema.properties;
    if (isJson(project)) project.pattern = name.pattern;
    const keys = ["accounts", "environments", ...resourceKinds.map(({ definition }) => definition.configKey)];
    for (const [key, property] of Object.entries(properties)) {
      if (!isJson(property)) continue;
      if (keys.includes(key) && property.additionalProperties !== undefined) property.propertyNames = name;
      else nameMaps(property);
    }
  }
  if (!isJson(schema.definitions)) return;
  for (const definition of Object.values(schema.definitions)) if (isJson(definition)) nameMaps(definition);
}

/**
 * What an entry lacks may come from `defaults` or `overrides`, any value from a variable, and `null` unsets:
 * an editor that looks at one place must not call that wrong.
 */
function relaxEntry(entry: Json): void {
  delete entry.required;
  relaxProperties(entry, true);
}

function relaxProperties(schema: Json, nullable: boolean): void {
  if (!isJson(schema.properties)) return;
  for (const [name, property] of Object.entries(schema.properties)) {
    if (!isJson(property)) continue;
    relaxProperties(property, true);
    if (isJson(property.items)) relaxProperties(property.items, false);
    schema.properties[name] = relaxValue(property, nullable);
  }
}

function relaxValue(property: Json, nullable: boolean): Json {
  const {
    type,
    enum: choices,
    minimum,
    properties,
    items,
    required,
    additionalProperties,
    ...about
  } = property;
  const takesVariable =
    type === "boolean" || type === "integer" || type === "number" || choices !== undefined;
  if (!takesVariable && !nullable) return property;
  const plain = Object.fromEntries(
    Object.entries({
      type,
      enum: choices,
      minimum,
      properties,
      items,
      required,
      additionalProperties,
    }).filter(([, value]) => value !== undefined),
  );
  if (!takesVariable) {
    const types = Array.isArray(type) ? type : [type];
    return { ...about, ...plain, type: [...types, "null"] };
  }
  return { ...about, anyOf: [plain, variable, ...(nullable ? [{ type: "null" }] : [])] };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
