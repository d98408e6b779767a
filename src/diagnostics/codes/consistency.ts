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
  GS1510: {
    title: "One product at several prices",
    meaning:
      "Open links that sell one product alone do so at different prices, and one of them is none of its `commonPrices`.",
    remedy: "Use one price, or list each that is meant among the `commonPrices`.",
  },
  GS1511: {
    title: "Two equal open links",
    meaning: "Two open links are the same in everything: payments through them could not be told apart.",
    remedy: "Give one another `linkName`, or remove it.",
  },
  GS1512: {
    title: "A text names another price",
    meaning:
      "The name of a link, or the name or description of a product, names an amount that nobody is charged.",
    remedy: "Correct the text or the price.",
  },
  GS1513: {
    title: "One link leads to another site",
    meaning: "All open links but one send payers to one site after they have paid.",
    remedy: "Check the spelling; where both are yours, list them in `policy.allowedHosts`.",
  },
  GS1514: {
    title: "No webhook hears of a payment",
    meaning: "There are webhooks and open links, and no enabled webhook subscribes to an event of a payment.",
    remedy: "Subscribe one to `session.completed`.",
  },
  GS1520: {
    title: "Ignore not possible",
    meaning: "A comment `gstable-sync-ignore` names no code, gives no reason, or is about an error.",
    remedy: "Write `# gstable-sync-ignore GS1510: why this is right here`; mend errors.",
  },
  GS1521: {
    title: "Ignores nothing",
    meaning: "A comment ignores a warning that is not on its line, or not any more.",
    remedy: "Remove the comment, or move it to the line that the warning names or the one above it.",
  },
  GS1522: {
    title: "Warnings are ignored",
    meaning: "Comments in the configuration ignore warnings; the note counts them and gives their reasons.",
    remedy: "Nothing needs to be done while the reasons hold.",
  },
} as const satisfies Record<string, CodeEntry>;
