import type { CodeEntry } from "../codes.js";

/** GS6xxx: the key, the network, what the API answers. */
export const apiCodes = {
  GS6001: {
    title: "No API key",
    meaning:
      "The command speaks to the account, and the environment variable that holds the key is empty or unset.",
    remedy: "Set it, or use --sandbox to try without an account.",
  },
} as const satisfies Record<string, CodeEntry>;
