import type { StoredWebhook } from "../state/state.js";
import type { World } from "../world.js";
import type { Attempt } from "./delivery.js";
import { signatureHeaders } from "./signature.js";

interface Parcel {
  readonly send: typeof fetch;
  readonly url: string;
  /** As it is now: a refreshed key signs from the next attempt on. */
  readonly webhook: StoredWebhook;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** One POST to a receiver; whatever it does is an Attempt. Redirects are not followed. */
export async function sendOnce(world: World, { send, url, webhook, body, signal }: Parcel): Promise<Attempt> {
  const nowMs = world.clock.nowMs();
  const headers = {
    "content-type": "application/json",
    ...signatureHeaders(world.knobs, { key: webhook.key, body, nowMs }),
  };
  const attempt = { at: new Date(nowMs).toISOString(), url, headers };
  try {
    const answer = await send(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(world.knobs.deliveryTimeoutMs)]),
    });
    await answer.body?.cancel();
    return { ...attempt, status: answer.status };
  } catch (error) {
    return { ...attempt, error: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && "code" in cause
    ? `${error.message}: ${String(cause.code)}`
    : error.message;
}
