/**
 * Writing into a configuration that people wrote: their comments and their order stay. A door of its own: it needs the
 * yaml package, which reading alone mostly does not.
 */
export { type AddedConfig, type Addition, openAddition } from "./add-entries.js";
export { type EditedConfig, editConfig } from "./edit-config.js";
export { listNames } from "./list-names.js";
export type { NewAccount, NewEntry } from "./new-entry.js";
export type { ConfigEdit } from "./plan-edits.js";
export type { TakenNames } from "./taken-names.js";
export { meansTheSame } from "./verify.js";
