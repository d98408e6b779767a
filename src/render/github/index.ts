export { renderAnnotations } from "./annotations.js";
export { renderOutputs } from "./outputs.js";
