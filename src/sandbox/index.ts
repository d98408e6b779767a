/**
 * A local GStable: an independent reading of the API's facts that knows nothing of the rest of this project,
 * so that the two can disagree.
 */
export type { SandboxAccount } from "./accounts.js";
export type { Clock } from "./clock.js";
export type { Dashboard } from "./dashboard.js";
export type { Delivery } from "./events/delivery.js";
export type { Sending } from "./events/receiver.js";
export type { Fault } from "./faults/fault.js";
export { faultsTable } from "./faults-table.js";
export { InputError, type InputIssue } from "./input/checked.js";
export { type Knobs, knobsSchema } from "./knobs.js";
export { knobsTable } from "./knobs-table.js";
export type { LoggedRequest } from "./request-log.js";
export { createSandbox } from "./sandbox.js";
export { type Served, serveSandbox } from "./serve.js";
export { type SandboxSeed, seedJsonSchema } from "./state/seed-schema.js";
export type {
  SandboxState,
  StoredAccount,
  StoredLink,
  StoredProduct,
  StoredSession,
  StoredWebhook,
} from "./state/state.js";
export type { Sandbox, SandboxOptions } from "./surface.js";
