import type { FieldRule, KindDefinition } from "../../engine/kind.js";
import { signingKeyIn } from "./signing-key.js";
import { decodeWebhook, decodeWebhookList, encodeWebhook } from "./wire.js";

const optional = { risk: "cosmetic", unset: null, required: false, ignorable: true } as const;

const fields: readonly FieldRule[] = [
  { ...optional, name: "webhookName", type: { is: "text" }, required: true },
  { ...optional, name: "webhookUrl", type: { is: "url" }, risk: "exit", required: true },
  { ...optional, name: "webhookDescription", type: { is: "text" } },
  { ...optional, name: "subscribedEvents", type: { is: "set" }, risk: "visibility", required: true },
];

/** Where GStable reports payments to. Its signing key is not configuration. */
export const webhookDefinition: KindDefinition = {
  kind: "webhook",
  configKey: "webhooks",
  label: "webhook",
  fields,
  titleField: "webhookName",
  distinctField: "webhookUrl",
  // Fact F35: ten endpoints per merchant, disabled ones included.
  maxObjects: 10,
  openClose: {
    field: "enabled",
    openValue: true,
    openAction: "enable",
    closeAction: "disable",
    openCall: (id) => ({ method: "webhook.enable", args: [id] }),
    closeCall: (id) => ({ method: "webhook.disable", args: [id] }),
  },
  retirements: ["disable", "remove", "forget"],
  defaultRetirement: "disable",
  removeCall: (id) => ({ method: "webhook.remove", args: [id] }),
  removeNote: "This cannot be undone, and its signing key is lost.",
  createIsIrreversible: false,
  reading: {
    paged: false,
    listIsPartial: false,
    listCall: () => ({ method: "webhook.list", args: [] }),
    decodeList: decodeWebhookList,
    idsPerDetail: 1,
    detailCall: ([id]) => ({ method: "webhook.detail", args: [id] }),
    decodeDetail: (data) => [decodeWebhook(data)].filter((webhook) => webhook !== undefined),
    // Fact gap G3: whatever business code comes for an id that the list lacks means "not there".
    missingCodes: [],
    archivedCodes: [],
  },
  encode: encodeWebhook,
  // Fact F40: "" clears the description.
  encodeEmpty: () => "",
  createCall: (body) => ({ method: "webhook.create", args: [body] }),
  updateCall: (id, body) => ({ method: "webhook.update", args: [{ webhookId: id, ...body }] }),
  decodeCreated: decodeWebhook,
  secretIn: signingKeyIn,
  // Fact F36: paused by the platform after failed deliveries; enable recovers it.
  stopped: { status: "paused", reviveWith: "webhook resume" },
};
