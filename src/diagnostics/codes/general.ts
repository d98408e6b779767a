import type { CodeEntry } from "../codes.js";

/** GS7xxx: usage and files. GS9xxx: our own bugs. */
export const generalCodes = {} as const satisfies Record<string, CodeEntry>;
