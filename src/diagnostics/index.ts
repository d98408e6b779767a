export type { CodeEntry } from "./code-entry.js";
export { type DiagnosticCode, diagnosticCodes } from "./codes.js";
export {
  type Diagnostic,
  failure,
  hasErrors,
  type NextCommand,
  type Result,
  type Severity,
  type Source,
  success,
  type WrittenDiagnostic,
} from "./diagnostic.js";
export { quoted } from "./quoted.js";
export { sayCode, sayFailure } from "./say-failure.js";
