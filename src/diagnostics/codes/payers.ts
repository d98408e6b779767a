import type { CodeEntry } from "../code-entry.js";

/** GS23xx: what payers see of a link, and what they are handed. */
export const payerCodes = {
  GS2301: {
    title: "Payers see something else than was applied",
    meaning:
      "The public page of a link, looked at without a key, is not as it was last applied: open or closed, name, items, prices, version, tokens, or what a payer's program has to sign.",
    remedy:
      "gstable-sync drift shows what changed outside. If the merchant's side agrees, wait and verify again, then ask GStable.",
  },
  GS2302: {
    title: "A public page could not be seen",
    meaning:
      "The payers' host gave no answer that can be judged: a time-out, an error page, half an answer, an unknown form. That is no agreement.",
    remedy: "Try again later; check GSTABLE_PAYER_BASE_URL.",
  },
  GS2303: {
    title: "A page calls a product otherwise",
    meaning:
      "GStable may show a product in a link as it was when the link was last written. Price and quantity agree.",
    remedy: "Change the link as well, or write its products anew in the dashboard, to have the page follow.",
  },
  GS2304: {
    title: "Nothing to look at",
    meaning: "A declared link was never applied, so it has no page yet.",
    remedy: "gstable-sync apply creates it.",
  },
  GS2305: {
    title: "Only payment links have a public page",
    meaning: "The command was given the address of a product or of a webhook.",
    remedy: "Name a payment link: paymentLink.NAME.",
  },
} as const satisfies Record<string, CodeEntry>;
