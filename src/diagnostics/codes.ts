import type { CodeEntry } from "./code-entry.js";
import { apiCodes } from "./codes/api.js";
import { configCodes } from "./codes/config.js";
import { engineCodes } from "./codes/engine.js";
import { generalCodes } from "./codes/general.js";
import { lockfileCodes } from "./codes/lockfile.js";
import { payerCodes } from "./codes/payers.js";
import { sessionCodes } from "./codes/sessions.js";
import { webhookCodes } from "./codes/webhooks.js";

/**
 * Every stable code of the tool, by family: GS1 configuration, GS2 plan and live account, GS3 lockfile,
 * GS4 guards and approval, GS5 apply, GS6 key and API, GS7 usage and files, GS9 our own bugs.
 * A code is never given a second meaning.
 */
export const diagnosticCodes = {
  ...configCodes,
  ...engineCodes,
  ...payerCodes,
  ...sessionCodes,
  ...webhookCodes,
  ...lockfileCodes,
  ...apiCodes,
  ...generalCodes,
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
