import { z } from "zod";
import { checked } from "./input/checked.js";

const choice = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values);
const flag = z.boolean();
const count = z.number().int().nonnegative();

/**
 * One knob for every behaviour that docs/api-facts.md leaves open, with the sandbox's choice as default.
 * The table in docs/sandbox.md equals this schema; a test compares them.
 */
export const knobsSchema = z.strictObject({
  // Access and answers
  mountedPrefixes: z
    .array(z.string())
    .default(["/api/v1", "/payment/v1"])
    .describe("Merchant prefixes that exist; any other path is a 404 HTML page"),
  httpStatus: choice("always200", "mirrored")
    .default("always200")
    .describe("HTTP status of business failures: 200, or one that fits the code"),
  acceptedKeys: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe("Exact keys that are let in; null: every well-formed key"),
  authErrorBody: choice("json", "html", "empty")
    .default("json")
    .describe("Body of the answer to a missing, malformed or forbidden key"),
  authErrorStatus: z.number().int().default(401).describe("HTTP status for a missing or wrong key"),
  restrictedKeyWrites: choice("refused", "allowed")
    .default("refused")
    .describe("Whether `rk_` keys may write (refused: HTTP 403)"),
  numbers: choice("numbers", "strings")
    .default("numbers")
    .describe("How prices, amounts, quantities and totals are answered"),
  timestamps: choice("utc", "iso", "plus8", "absent")
    .default("utc")
    .describe(
      "createAt and updateAt: `YYYY-MM-DD HH:mm:ss` in UTC, ISO 8601, the former at UTC+8, or left out",
    ),
  latencyMs: count.default(0).describe("Milliseconds before every answer"),
  readLag: count.default(0).describe("How many reads of an object still show it as it was before a write"),

  // Fields and texts
  omittedOptional: choice("clear", "keep")
    .default("clear")
    .describe("What an update does to an optional field that it leaves out"),
  clearedReadsAs: choice("absent", "empty", "null")
    .default("absent")
    .describe("How an unset field is answered"),
  emptyInProducts: choice("clear", "keep", "refused")
    .default("clear")
    .describe('What `""` does to an optional field of a product (refused: 400101)'),
  emptyInLinks: choice("clear", "keep", "refused")
    .default("clear")
    .describe('What `""` does to an optional field of a payment link'),
  emptyInWebhooks: choice("clear", "keep", "refused")
    .default("clear")
    .describe('What `""` does to the description of a webhook'),
  nullInBody: choice("refused", "empty")
    .default("refused")
    .describe("Whether null is refused, or means the same as an empty value"),
  texts: choice("kept", "trimmed", "normalised", "stripped")
    .default("kept")
    .describe("What happens to a text: nothing, trim, trim and NFC, HTML tags removed"),
  textUnit: choice("codePoints", "utf16", "bytes").default("codePoints").describe("What text limits count"),
  undocumentedTextLimit: count
    .default(0)
    .describe("Limit for texts without a documented one (linkName, successUrl, attributes …); 0: none"),
  attributesOrder: choice("kept", "shuffled").default("kept").describe("Order of attributes in answers"),
  lineItemsOrder: choice("kept", "shuffled").default("kept").describe("Order of line items in answers"),
  eventsOrder: choice("kept", "shuffled").default("kept").describe("Order of subscribedEvents in answers"),
  commonPricesOrder: choice("kept", "shuffled").default("kept").describe("Order of commonPrices in answers"),
  duplicateEvents: choice("kept", "dropped", "refused")
    .default("kept")
    .describe("The same event subscribed twice"),
  unknownEvents: choice("refused", "allowed")
    .default("refused")
    .describe("Events outside the documented families"),

  // Lists
  listOrder: choice("newest", "oldest", "shuffled", "unstable")
    .default("newest")
    .describe("Order of lists; unstable: another one for every request"),
  maxPageSize: count.min(1).default(100).describe("Largest page"),
  oversizedPage: choice("capped", "refused").default("capped").describe("A size above maxPageSize"),
  pageBeyondEnd: choice("empty", "refused").default("empty").describe("A page after the last one"),
  listOmits: z.array(z.string()).default([]).describe("Fields of payment links that lists leave out"),
  listsArchivedProducts: flag.default(true).describe("Whether the product list shows archived products"),
  listsRemovedProducts: flag.default(false).describe("Whether the product list shows removed products"),
  listsArchivedLinks: flag.default(true).describe("Whether the link list shows archived links"),
  byIdsMissing: choice("dropped", "refused")
    .default("dropped")
    .describe("Unknown ids in list/by/ids (refused: 100302)"),
  byIdsArchived: choice("shown", "dropped", "refused")
    .default("shown")
    .describe("Archived products in list/by/ids (refused: 100303)"),
  byIdsRemoved: choice("dropped", "shown", "refused")
    .default("dropped")
    .describe("Removed products in list/by/ids (refused: 100306)"),
  byIdsOrder: choice("asked", "catalogue").default("asked").describe("Order of the answer of list/by/ids"),
  byIdsMax: count.default(100).describe("Most ids in one list/by/ids; above: 400101"),

  // Products
  image: choice("rewritten", "sameHash", "asSent", "dropped", "oldKept", "failBefore", "failAfter")
    .default("rewritten")
    .describe(
      "imageUrl: a new hosted URL each time, one per source URL, as sent, lost, the old one stays, 900301 without or with the write carried out",
    ),
  hostedImageResubmitted: choice("kept", "rewritten")
    .default("kept")
    .describe("A hosted URL sent back: stored as it is, or treated like any other"),
  updateUsedProduct: choice("allowed", "refused")
    .default("allowed")
    .describe("Update of a product in a link (100305)"),
  updateArchivedProduct: choice("allowed", "refused")
    .default("allowed")
    .describe("Update while archived (100304)"),
  archiveUsedProduct: choice("allowed", "refused")
    .default("allowed")
    .describe("Archive of a product in a link (100305)"),
  zeroCommonPrice: choice("refused", "allowed").default("refused").describe("0 among commonPrices"),
  duplicateCommonPrices: choice("allowed", "refused")
    .default("allowed")
    .describe("A price twice in commonPrices"),
  maxPrice: count.default(Number.MAX_SAFE_INTEGER).describe("Largest price in Micro-USD; above: 400101"),

  // Payment links
  disabledLinkStatus: choice("inactive", "disabled")
    .default("inactive")
    .describe("Status word of a disabled link"),
  updateDisabledLink: choice("allowed", "refused")
    .default("allowed")
    .describe("Update of a disabled link (100103)"),
  repeatedAction: choice("noop", "refused")
    .default("noop")
    .describe("enable, disable, archive, unarchive when already there (refused: 100103, 100304 or 299004)"),
  archivedLinkDetail: choice("refused", "shown")
    .default("refused")
    .describe("Detail of an archived link (100102)"),
  linkTypeChange: choice("allowed", "refused")
    .default("allowed")
    .describe("Update that changes linkType (400101)"),
  accountChange: choice("allowed", "refused")
    .default("allowed")
    .describe("Update that changes accountId (400101)"),
  settlementTokenChange: choice("allowed", "refused")
    .default("allowed")
    .describe("Update that changes settlementToken (400101)"),
  updateWithArchivedProduct: choice("refused", "allowed")
    .default("refused")
    .describe("Update of a link that already sells a product archived since (100304)"),
  productData: choice("snapshot", "live")
    .default("snapshot")
    .describe("productData in links: as of the last write of the link, or always the product of today"),
  archivedProductInLink: choice("open", "closedToPayers", "disablesLink")
    .default("open")
    .describe("What archiving a product does to links that sell it"),
  removedAccountInLink: choice("open", "disablesLink")
    .default("open")
    .describe("What removing an account does to links that pay into it"),
  versionFrozen: flag.default(false).describe("An update leaves versionCode the same"),
  versionChangesOnStatus: flag.default(false).describe("Enable and disable give a new versionCode"),
  payerEmailDefault: choice("zero", "absent").default("zero").describe("payerEmailRequired when never sent"),
  createLineItems: choice("nested", "deeper", "flat")
    .default("nested")
    .describe("Create answer: `lineItems.lineItems.items`, one level deeper, or `lineItems.items`"),
  detailNamesAccount: flag
    .default(true)
    .describe("Detail carries accountName, accountAddress, settlementTokenInfo"),
  successUrlScheme: choice("any", "https").default("any").describe("Whether successUrl may be plain http"),

  // Sessions and payers
  sessionOfClosedLink: choice("payable", "refused")
    .default("payable")
    .describe("Whether a session can be paid when its link was closed after it began"),
  payerEnvelope: choice("enveloped", "bare")
    .default("enveloped")
    .describe(
      "Whether the payer host wraps `data` in an envelope, or answers it alone (failures keep theirs)",
    ),
  payerFee: choice("included", "excluded")
    .default("included")
    .describe("Whether `amountInToken` includes a fee that the payer bears"),
  reusedNonce: choice("refused", "allowed")
    .default("refused")
    .describe("An authorizationNonce that its payer has used before (refused: 299303)"),

  // Accounts and tokens
  tokenOfAccount: choice("checked", "unchecked")
    .default("checked")
    .describe("Whether the settlement token must be one of the account's (400203)"),
  unsupportedTokenCode: z
    .union([z.literal(400201), z.literal(400203)])
    .default(400201)
    .describe("Code for a settlement token that nobody knows"),

  // Webhooks
  webhookKeyInList: flag.default(true).describe("Whether the webhook list carries signing keys"),
  refreshAnswersKey: flag.default(false).describe("Whether the answer of key/refresh carries the new key"),
  webhookUrlCheck: choice("none", "unreachable")
    .default("none")
    .describe("unreachable: every webhook URL counts as unreachable and is refused (299003)"),
  duplicateWebhookUrls: choice("allowed", "refused")
    .default("allowed")
    .describe("A webhook URL twice (299003)"),
  disablePausedWebhook: choice("allowed", "refused")
    .default("allowed")
    .describe("Disable of a paused webhook (299005)"),

  // Deliveries
  signatureEncoding: choice("hex", "base64").default("hex").describe("How `x-gstable-signature` is written"),
  signatureTimestamp: choice("seconds", "milliseconds")
    .default("seconds")
    .describe("Unit of `x-gstable-timestamp`"),
  eventSessionToken: choice("currency", "settlementToken", "both")
    .default("currency")
    .describe("Name of the settlement token in `sessionData` of an event"),
  eventDelivery: choice("once", "doubled")
    .default("once")
    .describe("Whether every event is delivered twice, with the same eventId"),
  deliveryAccepts: choice("2xx", "200").default("2xx").describe("What a receiver must answer"),
  deliveryTimeoutMs: count.min(1).default(10_000).describe("How long a receiver may take"),
  deliveryRetriesMs: z
    .array(count)
    .default([1_000, 5_000])
    .describe("Waits before the repeats of a failed delivery, in milliseconds; `[]`: none"),
  pauseAfterFailures: count
    .default(5)
    .describe("Deliveries in a row that fail, repeats and all, before a webhook is paused; 0: never"),
});

export type Knobs = z.output<typeof knobsSchema>;

/** The knobs with some of them turned. An unknown knob or value throws: a test that misspells one must not pass. */
export function turnKnobs(knobs: Partial<Knobs>, changes: Partial<Knobs>): Knobs {
  return checked(knobsSchema, { ...knobs, ...changes }, "knob");
}
