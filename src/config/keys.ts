import { resourceKinds } from "../resources/registry.js";

/** What an included file may hold: entries by kind, and what becomes of them. */
export const includedKeys: readonly string[] = [
  ...resourceKinds.map(({ definition }) => definition.configKey),
  "imports",
  "moved",
];

/** What the root file may hold. */
export const rootKeys: readonly string[] = [
  "version",
  "project",
  "include",
  "client",
  "apiKeyEnv",
  "lockfile",
  "variables",
  "accounts",
  "defaults",
  ...includedKeys,
  "policy",
  "environments",
];

/** What one of the `environments` may hold, and what may be overridden in it. */
export const environmentKeys: readonly string[] = ["apiKeyEnv", "lockfile", "variables", "overrides"];
export const overrideKeys: readonly string[] = ["accounts", ...includedKeys];
