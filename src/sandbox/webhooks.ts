import { z } from "zod";
import { inOrder, optional, timestamps } from "./answers.js";
import { isUrl, optionalText, parseBody, replaced, requiredText, schemasFor } from "./body.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import type { StoredWebhook } from "./state/state.js";
import type { Endpoint, World } from "./world.js";

export const maxWebhooks = 10;

const documentedEvents = [
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
];

const schemas = schemasFor((knobs) => {
  const event = z.string().refine(
    // The table of session events is cut off in the documentation: any of that family may be real.
    (name) =>
      knobs.unknownEvents === "allowed" || documentedEvents.includes(name) || /^session\.[a-z_]+$/.test(name),
    { message: "must be a documented event" },
  );
  const fields = z.object({
    webhookName: requiredText(knobs, 100),
    webhookUrl: requiredText(knobs, 1000).refine((url) => isUrl(url, ["https:"]), {
      message: "must be an https URL",
    }),
    webhookDescription: optionalText(knobs, knobs.emptyInWebhooks, 1000),
    subscribedEvents: z
      .array(event)
      .min(1)
      .refine((events) => knobs.duplicateEvents !== "refused" || new Set(events).size === events.length, {
        message: "must not repeat an event",
      })
      .transform((events) => (knobs.duplicateEvents === "dropped" ? [...new Set(events)] : events)),
  });
  return { create: fields, update: fields.extend({ webhookId: z.string() }) };
});

const idBody = z.object({ webhookId: z.string() });

/** POST /webhook/create: active, with a fresh signing key in the answer; 299001 beyond ten. */
export const createWebhook: Endpoint = ({ world, body }) => {
  const sent = parseBody(schemas(world.knobs).create, body);
  if (world.store.rows("webhooks").length >= maxWebhooks) throw new ApiError(299001);
  refuseUrl(world, sent.webhookUrl, undefined);
  const nowMs = world.clock.nowMs();
  const webhook: StoredWebhook = {
    webhookId: world.newId("wkid", 16),
    webhookName: sent.webhookName,
    webhookUrl: sent.webhookUrl,
    webhookDescription: sent.webhookDescription || undefined,
    subscribedEvents: sent.subscribedEvents,
    key: world.newId("wkk", 32),
    status: "active",
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  world.store.put("webhooks", webhook);
  return webhookAnswer(world.knobs, webhook, true);
};

/** POST /webhook/update: replaces every field; key and status stay. */
export const updateWebhook: Endpoint = ({ world, body }) => {
  const { knobs } = world;
  const sent = parseBody(schemas(knobs).update, body);
  const before = existingWebhook(world, sent.webhookId);
  refuseUrl(world, sent.webhookUrl, before);
  change(world, before, {
    webhookName: sent.webhookName,
    webhookUrl: sent.webhookUrl,
    webhookDescription: replaced(sent.webhookDescription, before.webhookDescription, {
      knobs,
      empty: knobs.emptyInWebhooks,
    }),
    subscribedEvents: sent.subscribedEvents,
  });
  return { success: true };
};

/** GET /webhook/list: all of them, without pages. */
export const listWebhooks: Endpoint = ({ world, view }) => ({
  webhooks: view
    .rows("webhooks")
    .map((webhook) => webhookAnswer(world.knobs, webhook, world.knobs.webhookKeyInList)),
});

/** GET /webhook/detail/:webhookId, with the signing key. */
export const webhookDetail: Endpoint = ({ world, view, params }) => {
  const webhook = view.get("webhooks", params.webhookId ?? "");
  if (webhook === undefined) throw new ApiError(299002);
  return webhookAnswer(world.knobs, webhook, true);
};

/** POST /webhook/disable; of a paused one as the knob says. */
export const disableWebhook: Endpoint = ({ world, body }) => {
  const webhook = existingWebhook(world, parseBody(idBody, body).webhookId);
  if (webhook.status === "paused" && world.knobs.disablePausedWebhook === "refused")
    throw new ApiError(299005);
  return setStatus(world, webhook, "inactive");
};

/** POST /webhook/enable: also revives one that was paused. */
export const enableWebhook: Endpoint = ({ world, body }) =>
  setStatus(world, existingWebhook(world, parseBody(idBody, body).webhookId), "active");

/** POST /webhook/key/refresh: the old key is invalid at once. */
export const refreshWebhookKey: Endpoint = ({ world, body }) => {
  const webhook = existingWebhook(world, parseBody(idBody, body).webhookId);
  const key = world.newId("wkk", 32);
  change(world, webhook, { key });
  return world.knobs.refreshAnswersKey ? { success: true, key } : { success: true };
};

/** POST /webhook/remove: for good, its key with it. */
export const removeWebhook: Endpoint = ({ world, body }) => {
  const webhook = existingWebhook(world, parseBody(idBody, body).webhookId);
  world.store.erase("webhooks", webhook.webhookId);
  return { success: true };
};

function existingWebhook(world: World, webhookId: string): StoredWebhook {
  const webhook = world.store.get("webhooks", webhookId);
  if (webhook === undefined) throw new ApiError(299002);
  return webhook;
}

function change(world: World, before: StoredWebhook, changes: Partial<StoredWebhook>): void {
  world.store.put("webhooks", { ...before, ...changes, updatedAtMs: world.clock.nowMs() });
}

function setStatus(world: World, webhook: StoredWebhook, status: "active" | "inactive"): { success: true } {
  if (webhook.status === status && world.knobs.repeatedAction === "refused") throw new ApiError(299004);
  change(world, webhook, { status });
  return { success: true };
}

function refuseUrl(world: World, url: string, before: StoredWebhook | undefined): void {
  if (world.knobs.webhookUrlCheck === "unreachable") throw new ApiError(299003);
  if (world.knobs.duplicateWebhookUrls === "allowed") return;
  const others = world.store.rows("webhooks").filter((other) => other.webhookId !== before?.webhookId);
  if (others.some((other) => other.webhookUrl === url)) throw new ApiError(299003);
}

function webhookAnswer(knobs: Knobs, webhook: StoredWebhook, withKey: boolean): Record<string, unknown> {
  return {
    webhookId: webhook.webhookId,
    webhookName: webhook.webhookName,
    webhookUrl: webhook.webhookUrl,
    ...optional(knobs, "webhookDescription", webhook.webhookDescription),
    subscribedEvents: inOrder(knobs.eventsOrder, webhook.subscribedEvents, webhook.webhookId),
    ...(withKey ? { key: webhook.key } : {}),
    status: webhook.status,
    ...timestamps(knobs, { createAt: webhook.createdAtMs, updateAt: webhook.updatedAtMs }),
  };
}
