import type { CodeEntry } from "../codes.js";

/** GS2xxx: plan and live account. GS4xxx: guards and approval. GS5xxx: apply. */
export const engineCodes = {} as const satisfies Record<string, CodeEntry>;
