export { renderCodeQuality } from "./code-quality.js";
export { renderTerraformReport } from "./terraform-report.js";
