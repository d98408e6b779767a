import type { Diagnostic } from "../../diagnostics/index.js";

/** Read once more to be edited, the configuration is not the one that the plan was made from. */
export const changedMeanwhile: Diagnostic = {
  code: "GS7012",
  severity: "error",
  summary: "The configuration changed during the run; nothing was written",
  remedy: "Run the command again.",
};
