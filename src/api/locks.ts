import type { WireRequest } from "./answer.js";
import type { BaseUrls } from "./base-url.js";
import { KeyLeakError, ReadOnlyError } from "./errors.js";
import { readingPostPath } from "./routes.js";
import { containsSecret, type Secret } from "./secret.js";

export interface LockOptions {
  readonly apiKey: Secret;
  readonly bases: BaseUrls;
  readonly access: "read" | "write";
}

/**
 * What must hold of every request, whichever client made it: it stays below its base URL, a reading command sends
 * GET and the one POST that only reads, and the key is in no body and no address. Throws before anything is sent.
 */
export function assertMayLeave(request: WireRequest, options: LockOptions): void {
  const { verb, url, body, keyed } = request;
  const { bases } = options;
  const base = keyed ? bases.merchant : bases.public;
  if (!url.startsWith(`${base}/`)) throw new Error(`a request left its base URL: ${new URL(url).origin}`);
  const path = url.slice(base.length);
  const isRead = verb === "GET" || (verb === "POST" && keyed && path === readingPostPath);
  if (!isRead && (verb !== "POST" || options.access === "read")) throw new ReadOnlyError(verb, path);
  // The base URL is the user's own and holds no key: only what follows it is looked at.
  if (containsSecret(options.apiKey, path) || (body !== undefined && containsSecret(options.apiKey, body))) {
    throw new KeyLeakError(`The body or address of ${verb} ${path.split("/").slice(0, 3).join("/")}`);
  }
}
