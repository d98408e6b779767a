import type { CodeEntry } from "../code-entry.js";

/** GS6xxx: the key, the network, what the API answers. */
export const apiCodes = {
  GS6001: {
    title: "No API key",
    meaning:
      "The command speaks to the account, and the environment variable that holds the key is empty or unset.",
    remedy: "Set it, or use --sandbox to try without an account.",
  },
  GS6002: {
    title: "A base URL that cannot be used",
    meaning:
      "GSTABLE_BASE_URL, GSTABLE_PUBLIC_BASE_URL or GSTABLE_PAYER_BASE_URL is no URL, is not https (http is for loopback only), holds credentials, a query or a fragment, or is the host for payers; or a client was handed in without its base URL.",
    remedy: "Write it like https://api.gstable.io/api/v1/, or leave it out for the default.",
  },
  GS6003: {
    title: "Not an API key",
    meaning:
      "The key holds spaces, line breaks, quotation marks, a `Bearer` in front, or characters that are not printable ASCII. It was not sent.",
    remedy: "Copy the key again, alone. A secret store may have added a line break at its end.",
  },
  GS6004: {
    title: "gstable-js cannot be loaded",
    meaning:
      "The run was asked to use gstable-js as its client, and the package is not installed or does not load.",
    remedy:
      "Install it beside gstable-sync, or leave out `--client gstable-js`: the built-in client needs nothing.",
  },
  GS6005: {
    title: "Not the client that we know",
    meaning:
      "What is installed as gstable-js, or the client that was handed in, lacks calls that gstable-js 0.1.0 has.",
    remedy: "Install gstable-js 0.1.x, or use the built-in client.",
  },
  GS6006: {
    title: "A proxy is set but not used",
    meaning:
      "HTTPS_PROXY or HTTP_PROXY applies to the base URL, and Node's fetch does not use it: Node 20 never does, later versions only with NODE_USE_ENV_PROXY=1. Requests go out directly.",
    remedy:
      "Use Node 24 with NODE_USE_ENV_PROXY=1, or put the host into NO_PROXY if it is reachable directly.",
  },
  GS6007: {
    title: "A limit out of range",
    meaning:
      "A time-out, a deadline, the parallelism or the number of requests a second is not positive, or too large.",
    remedy: "Leave it out for the default, or write a value in the range that the message names.",
  },
  GS6008: {
    title: "An API key or a signing key was about to leave",
    meaning:
      "A field of the configuration, a request or a record of the journal held the API key, or a field held another key of GStable's. It was stopped before it was sent or written, and the run ended.",
    remedy: "Take the key out of the configuration. If it was ever committed, replace it in the dashboard.",
  },
} as const satisfies Record<string, CodeEntry>;
