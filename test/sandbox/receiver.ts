import { createHmac } from "node:crypto";
import type { Client, Data } from "./client.js";

/** What a receiver was sent, with its own judgement of the signature. */
export interface Received {
  readonly url: string;
  readonly event: Data;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

/** A receiver behind a `fetch`: it answers with `statuses` in turn, the last one for ever. */
export function createReceiver(...statuses: number[]): { received: Received[]; send: typeof fetch } {
  const received: Received[] = [];
  const send: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    const body = String(init?.body);
    received.push({
      url: String(url),
      event: JSON.parse(body),
      timestamp: headers.get("x-gstable-timestamp") ?? "",
      signature: headers.get("x-gstable-signature") ?? "",
      body,
    });
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
    return new Response(null, { status });
  };
  return { received, send };
}

/** As the documentation has it: HMAC-SHA256 over `timestamp:body`, in lower-case hexadecimal. */
export function signatureOf({ timestamp, body }: Received, key: string): string {
  return createHmac("sha256", key).update(`${timestamp}:${body}`).digest("hex");
}

/** A webhook on this machine; as the dashboard makes it, for the API wants https. */
export function localWebhook(client: Client, ...subscribedEvents: string[]): Data {
  return client.sandbox.dashboard.createWebhook({
    webhookUrl: "http://127.0.0.1:9/hooks?from=gstable",
    subscribedEvents:
      subscribedEvents.length === 0 ? ["session.paid", "session.completed"] : subscribedEvents,
  });
}
