import { numberOf, timestamp } from "../answers.js";
import { digest } from "../ids.js";
import type { Knobs } from "../knobs.js";
import type { StoredSession } from "../state/state.js";
import { feeRatePpm, findToken } from "../tokens.js";

/** What a payment comes to, in Micro-USD: the fee is on top where the payer bears it, and rounded up. */
function sumsOf(session: StoredSession): { total: number; fee: number; net: number } {
  const settlement = findToken(session.settlementToken);
  const payment = findToken(session.paymentToken ?? session.settlementToken);
  const ppm = settlement === undefined || payment === undefined ? 0 : feeRatePpm(payment, settlement);
  const fee = Number((BigInt(session.amount) * BigInt(ppm) + 999_999n) / 1_000_000n);
  return session.feeModel === 2
    ? { total: session.amount + fee, fee, net: session.amount }
    : { total: session.amount, fee, net: session.amount - fee };
}

/** The transaction of a session that was paid; its hashes are made up. */
export function transactionAnswer(knobs: Knobs, session: StoredSession): Record<string, unknown> | undefined {
  const { payment } = session;
  if (payment === undefined) return undefined;
  const { total, fee, net } = sumsOf(session);
  return {
    orderId: payment.receiptId,
    channelId: "sandbox",
    orderType: session.sessionType,
    from: session.payer,
    to: session.recipient,
    metaData: session.metadata ?? {},
    totalValue: numberOf(knobs, total),
    paymentValue: numberOf(knobs, session.amount),
    feeValue: numberOf(knobs, fee),
    netValue: numberOf(knobs, net),
    sourceTx: payment.sourceTx,
    targetTx: payment.targetTx ?? "",
    executeTime: timestamp(knobs, payment.paidAtMs),
    finalizeTime: payment.settledAtMs === undefined ? null : timestamp(knobs, payment.settledAtMs),
  };
}

/** A transaction hash that no chain has. */
export function madeUpHash(name: string): string {
  return `0x${digest(`transaction of ${name}`, 64)}`;
}
