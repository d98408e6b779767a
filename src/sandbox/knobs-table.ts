import { z } from "zod";
import { knobsSchema } from "./knobs.js";

/** The knobs as a Markdown table: the one in docs/sandbox.md. */
export function knobsTable(): string {
  const properties = z.toJSONSchema(knobsSchema).properties ?? {};
  const rows = Object.entries(properties).map(([name, schema]) =>
    typeof schema === "boolean" ? "" : row(name, schema),
  );
  return ["| knob | values (default first) | what it turns |", "|---|---|---|", ...rows].join("\n");
}

function row(name: string, schema: z.core.JSONSchema.JSONSchema): string {
  const byDefault = JSON.stringify(schema.default);
  const choices =
    schema.enum ?? (schema.type === "boolean" ? [true, false] : schema.anyOf?.map((one) => one.const));
  const others = (choices ?? [])
    .filter((value) => value !== undefined)
    .map((value) => JSON.stringify(value))
    .filter((value) => value !== byDefault);
  const values = [byDefault, ...others].map((value) => `\`${value}\``).join(", ");
  return `| \`${name}\` | ${values} | ${schema.description ?? ""} |`;
}
