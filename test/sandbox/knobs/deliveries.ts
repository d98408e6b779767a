import { type Client, productBody } from "../client.js";
import { createReceiver, localWebhook, type Received } from "../receiver.js";
import type { Effects } from "./effect.js";

/** What a receiver gets when a product is created; it answers with `statuses` in turn. */
async function receivedBy(client: Client, ...statuses: number[]): Promise<readonly Received[]> {
  const { received, send } = createReceiver(...statuses);
  client.sandbox.sendWebhooks({ send });
  localWebhook(client, "product.created", "session.created");
  await client.shop();
  await client.sandbox.deliveriesSettled();
  return received;
}

export const deliveryEffects: Effects<
  | "signatureEncoding"
  | "signatureTimestamp"
  | "eventSessionToken"
  | "eventDelivery"
  | "deliveryAccepts"
  | "deliveryTimeoutMs"
  | "deliveryRetriesMs"
  | "pauseAfterFailures"
> = {
  signatureEncoding: {
    to: "base64",
    look: async (client) => (await receivedBy(client))[0]?.signature.length,
    seen: 44,
  },
  signatureTimestamp: {
    to: "milliseconds",
    look: async (client) => (await receivedBy(client))[0]?.timestamp,
    seen: String(Date.UTC(2026, 0, 2, 3, 4, 5)),
  },
  eventSessionToken: {
    to: "both",
    look: async (client) => {
      localWebhook(client, "session.created");
      client.sandbox.startSession({ linkId: (await client.shop()).link.linkId });
      const { sessionData } = JSON.parse(client.sandbox.deliveries[0]?.body ?? "").payload;
      return [sessionData.currency, sessionData.settlementToken];
    },
    seen: ["polygon::usdc", "polygon::usdc"],
  },
  eventDelivery: {
    to: "doubled",
    look: async (client) => (await receivedBy(client)).length,
    seen: 2,
  },
  deliveryAccepts: {
    to: "200",
    look: async (client) => {
      client.sandbox.setKnobs({ deliveryRetriesMs: [] });
      await receivedBy(client, 204);
      return client.sandbox.deliveries[0]?.state;
    },
    seen: "failed",
  },
  deliveryTimeoutMs: {
    to: 1,
    look: async (client) => {
      client.sandbox.setKnobs({ deliveryRetriesMs: [] });
      // A receiver that answers when it is given up, and otherwise at once where there is time enough.
      client.sandbox.sendWebhooks({
        send: async (_, init) => {
          const { signal } = init ?? {};
          const patienceMs = client.sandbox.knobs.deliveryTimeoutMs;
          if (patienceMs > 1) return new Response(null);
          return new Promise((_resolve, reject) =>
            signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
          );
        },
      });
      localWebhook(client, "product.created");
      await client.write("/product/create", productBody);
      await client.sandbox.deliveriesSettled();
      return client.sandbox.deliveries[0]?.state;
    },
    seen: "failed",
  },
  deliveryRetriesMs: {
    to: [0],
    look: async (client) => (await receivedBy(client, ...(isPatient(client) ? [200] : [500]))).length,
    seen: 2,
  },
  pauseAfterFailures: {
    to: 1,
    look: async (client) => {
      client.sandbox.setKnobs({ deliveryRetriesMs: [] });
      await receivedBy(client, 500);
      return client.sandbox.snapshot().webhooks[0]?.status;
    },
    seen: "paused",
  },
};

/** With the waits of the default a test would take seconds: there the receiver accepts at once. */
function isPatient(client: Client): boolean {
  return (client.sandbox.knobs.deliveryRetriesMs[0] ?? 0) > 0;
}
