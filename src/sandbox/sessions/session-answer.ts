import { numberOf, optional, timestamp } from "../answers.js";
import type { Knobs } from "../knobs.js";
import { lineItemAnswers } from "../line-items.js";
import type { StoredSession } from "../state/state.js";
import type { ReadView } from "../state/tables.js";
import { merchantId, type World } from "../world.js";
import { statusNow } from "./standing.js";
import { transactionAnswer } from "./transaction.js";

const paidStatuses: readonly string[] = ["paid", "settling", "settlement_pending", "completed"];

/** A session with its transaction, which there is once it is paid: an entry of lists, and the detail. */
export function sessionEntry(world: World, view: ReadView, session: StoredSession): Record<string, unknown> {
  const transaction = transactionAnswer(world.knobs, session);
  return {
    session: sessionAnswer(world, view, session),
    ...(transaction === undefined ? {} : { transaction }),
  };
}

/** A session as the API shows it. */
export function sessionAnswer(world: World, view: ReadView, session: StoredSession): Record<string, unknown> {
  const { knobs } = world;
  return {
    sessionId: session.sessionId,
    sessionType: session.sessionType,
    businessId: session.linkId ?? merchantId,
    businessType: session.linkId === undefined ? "merchant" : "payment_link",
    clientCode: session.clientCode,
    payer: session.payer,
    payerEmail: session.payerEmail,
    payerEmailRequired: session.payerEmailRequired,
    ...paymentOf(knobs, session),
    recipient: session.recipient,
    settlementToken: session.settlementToken,
    feeModel: session.feeModel,
    amount: numberOf(knobs, session.amount),
    lineItems: { items: sessionItems(knobs, view, session) },
    expirationTime: session.expirationTime,
    ...optional(knobs, "successUrl", session.successUrl),
    paymentUrl: `https://pay.gstable.io/session/${session.sessionId}`,
    signedOnce: session.signedOnce,
    createAt: timestamp(knobs, session.createdAtMs),
    status: statusNow(world, session),
    ...(session.metadata === undefined ? {} : { metadata: session.metadata }),
  };
}

/** What is known of the payment: nothing until there is one. */
function paymentOf(knobs: Knobs, session: StoredSession): Record<string, unknown> {
  const isPaid = paidStatuses.includes(session.status);
  const isSettled = session.status === "completed";
  const paidAtMs = session.payment?.paidAtMs ?? session.createdAtMs;
  return {
    paidToken: isPaid ? (session.paymentToken ?? session.settlementToken) : "",
    receiptId: isPaid ? (session.payment?.receiptId ?? "") : "",
    initiateTx: isPaid ? (session.payment?.sourceTx ?? "") : "",
    completeTx: isSettled ? (session.payment?.targetTx ?? "") : "",
    paymentSucceededTime: isPaid ? timestamp(knobs, paidAtMs) : null,
    settlementSucceededTime: isSettled
      ? timestamp(knobs, session.payment?.settledAtMs ?? session.createdAtMs)
      : null,
  };
}

/** A session keeps its terms: what was ordered stays as it was, whatever the knob says of links. */
function sessionItems(knobs: Knobs, view: ReadView, session: StoredSession): readonly unknown[] {
  return lineItemAnswers({ ...knobs, productData: "snapshot" }, session.lineItems, {
    salt: session.sessionId,
    view,
  });
}
