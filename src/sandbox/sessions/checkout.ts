import { z } from "zod";
import { payableAccount } from "../accounts.js";
import { parseBody } from "../body.js";
import { ApiError } from "../codes.js";
import { amountOf, productDataOf, sellableProducts } from "../line-items.js";
import type { StoredLineItem, StoredProduct } from "../state/state.js";
import type { Endpoint, World } from "../world.js";
import { type CheckoutBody, checkoutSchema } from "./checkout-body.js";
import { newSession, sessionSeconds } from "./new-session.js";
import { sessionAnswer } from "./session-answer.js";
import { openSession } from "./standing.js";

/** POST /session/checkout/create: a session that the merchant opens for somebody, on line items of its own. */
export const createSession: Endpoint = ({ world, body }) => {
  const sent = parseBody(checkoutSchema(world.knobs), body);
  refuseHaste(world, sent.expirationTime);
  const { account } = payableAccount(world, sent);
  const listed = sent.lineItems.flatMap((item) => (item.itemType === "product" ? [item.productId] : []));
  const products = listed.length === 0 ? new Map<string, StoredProduct>() : sellableProducts(world, listed);
  const lineItems = sent.lineItems.map((item) => storedItem(world, item, products));
  const session = newSession(world, {
    sessionType: "checkout",
    accountId: account.accountId,
    recipient: account.accountAddress,
    settlementToken: sent.settlementToken,
    feeModel: sent.feeModel,
    payerEmailRequired: sent.payerEmailRequired,
    amount: amountOf(lineItems),
    lineItems,
    expirationTime: sent.expirationTime,
    successUrl: sent.successUrl || undefined,
    metadata: sent.metadata,
  });
  return sessionAnswer(world, world.store, session);
};

/** POST /session/checkout/cancel: only while nobody has signed for it. */
export const cancelSession: Endpoint = ({ world, body }) => {
  const { sessionId } = parseBody(z.object({ sessionId: z.string() }), body);
  const session = openSession(world, world.store, sessionId);
  if (session.signedOnce !== 0) throw new ApiError(299201);
  world.store.put("sessions", { ...session, status: "cancelled" });
  return { success: true };
};

function refuseHaste(world: World, expirationTime: number | undefined): void {
  const soonest = Math.floor(world.clock.nowMs() / 1000) + sessionSeconds;
  if (expirationTime !== undefined && expirationTime < soonest) {
    throw new ApiError(400101, `expirationTime: must be at least ${sessionSeconds} seconds ahead`);
  }
}

function storedItem(
  world: World,
  item: CheckoutBody["lineItems"][number],
  products: ReadonlyMap<string, StoredProduct>,
): StoredLineItem {
  const shared = { lineItemId: world.newId("li", 16), quantity: item.quantity, unitPrice: item.unitPrice };
  if (item.itemType === "one_time") {
    return { ...shared, itemType: "one_time", productId: "", productData: item.productData };
  }
  const product = products.get(item.productId);
  if (product === undefined) throw new ApiError(100301);
  return { ...shared, itemType: "product", productId: item.productId, productData: productDataOf(product) };
}
