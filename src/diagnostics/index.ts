export type { CodeEntry } from "./code-entry.js";
export { type DiagnosticCode, diagnosticCodes } from "./codes.js";
export {
  type Diagnostic,
  failure,
  hasErrors,
  type Result,
  type Severity,
  type Source,
  success,
} from "./diagnostic.js";
