import type { StoredWebhook } from "../state/state.js";
import type { World } from "../world.js";
import { sendOnce } from "./attempt.js";
import type { Delivery } from "./delivery.js";
import { type Sending, targetOf } from "./receiver.js";

/** Carries deliveries out in the background: attempts, retries, and the pause after too many failures. */
export interface Postman {
  deliver(delivery: Delivery): void;
  /** From now on; undefined: nothing is sent, only kept. */
  sending: Sending | undefined;
  /** When nothing is under way any more, retries included. */
  settled(): Promise<void>;
  forgetFailures(): void;
  close(): void;
}

/** A postman that sends nothing until `sending` is set; `wait` is the time between attempts. */
export function createPostman(world: World, wait: (ms: number) => Promise<void>): Postman {
  const running = new Set<Promise<void>>();
  const failures = createFailures(world);
  const closing = new AbortController();

  const deliverTo = async (delivery: Delivery, webhook: StoredWebhook): Promise<boolean> => {
    const { sending } = postman;
    const url = targetOf(webhook.webhookUrl, sending?.receiver);
    if (sending === undefined || url === undefined) {
      delivery.state = "kept";
      return true;
    }
    const parcel = { send: sending.send, url, webhook, body: delivery.body, signal: closing.signal };
    const attempt = await sendOnce(world, parcel);
    delivery.attempts.push(attempt);
    if (!isAccepted(attempt.status, world.knobs.deliveryAccepts)) return false;
    delivery.state = "delivered";
    failures.end(webhook.webhookId);
    return true;
  };
  const carryOut = async (delivery: Delivery): Promise<void> => {
    for (const delayMs of [0, ...world.knobs.deliveryRetriesMs]) {
      if (delayMs > 0) await wait(delayMs);
      if (closing.signal.aborted) return;
      const webhook = activeWebhook(world, delivery.webhookId);
      if (webhook === undefined) {
        delivery.state = "dropped";
        return;
      }
      if (await deliverTo(delivery, webhook)) return;
    }
    delivery.state = "failed";
    failures.count(delivery.webhookId);
  };
  const postman: Postman = {
    sending: undefined,
    deliver: (delivery) => {
      delivery.state = "waiting";
      const going = carryOut(delivery).finally(() => running.delete(going));
      running.add(going);
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    forgetFailures: failures.forget,
    close: () => closing.abort(),
  };
  return postman;
}

/** Failed deliveries in a row, for each webhook; so many, and it is paused until somebody enables it. */
function createFailures(world: World) {
  const inARow = new Map<string, number>();
  return {
    end: (webhookId: string): void => void inARow.delete(webhookId),
    forget: (): void => inARow.clear(),
    count: (webhookId: string): void => {
      const count = (inARow.get(webhookId) ?? 0) + 1;
      inARow.set(webhookId, count);
      const { pauseAfterFailures } = world.knobs;
      const webhook = activeWebhook(world, webhookId);
      if (webhook === undefined || pauseAfterFailures === 0 || count < pauseAfterFailures) return;
      inARow.delete(webhookId);
      world.store.put("webhooks", { ...webhook, status: "paused", updatedAtMs: world.clock.nowMs() });
      world.commit();
    },
  };
}

function activeWebhook(world: World, webhookId: string): StoredWebhook | undefined {
  world.store.refresh();
  const webhook = world.store.get("webhooks", webhookId);
  return webhook?.status === "active" ? webhook : undefined;
}

function isAccepted(status: number | undefined, accepts: "2xx" | "200"): boolean {
  if (status === undefined) return false;
  return accepts === "200" ? status === 200 : status >= 200 && status < 300;
}
