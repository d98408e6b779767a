import type { CodeEntry } from "../codes.js";

/** GS1xxx: the configuration. */
export const configCodes = {} as const satisfies Record<string, CodeEntry>;
