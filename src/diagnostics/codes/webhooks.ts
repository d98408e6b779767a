import type { CodeEntry } from "../code-entry.js";

/** GS25xx: webhooks' signing keys, and webhooks that GStable paused. */
export const webhookCodes = {
  GS2501: {
    title: "The file for signing keys cannot be used",
    meaning:
      "The file of --webhook-keys is a link, no file, holds something else than signing keys, or cannot be written. It is checked before anything is sent.",
    remedy: "Name a file of its own, outside git.",
  },
  GS2502: {
    title: "A signing key was not kept",
    meaning: "The file could not be written any more, or GStable shows no key for the webhook.",
    remedy:
      "gstable-sync apply --webhook-keys FILE completes the file; where it has an older key of the webhook, webhook rotate makes a new one. Otherwise read the key in the dashboard.",
  },
  GS2503: {
    title: "There is nowhere for the new key to go",
    meaning:
      "`webhook rotate` makes the old key invalid at once, so it is told beforehand where the new one goes.",
    remedy: "gstable-sync webhook rotate NAME --webhook-keys FILE",
  },
  GS2504: {
    title: "The rotation is not confirmed",
    meaning:
      "A new signing key makes the old one invalid at once: the receiver refuses events until it has the new one.",
    remedy: "Answer yes on a terminal, or give --yes.",
  },
  GS2505: {
    title: "No such webhook",
    meaning:
      "The webhook is not declared, was never applied, is retired, or GStable does not show it. Nothing was sent.",
    remedy: "gstable-sync state list shows what is recorded.",
  },
  GS2506: {
    title: "GStable refused",
    meaning: "Nothing was carried out. The message is GStable's.",
    remedy: "Mend what it names, then run the same command again.",
  },
  GS2507: {
    title: "Nobody knows whether it was carried out",
    meaning: "The answer was lost, or what GStable shows afterwards does not tell. It was not sent again.",
    remedy: "Compare the key in the file with the dashboard, or run the same command again.",
  },
  GS2508: {
    title: "The webhook is not paused",
    meaning: "`webhook resume` revives what GStable paused, and opens nothing that somebody closed.",
    remedy: "Write `enabled: true` and apply to open a webhook that is closed.",
  },
  GS2509: {
    title: "GStable paused a webhook",
    meaning:
      "Its receiver failed too often, and events are not delivered. An apply does not fight the platform.",
    remedy: "Once the receiver answers again: gstable-sync webhook resume NAME.",
  },
} as const satisfies Record<string, CodeEntry>;
