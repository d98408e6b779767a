export { renderJson } from "./json.js";
export type { Look } from "./look.js";
export { type PlanExtras, renderPlan } from "./text/plan.js";
