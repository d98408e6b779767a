/** The formats that few runs are asked for. To be loaded on demand: together they are as much as all text. */
export { renderAnnotations, renderOutputs } from "./github/index.js";
export { renderCodeQuality, renderTerraformReport } from "./gitlab/index.js";
export { renderHtml } from "./html/index.js";
export { renderMarkdown } from "./markdown/index.js";
export { COMMENT_BYTES, SUMMARY_BYTES } from "./markdown/page.js";
