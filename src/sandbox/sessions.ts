import { z } from "zod";
import { payableAccount } from "./accounts.js";
import { numberOf, optional, timestamp } from "./answers.js";
import { isUrl, optionalText, parseBody, requiredText, schemasFor } from "./body.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import { amountOf, lineItemAnswers, productDataOf, sellableProducts } from "./line-items.js";
import { createPager } from "./listing.js";
import type { StoredLineItem, StoredProduct, StoredSession } from "./state/state.js";
import type { ReadView } from "./state/tables.js";
import { type Endpoint, merchantId, type World } from "./world.js";

/** Seconds that a session lives when its creator does not say, and at least when he does. */
const sessionSeconds = 1800;

const schemas = schemasFor((knobs) => {
  const price = z.int().min(1).max(knobs.maxPrice);
  const shared = { quantity: z.int().min(1), unitPrice: price };
  const product = z.object({ ...shared, itemType: z.literal("product"), productId: z.string().min(1) });
  const oneTime = z.object({
    ...shared,
    itemType: z.literal("one_time"),
    productData: z.object({
      productName: requiredText(knobs),
      productDescription: z.string().optional(),
      imageUrl: z.string().optional(),
      attributes: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  });
  return z.object({
    accountId: z.string().min(1),
    settlementToken: z.string().min(1),
    lineItems: z.array(z.discriminatedUnion("itemType", [product, oneTime])).min(1),
    successUrl: optionalText(knobs, "clear").refine(
      (url) => url === undefined || isUrl(url, ["https:", "http:"]),
      {
        message: "must be a whole web URL",
      },
    ),
    payerEmailRequired: z.union([z.literal(0), z.literal(1)]).default(0),
    feeModel: z.union([z.literal(1), z.literal(2)]).default(1),
    expirationTime: z.int().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  });
});

type SessionBody = z.output<ReturnType<typeof schemas>>;

export const createSession: Endpoint = ({ world, body }) => {
  const sent = parseBody(schemas(world.knobs), body);
  const nowMs = world.clock.nowMs();
  const expirationTime = sent.expirationTime ?? Math.floor(nowMs / 1000) + sessionSeconds;
  if (expirationTime < Math.floor(nowMs / 1000) + sessionSeconds) {
    throw new ApiError(400101, `expirationTime: must be at least ${sessionSeconds} seconds ahead`);
  }
  const { account } = payableAccount(world, sent);
  const listed = sent.lineItems.flatMap((item) => (item.itemType === "product" ? [item.productId] : []));
  const products = listed.length === 0 ? new Map<string, StoredProduct>() : sellableProducts(world, listed);
  const lineItems = sent.lineItems.map((item) => storedItem(world, item, products));
  const session: StoredSession = {
    sessionId: world.newId("sess", 32),
    accountId: account.accountId,
    recipient: account.accountAddress,
    clientCode: world.newId("cc", 16),
    settlementToken: sent.settlementToken,
    feeModel: sent.feeModel,
    payerEmailRequired: sent.payerEmailRequired,
    amount: amountOf(lineItems),
    lineItems,
    expirationTime,
    successUrl: sent.successUrl || undefined,
    metadata: sent.metadata,
    signedOnce: 0,
    status: "initialized",
    createdAtMs: nowMs,
  };
  world.store.put("sessions", session);
  return sessionAnswer(world, world.store, session);
};

export const cancelSession: Endpoint = ({ world, body }) => {
  const { sessionId } = parseBody(z.object({ sessionId: z.string() }), body);
  const session = openSession(world, world.store, sessionId);
  if (session.signedOnce !== 0) throw new ApiError(299201);
  world.store.put("sessions", { ...session, status: "cancelled" });
  return { success: true };
};

export const sessionDetail: Endpoint = ({ world, view, params }) => {
  const session = view.get("sessions", params.sessionId ?? "");
  if (session === undefined) throw new ApiError(100201);
  return { session: sessionAnswer(world, view, session) };
};

/** The list of all sessions, or of those with one status. Its page and size are numbers, unlike those of other lists. */
export function listSessions(status: StoredSession["status"] | undefined): Endpoint {
  const pageOf = createPager<StoredSession>({
    idOf: (session) => session.sessionId,
    shows: (session) => status === undefined || session.status === status,
  });
  return ({ world, view, params }) => {
    const { total, page, size, items } = pageOf(world, view.rows("sessions"), params);
    const sessions = items.map((session) => ({ session: sessionAnswer(world, view, session) }));
    return { total: numberOf(world.knobs, total), page, size, sessions };
  };
}

/** A session that can still be paid or cancelled; otherwise the code that says why not. */
export function openSession(world: World, view: ReadView, sessionId: string): StoredSession {
  const session = view.get("sessions", sessionId);
  if (session === undefined) throw new ApiError(100201);
  const status = statusNow(world, session);
  if (status === "expired") throw new ApiError(100203);
  if (status === "cancelled") throw new ApiError(100205);
  if (status !== "initialized") throw new ApiError(100204);
  return session;
}

/** The status by the clock: nobody needs to sweep expired sessions. */
function statusNow(world: World, session: StoredSession): StoredSession["status"] {
  const isOver = world.clock.nowMs() >= session.expirationTime * 1000;
  return session.status === "initialized" && isOver ? "expired" : session.status;
}

function storedItem(
  world: World,
  item: SessionBody["lineItems"][number],
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

const paidStatuses: readonly string[] = ["paid", "settling", "settlement_pending", "completed"];

function sessionAnswer(world: World, view: ReadView, session: StoredSession): Record<string, unknown> {
  const { knobs } = world;
  const isPaid = paidStatuses.includes(session.status);
  const paidAt = isPaid ? timestamp(knobs, session.createdAtMs) : null;
  return {
    sessionId: session.sessionId,
    sessionType: "checkout",
    businessId: merchantId,
    businessType: "merchant",
    clientCode: session.clientCode,
    payer: "",
    payerEmail: "",
    payerEmailRequired: session.payerEmailRequired,
    paidToken: isPaid ? session.settlementToken : "",
    receiptId: "",
    recipient: session.recipient,
    settlementToken: session.settlementToken,
    feeModel: session.feeModel,
    amount: numberOf(knobs, session.amount),
    lineItems: { items: sessionItems(knobs, view, session) },
    expirationTime: session.expirationTime,
    ...optional(knobs, "successUrl", session.successUrl),
    paymentUrl: `https://pay.gstable.io/session/${session.sessionId}`,
    signedOnce: session.signedOnce,
    initiateTx: "",
    completeTx: "",
    paymentSucceededTime: paidAt,
    settlementSucceededTime: session.status === "completed" ? paidAt : null,
    createAt: timestamp(knobs, session.createdAtMs),
    status: statusNow(world, session),
    ...(session.metadata === undefined ? {} : { metadata: session.metadata }),
  };
}

/** A session keeps its terms: what was ordered stays as it was, whatever the knob says of links. */
function sessionItems(knobs: Knobs, view: ReadView, session: StoredSession): readonly unknown[] {
  return lineItemAnswers({ ...knobs, productData: "snapshot" }, session.lineItems, {
    salt: session.sessionId,
    view,
  });
}
