import { readUrl } from "../read-url.js";

/** Where deliveries go, and how. */
export interface Sending {
  readonly send: typeof fetch;
  /** An origin that stands for the host of every webhook, such as `http://127.0.0.1:3000`. */
  readonly receiver?: string | undefined;
}

/**
 * The URL that a delivery is sent to: the receiver with the webhook's own path, or the webhook's URL where that is on this
 * machine. Undefined: nowhere, for a sandbox sends nothing to hosts that somebody else may have.
 */
export function targetOf(webhookUrl: string, receiver: string | undefined): string | undefined {
  const url = readUrl(webhookUrl);
  if (url === undefined) return undefined;
  if (receiver === undefined) return isLoopback(url) ? url.href : undefined;
  const target = new URL(receiver);
  // Set, not resolved: a path such as `//host/` would be another host.
  target.pathname = url.pathname;
  target.search = url.search;
  return target.href;
}

/** A receiver as somebody wrote it, as its origin; an Error that says what to write. */
export function receiverOrigin(text: string): string {
  const url = readUrl(text);
  const isOrigin =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.pathname}${url.search}${url.hash}` === "/";
  if (!isOrigin || url.username !== "") {
    throw new Error(
      `\`${text}\` is not a receiver: write scheme, host and port, such as http://127.0.0.1:3000`,
    );
  }
  return url.origin;
}

/** Whether a URL stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}
