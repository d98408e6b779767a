import { z } from "zod";
import { configJsonSchema } from "../config/index.js";
import { renderJson } from "../render/index.js";
import { applyOutputSchema } from "../state/apply-document.js";
import { planDocumentSchema } from "../state/plan-document.js";
import { type CommandResult, exitCodes } from "./context.js";
import { failureDocument } from "./result.js";

const schemas = { config: configJsonSchema, plan: planJsonSchema, apply: applyJsonSchema } as const;
export type SchemaName = keyof typeof schemas;

/**
 * The JSON Schema of the configuration (for editors), of the plan or of an apply (for whoever reads their `--json`), to
 * be saved as a file; with `--json` it is the document's `schema`.
 */
export async function schema(which: SchemaName): Promise<CommandResult> {
  const found = await schemas[which]();
  const { done } = exitCodes;
  return {
    exitCode: done,
    document: { ...failureDocument({ command: "schema", exitCode: done, diagnostics: [] }), schema: found },
    stream: "stdout",
    render: () => renderJson(found),
  };
}

/** Draft 7; additional properties are allowed, as in the plan's. */
export function applyJsonSchema(): object {
  return z.toJSONSchema(applyOutputSchema, { target: "draft-7", io: "input" });
}

/** What every document has, also of a plan that ended before there was one. */
const ofEveryDocument = ["formatVersion", "command", "exitCode", "diagnostics"];

/** Draft 7, like the configuration's. Additional properties are allowed: the format is only ever added to. */
function planJsonSchema(): object {
  const { required = [], ...schema } = z.toJSONSchema(planDocumentSchema, { target: "draft-7", io: "input" });
  const ofPlans = required.filter((name) => !ofEveryDocument.includes(name));
  const { description } = schema;
  return {
    ...schema,
    description: `${description} Without \`changes\` it ended before there was one: its \`diagnostics\` say why.`,
    required: ofEveryDocument,
    anyOf: [
      { required: ofPlans },
      { not: { required: ["changes"] }, properties: { diagnostics: { minItems: 1 } } },
    ],
  };
}
