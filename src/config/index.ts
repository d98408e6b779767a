/**
 * The configuration language: texts in, what is wanted out, with the place of everything. It reads no file,
 * no process and no network; whoever calls it hands in the texts and the environment.
 */
export type { ConfigFiles, GlobResult, ReadFailure, ReadResult } from "./files.js";
export {
  type ConfigSummary,
  type LoadOptions,
  loadConfig,
  openConfig,
  readProjectName,
  validateConfig,
} from "./load-config.js";
export { nearest } from "./nearest.js";
export { parseMoney } from "./normalise/read-money.js";
export { loneSurrogate } from "./parse/surrogates.js";
export { parseAllowance } from "./policy/parse-allowance.js";
export { type PlacedData, readData } from "./read-data.js";

/** The configuration as JSON Schema (draft 7, what editors read); `schema.json` is this. */
export async function configJsonSchema(): Promise<object> {
  return (await import("./json-schema.js")).configJsonSchema();
}
