import { readUrl } from "../../state/read-url.js";
import type { KindRules, RuleCatalogue, RuleEntry } from "../resource-kind.js";
import { limitTexts } from "../resource-kind.js";
import { webhookDefinition } from "./definition.js";
import { webhookTextLimits } from "./limits.js";

/** Fact F39: documented, but for the last four, which follow from the statuses of a session. */
const knownEvents = [
  "account.created",
  "account.updated",
  "account.removed",
  "payment.link.created",
  "payment.link.updated",
  "payment.link.disabled",
  "payment.link.enabled",
  "product.created",
  "product.updated",
  "product.unarchived",
  "product.archived",
  "product.removed",
  "session.created",
  "session.paid",
  "session.completed",
  "session.settling",
  "session.settlement_pending",
  "session.expired",
  "session.cancelled",
] as const;

export const webhookRules: KindRules = {
  entry: [limitTexts(webhookTextLimits), checkEvents],
  all: [checkCount, checkUrls],
  across: [checkSomebodyListens],
};

function checkEvents(entry: RuleEntry): void {
  const events = entry.values.subscribedEvents;
  if (!Array.isArray(events)) return;
  for (const event of events) {
    if (typeof event !== "string" || (knownEvents as readonly string[]).includes(event)) continue;
    entry.report(["subscribedEvents", event], {
      code: "GS1217",
      severity: "warning",
      summary: `\`${event}\` is not a documented event`,
      remedy: entry.suggest(event, knownEvents) ?? "Check the spelling; nothing is sent for an unknown one.",
    });
  }
}

/** Disabled ones count as well: they exist. */
function checkCount(entries: readonly RuleEntry[]): void {
  const { maxObjects = Number.POSITIVE_INFINITY } = webhookDefinition;
  for (const entry of entries.slice(maxObjects)) {
    entry.report("", {
      code: "GS1402",
      summary: `More than ${maxObjects} webhooks: \`${entry.address}\` is one too many`,
      detail: `The API keeps at most ${maxObjects}, disabled ones and those made elsewhere included.`,
      remedy: "Send to fewer URLs and pass the events on from there.",
    });
  }
}

/** Fact gap G18: the API may take a URL twice. */
function checkUrls(entries: readonly RuleEntry[]): void {
  const seen = new Map<string, RuleEntry>();
  for (const entry of entries) {
    const url = entry.values.webhookUrl;
    if (typeof url !== "string") continue;
    const key = comparable(url);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, entry);
    else {
      entry.report(
        "webhookUrl",
        {
          code: "GS1502",
          summary: `\`${first.address}\` has the same URL`,
          detail: "The receiver would get each event twice.",
          remedy: "Put all events into one of the two.",
        },
        { label: `\`${first.address}\``, entry: first, path: "webhookUrl" },
      );
    }
  }
}

/** `https://A.example:443` and `https://a.example/` are one receiver. */
function comparable(url: string): string {
  return readUrl(url)?.href ?? url;
}

/** What tells a merchant that money came in. */
const paymentEvents: readonly unknown[] = ["session.paid", "session.completed"];

/** An event that nobody knows is reported as such: most likely it was meant to be one of these. */
function tellsOfPayments(event: unknown): boolean {
  return paymentEvents.includes(event) || !(knownEvents as readonly unknown[]).includes(event);
}

/** Who has webhooks wants to hear of payments; who has none asks in another way. */
function checkSomebodyListens({ entries }: RuleCatalogue): void {
  const active = (entries.get("webhook") ?? []).filter((webhook) => webhook.open);
  const [first] = active;
  const sells = entries.get("paymentLink")?.some((link) => link.open) === true;
  const listens = active.some(
    ({ values: { subscribedEvents: events } }) => !Array.isArray(events) || events.some(tellsOfPayments),
  );
  if (first === undefined || !sells || listens) return;
  first.report("subscribedEvents", {
    code: "GS1514",
    severity: "warning",
    summary: "No webhook hears of a payment",
    detail: "Links are open, and no enabled webhook subscribes to `session.paid` or `session.completed`.",
    remedy: "Add `session.completed` to one of them.",
  });
}
