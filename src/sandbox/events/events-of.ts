import { accountAnswer } from "../accounts.js";
import { linkAnswer } from "../payment-link-answer.js";
import { productAnswer } from "../products.js";
import { sessionAnswer } from "../sessions/session-answer.js";
import { transactionAnswer } from "../sessions/transaction.js";
import type { StoredAccount, StoredLink, StoredProduct, StoredSession } from "../state/state.js";
import type { Change } from "../state/tables.js";
import type { World } from "../world.js";

/** Something that webhooks are told about, before it has an id. */
export interface Occurrence {
  readonly eventType: string;
  readonly businessType: "account" | "payment_link" | "product" | "session";
  /** In the shape of the matching answer of the API. */
  payload(): Record<string, unknown>;
}

/** What a change of one row tells the world; undefined: nothing, as with what only the sandbox knows. */
export function occurrenceOf(world: World, { table, before, after }: Change): Occurrence | undefined {
  if (after === undefined) return undefined;
  // A change carries rows of its own table.
  switch (table) {
    case "products":
      return ofProduct(world, before as StoredProduct | undefined, after as StoredProduct);
    case "paymentLinks":
      return ofLink(world, before as StoredLink | undefined, after as StoredLink);
    case "accounts":
      return ofAccount(world, before as StoredAccount | undefined, after as StoredAccount);
    case "sessions":
      return ofSession(world, before as StoredSession | undefined, after as StoredSession);
    case "webhooks":
      return undefined;
  }
}

function ofProduct(
  world: World,
  before: StoredProduct | undefined,
  after: StoredProduct,
): Occurrence | undefined {
  if (before !== undefined && isSame({ ...before, used: after.used }, after)) return undefined;
  const verbs = { active: "unarchived", archived: "archived", removed: "removed" } as const;
  const verb =
    before === undefined ? "created" : before.status === after.status ? "updated" : verbs[after.status];
  return {
    eventType: `product.${verb}`,
    businessType: "product",
    payload: () => ({ productData: productAnswer(world.knobs, after) }),
  };
}

/** Archiving a link has no event. */
function ofLink(world: World, before: StoredLink | undefined, after: StoredLink): Occurrence | undefined {
  if (isSame(before, after)) return undefined;
  const hasNewStatus = before !== undefined && before.status !== after.status;
  if (hasNewStatus && after.status === "archived") return undefined;
  const turned = after.status === "active" ? "enabled" : "disabled";
  return {
    eventType: `payment.link.${before === undefined ? "created" : hasNewStatus ? turned : "updated"}`,
    businessType: "payment_link",
    payload: () => ({ linkData: linkAnswer(world.knobs, world.store, { link: after, shape: "detail" }) }),
  };
}

function ofAccount(
  world: World,
  before: StoredAccount | undefined,
  after: StoredAccount,
): Occurrence | undefined {
  if (isSame(before, after)) return undefined;
  const isGone = after.status === "removed";
  return {
    eventType: `account.${before === undefined ? "created" : isGone ? "removed" : "updated"}`,
    businessType: "account",
    payload: () => ({ accountData: accountAnswer(world.knobs, after) }),
  };
}

/** A session tells of a new status alone. */
function ofSession(
  world: World,
  before: StoredSession | undefined,
  after: StoredSession,
): Occurrence | undefined {
  if (before?.status === after.status) return undefined;
  return {
    eventType: `session.${before === undefined ? "created" : after.status}`,
    businessType: "session",
    payload: () => ({
      sessionData: sessionData(world, after),
      transaction: transactionAnswer(world.knobs, after) ?? null,
    }),
  };
}

/** Fact gap G22: the documented sample names the token `currency`, where answers of the API have `settlementToken`. */
function sessionData(world: World, session: StoredSession): Record<string, unknown> {
  const { settlementToken, ...data } = sessionAnswer(world, world.store, session);
  const { eventSessionToken } = world.knobs;
  return {
    ...data,
    ...(eventSessionToken === "settlementToken" ? {} : { currency: settlementToken }),
    ...(eventSessionToken === "currency" ? {} : { settlementToken }),
  };
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
