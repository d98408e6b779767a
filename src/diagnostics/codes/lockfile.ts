import type { CodeEntry } from "../codes.js";

/** GS3xxx: the lockfile and its journal. */
export const lockfileCodes = {} as const satisfies Record<string, CodeEntry>;
