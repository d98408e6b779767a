import { z } from "zod";
import { configJsonSchema } from "../config/index.js";
import { renderJson } from "../render/index.js";
import { planDocumentSchema } from "../state/plan-document.js";
import { type CommandResult, exitCodes } from "./context.js";

/** The JSON Schema of the configuration (for editors), or of the plan (for whoever reads `plan --json`). */
export function schema(which: "config" | "plan"): CommandResult {
  const document = which === "config" ? configJsonSchema() : planJsonSchema();
  return { exitCode: exitCodes.done, document, stream: "stdout", render: () => renderJson(document) };
}

/** Draft 7, like the configuration's. Additional properties are allowed: the format is only ever added to. */
export function planJsonSchema(): object {
  return z.toJSONSchema(planDocumentSchema, { target: "draft-7", io: "input" });
}
