import type { ListPage } from "../../engine/kind.js";
import type { LiveObject } from "../../state/live.js";
import { type FieldValues, isList } from "../../state/value.js";
import { asMap, asText, listPage, setFields, spell, textValue } from "../answer.js";

/**
 * A webhook. Fact F36: statuses `active`, `inactive` and `paused` (by the platform, after failed deliveries).
 * The signing key in the answer is never looked at here.
 */
export function decodeWebhook(data: unknown): LiveObject | undefined {
  const webhook = asMap(data);
  const id = asText(webhook?.webhookId);
  if (webhook === undefined || id === undefined) return undefined;
  const status = asText(webhook.status) ?? "active";
  const events: readonly unknown[] = Array.isArray(webhook.subscribedEvents) ? webhook.subscribedEvents : [];
  return {
    kind: "webhook",
    id,
    values: {
      webhookName: textValue(webhook.webhookName),
      webhookUrl: textValue(webhook.webhookUrl),
      webhookDescription: textValue(webhook.webhookDescription),
      subscribedEvents: events.length === 0 ? null : [...new Set(events.map(spell))].sort(),
    },
    // Paused is the platform's doing: the merchant has it open, and only `webhook resume` revives it.
    open: status === "active" || status === "paused",
    status,
    archivedForGood: false,
    versionCode: undefined,
    url: undefined,
    whole: true,
    unknown: ["active", "inactive", "paused", "disabled"].includes(status)
      ? undefined
      : `status \`${status}\``,
  };
}

/** All webhooks. Fact F37: `{ webhooks }`, no pages, no total. */
export function decodeWebhookList(data: unknown): ListPage {
  const webhooks = Array.isArray(data) ? data : asMap(data)?.webhooks;
  return listPage(webhooks, "webhook", { total: undefined, decode: decodeWebhook });
}

/** The body of create and update, without the id. */
export function encodeWebhook(values: FieldValues): { readonly [key: string]: unknown } {
  return setFields({
    webhookName: values.webhookName,
    webhookUrl: values.webhookUrl,
    webhookDescription: values.webhookDescription,
    subscribedEvents: isList(values.subscribedEvents) ? values.subscribedEvents : null,
  });
}
