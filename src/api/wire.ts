import type { WireAnswer, WireRequest } from "./answer.js";
import { readBody } from "./body.js";
import { startLimit } from "./limit.js";
import { assertMayLeave, type LockOptions } from "./locks.js";
import { revealSecret } from "./secret.js";
import { describeSilence } from "./silence.js";

export interface WireOptions extends LockOptions {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** The run is being ended: answers under way get `graceMs`. */
  readonly signal?: AbortSignal | undefined;
  readonly graceMs: number;
}

/**
 * One request on the wire, whoever made it: the locks, the key, one time limit over headers and body, no redirects.
 * Never repeats and never judges. Throws `KeyLeakError` and `ReadOnlyError` before anything is sent; whatever happens
 * afterwards is an answer.
 */
export async function exchange(request: WireRequest, options: WireOptions): Promise<WireAnswer> {
  assertMayLeave(request, options);
  const limit = startLimit(options);
  try {
    const response = await limit.race(options.fetch(request.url, initOf(request, options, limit.signal)));
    const body = await readBody(response, limit);
    return {
      kind: "answered",
      status: response.status,
      retryAfter: response.headers.get("retry-after") ?? undefined,
      location: response.headers.get("location") ?? undefined,
      ...body,
    };
  } catch (error) {
    return describeSilence(limit.reason() ?? error);
  } finally {
    limit.end();
  }
}

function initOf(request: WireRequest, options: WireOptions, signal: AbortSignal): RequestInit {
  return {
    method: request.verb,
    headers: {
      accept: "application/json",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...(request.keyed ? { authorization: `Bearer ${revealSecret(options.apiKey)}` } : {}),
    },
    // A redirect could lead the key to another host.
    redirect: "manual",
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}
