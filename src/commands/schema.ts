import { z } from "zod";
import { configJsonSchema } from "../config/index.js";
import { renderJson } from "../render/index.js";
import { planDocumentSchema } from "../state/plan-document.js";
import { type CommandResult, exitCodes } from "./context.js";
import { failureDocument } from "./result.js";

/**
 * The JSON Schema of the configuration (for editors), or of the plan (for whoever reads `plan --json`), to be saved as
 * a file; with `--json` it is the document's `schema`.
 */
export async function schema(which: "config" | "plan"): Promise<CommandResult> {
  const found = which === "config" ? await configJsonSchema() : planJsonSchema();
  const { done } = exitCodes;
  return {
    exitCode: done,
    document: { ...failureDocument({ command: "schema", exitCode: done, diagnostics: [] }), schema: found },
    stream: "stdout",
    render: () => renderJson(found),
  };
}

/** Draft 7, like the configuration's. Additional properties are allowed: the format is only ever added to. */
export function planJsonSchema(): object {
  return z.toJSONSchema(planDocumentSchema, { target: "draft-7", io: "input" });
}
