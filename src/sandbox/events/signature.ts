import { createHmac } from "node:crypto";
import type { Knobs } from "../knobs.js";

/**
 * The headers that prove a delivery: HMAC-SHA256 over `timestamp:body` with the webhook's key as it is written.
 * Fact gap G22: the rest.
 */
export function signatureHeaders(
  knobs: Knobs,
  { key, body, nowMs }: { readonly key: string; readonly body: string; readonly nowMs: number },
): Readonly<Record<string, string>> {
  const timestamp = String(knobs.signatureTimestamp === "seconds" ? Math.floor(nowMs / 1000) : nowMs);
  return {
    "x-gstable-timestamp": timestamp,
    "x-gstable-signature": createHmac("sha256", key)
      .update(`${timestamp}:${body}`)
      .digest(knobs.signatureEncoding),
  };
}
