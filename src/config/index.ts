/**
 * The configuration language: texts in, what is wanted out, with the place of everything. It reads no file,
 * no process and no network; whoever calls it hands in the texts and the environment.
 */
export { type AddedConfig, type Addition, openAddition } from "./emit/add-entries.js";
export { type EditedConfig, type EditRequest, editConfig } from "./emit/edit-config.js";
export type { NewAccount, NewEntry } from "./emit/new-entry.js";
export type { ConfigEdit } from "./emit/plan-edits.js";
export type { TakenNames } from "./emit/taken-names.js";
export { meansTheSame } from "./emit/verify.js";
export type { ConfigFiles, GlobResult, ReadFailure, ReadResult } from "./files.js";
export { configJsonSchema } from "./json-schema.js";
export { type ConfigSummary, type LoadOptions, loadConfig, validateConfig } from "./load-config.js";
export { nearest } from "./nearest.js";
export { parseMoney } from "./normalise/read-money.js";
export { parseAllowance } from "./policy/parse-allowance.js";
export { type PlacedData, readData } from "./read-data.js";
