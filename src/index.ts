/**
 * gstable-sync as a library: the functions that the commands use, as values in and values out. Nothing of the process
 * is read (no environment, no working directory but for relative paths, no standard input) and nothing is printed.
 */
export type { GStableClientLike } from "./api/index.js";
export type { ApplyOptions } from "./commands/apply/options.js";
export type { CheckoutAction, CheckoutOptions } from "./commands/checkout.js";
export type { CommandContext } from "./commands/context.js";
export { exitCodes } from "./commands/context.js";
export type { DriftOptions } from "./commands/drift.js";
export {
  apply,
  checkout,
  drift,
  type Early,
  type LibraryContext,
  type LibraryResult,
  type LoadOptions,
  loadConfig,
  output,
  plan,
  validateConfig,
  verify,
} from "./commands/library.js";
export type { OutputOptions } from "./commands/output.js";
export type { PlanOptions } from "./commands/plan.js";
export type { FailureDocument } from "./commands/result.js";
export type { VerifyOptions } from "./commands/verify.js";
export type { ConfigSummary } from "./config/index.js";
export type { Diagnostic, Result, Severity, Source } from "./diagnostics/index.js";
export type { Look } from "./render/index.js";
export type { AppliedAction, ApplyDocument, FailedAction, NotAttempted } from "./state/apply-document.js";
export type { CheckoutDocument } from "./state/checkout-document.js";
export type { Desired } from "./state/desired.js";
export type { OutputCatalogue, OutputDocument } from "./state/output-document.js";
export type {
  PlanChange,
  PlanDiagnostic,
  PlanDocument,
  PlanField,
  PlanGuard,
} from "./state/plan-document.js";
export type { Verification, VerifiedLink, VerifyDocument } from "./state/verify-document.js";
