/**
 * Documents → text. Nothing here decides or writes anything: the caller says how it may look and where it goes.
 * Here is what every run shows, text and JSON; the other formats are in `forms.ts`, loaded when one is asked for.
 * `view/` is the one view model (sorted, redacted, grouped, amounts compared exactly) that every format renders; each
 * format is a folder named as its flag: `text/` (its lines are made and escaped in `layout.ts` alone), `markdown/`
 * (`escape.ts`), `html/` (`template.ts`), `github/` and `gitlab/`.
 */

export { toPlanDiagnostic } from "../state/plan-diagnostic.js";
export { renderJson } from "./json.js";
export type { Look } from "./look.js";
export { renderOutputDotenv } from "./output/dotenv.js";
export { renderOutputJson } from "./output/json.js";
export { renderOutputTypeScript } from "./output/typescript.js";
export type { ProblemsSubject, Subject } from "./subject.js";
export { redactText, safeText } from "./terminal-text.js";
export { renderAccept } from "./text/accept.js";
export { type ApplyExtras, renderApply } from "./text/apply.js";
export { renderSandboxMark } from "./text/banner.js";
export { renderCheckout } from "./text/checkout.js";
export { renderChoices } from "./text/choices.js";
export { renderDiagnostics } from "./text/diagnostics.js";
export { type DoctorExtras, renderDoctor } from "./text/doctor.js";
export { type DriftExtras, renderDrift } from "./text/drift.js";
export { type ImportExtras, renderImport } from "./text/import.js";
export { type InitExtras, renderInit } from "./text/init.js";
export { renderOutputCheck } from "./text/output.js";
export { type PlanExtras, renderPlan } from "./text/plan.js";
export { type ProgressEvent, renderProgress } from "./text/progress.js";
export { renderVerification, renderVerify } from "./text/verify.js";
export { renderWebhook } from "./text/webhook.js";
export { type PlanView, viewPlan } from "./view/plan.js";
export { count } from "./view/words.js";
