import { timestamp } from "../answers.js";
import type { StoredWebhook } from "../state/state.js";
import type { Change } from "../state/tables.js";
import type { World } from "../world.js";
import type { Delivery } from "./delivery.js";
import { type Occurrence, occurrenceOf } from "./events-of.js";
import type { Postman } from "./postman.js";

/** Webhooks at work: what has happened is told to those that subscribe to it. */
export interface Deliveries {
  readonly all: readonly Delivery[];
  /** Tells of what was just committed. */
  publish(changes: readonly Change[]): void;
  /** Sends one again, whatever became of it: the same event with a fresh signature. */
  redeliver(deliveryId: string): Delivery;
  clear(): void;
}

// A served sandbox may run for weeks.
const mostDeliveries = 10_000;

/** Deliveries of one sandbox, the oldest dropped when there are too many. */
export function createDeliveries(
  world: World,
  postman: Pick<Postman, "deliver" | "forgetFailures">,
): Deliveries {
  let deliveries: Delivery[] = [];

  const announce = (occurrence: Occurrence, webhooks: readonly StoredWebhook[]): void => {
    const event = eventOf(world, occurrence);
    for (const { webhookId } of webhooks) {
      const deliveryId = world.newId("dlv", 16);
      const delivery: Delivery = { deliveryId, webhookId, ...event, state: "waiting", attempts: [] };
      deliveries.push(delivery);
      postman.deliver(delivery);
      if (world.knobs.eventDelivery === "doubled") postman.deliver(delivery);
    }
  };
  return {
    get all() {
      return deliveries;
    },
    publish: (changes) => {
      const active = world.store.rows("webhooks").filter((webhook) => webhook.status === "active");
      for (const change of active.length === 0 ? [] : changes) {
        const occurrence = occurrenceOf(world, change);
        if (occurrence === undefined) continue;
        const told = active.filter((webhook) => webhook.subscribedEvents.includes(occurrence.eventType));
        if (told.length > 0) announce(occurrence, told);
      }
      if (deliveries.length > mostDeliveries) deliveries = deliveries.slice(-mostDeliveries / 2);
    },
    redeliver: (deliveryId) => {
      const delivery = deliveries.find((one) => one.deliveryId === deliveryId);
      if (delivery === undefined) throw new Error(`the sandbox has no delivery ${deliveryId}`);
      postman.deliver(delivery);
      return delivery;
    },
    clear: () => {
      deliveries = [];
      postman.forgetFailures();
    },
  };
}

/** The envelope of an event. Its text is made once: every attempt signs and sends the same bytes. */
function eventOf(
  world: World,
  { eventType, businessType, payload }: Occurrence,
): Pick<Delivery, "eventId" | "eventType" | "body"> {
  const eventId = world.newId("evt", 16);
  const body = JSON.stringify({
    eventId,
    eventType,
    businessType,
    occurrence: timestamp(world.knobs, world.clock.nowMs()),
    isSubscribable: true,
    payload: payload(),
  });
  return { eventId, eventType, body };
}
