import type { WireAnswer, WireRequest } from "./answer.js";
import { readBody } from "./body.js";
import { startLimit } from "./limit.js";
import { assertMayLeave, type LockOptions } from "./locks.js";
import { revealSecret } from "./secret.js";
import { describeSilence } from "./silence.js";
import type { Departure, Transport } from "./transport.js";

export interface WireOptions extends LockOptions {
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** The run is being ended: answers under way get `graceMs`. */
  readonly signal?: AbortSignal | undefined;
  readonly graceMs: number;
  /** What is left of the run, for a request that may be given up with it. */
  readonly leftMs?: number | undefined;
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
    const arrival = await limit.race(options.transport(departureOf(request, options, limit.signal)));
    const body = await readBody(arrival.body, limit);
    return {
      kind: "answered",
      status: arrival.status,
      retryAfter: arrival.header("retry-after"),
      location: arrival.header("location"),
      ...body,
    };
  } catch (error) {
    return describeSilence(limit.reason() ?? error);
  } finally {
    limit.end();
  }
}

function departureOf(request: WireRequest, options: WireOptions, signal: AbortSignal): Departure {
  const { verb, url, body, keyed } = request;
  return {
    verb,
    url,
    headers: {
      accept: "application/json",
      "user-agent": "gstable-sync",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(keyed ? { authorization: `Bearer ${revealSecret(options.apiKey)}` } : {}),
    },
    body,
    signal,
  };
}
