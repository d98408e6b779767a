import type { CodeEntry } from "../code-entry.js";

/** GS15xx: consistency. */
export const consistencyCodes = {
  GS1501: {
    title: "Open entry needs a closed one",
    meaning: "An enabled link sells a product that is archived: its page could not take money.",
    remedy: "Set `enabled: false` on the link, or `archived: false` on the product.",
  },
  GS1502: {
    title: "Webhook URL twice",
    meaning: "Two webhooks send to the same URL, which would receive events twice.",
    remedy: "Put all events into one of them.",
  },
  GS1503: {
    title: "Account twice",
    meaning: "Two names mean the same account: a change of one of them would look like a change of route.",
    remedy: "Keep one of the two names.",
  },
  GS1504: {
    title: "Account without id or address",
    meaning: "Nothing says which account of GStable is meant.",
    remedy: "Write its `id`, its `address`, or both.",
  },
  GS1505: {
    title: "Field cannot be ignored",
    meaning:
      "`ignoreChanges` hands a whole field to the dashboard; what decides where the money goes and what is sold cannot be handed over.",
    remedy: "Remove it from `ignoreChanges`.",
  },
  GS1506: {
    title: "Cannot be retired like this",
    meaning: "`onRemove` names what becomes of the live object; each kind of object has its own ways.",
    remedy: "Write one of those that the message lists.",
  },
  GS1507: {
    title: "Import twice",
    meaning: "Two imports take over one object, or are for one entry.",
    remedy: "Keep one of the two.",
  },
  GS1508: {
    title: "Move not possible",
    meaning: "A move goes from a name that has left the YAML to another one that is in it, once.",
    remedy: "Correct `from` and `to`.",
  },
} as const satisfies Record<string, CodeEntry>;
