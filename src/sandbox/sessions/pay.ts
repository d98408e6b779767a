import { z } from "zod";
import { ApiError } from "../codes.js";
import { checked } from "../input/checked.js";
import { openLink } from "../payer/open-link.js";
import type { StoredSession } from "../state/state.js";
import { findToken, madeUpAddress } from "../tokens.js";
import type { World } from "../world.js";
import { sessionFromLink } from "./from-link.js";
import { existingSession, openSession } from "./standing.js";
import { madeUpHash } from "./transaction.js";

const stages = ["paid", "settling", "settlement_pending", "completed"] as const;
type Stage = (typeof stages)[number];

const paymentSchema = z
  .strictObject({
    /** The session to pay, or to take further. */
    sessionId: z.string().optional(),
    /** Or the link to pay: a session begins on its page first. */
    linkId: z.string().optional(),
    /** Micro-USD, for a custom link. */
    amount: z.int().min(1).optional(),
    payer: z
      .string()
      .regex(/^0x[0-9a-fA-F]{40}$/, "must be 0x and 40 hexadecimal digits")
      .optional(),
    payerEmail: z.string().optional(),
    /** Token id; absent: the settlement token. */
    token: z.string().optional(),
    /** How far it gets now. */
    until: z.enum(stages).default("completed"),
  })
  .refine(({ sessionId, linkId }) => (sessionId === undefined) !== (linkId === undefined), {
    message: "name either sessionId or linkId",
  });

export type Payment = z.input<typeof paymentSchema>;
type PaymentNow = z.output<typeof paymentSchema>;

/**
 * Does what a payer, the chain and the settlement would do, as far as `until`; each stage is a commit of its own, with
 * its event. A session that is under way is taken further. Throws the ApiError that a payer would get.
 */
export function paySession(world: World, payment: Payment): StoredSession {
  const asked = checked(paymentSchema, payment);
  world.store.refresh();
  let session = sessionOf(world, asked);
  const ahead = stagesAhead(session, asked.until);
  if (ahead.length === 0) throw new ApiError(100204);
  for (const stage of ahead) {
    session = stage === "paid" ? paid(world, session, asked) : taken(world, session, stage);
    world.store.put("sessions", session);
    world.commit();
  }
  return session;
}

function sessionOf(world: World, { sessionId, linkId, amount, payer, token }: PaymentNow): StoredSession {
  if (linkId !== undefined) {
    refuseToken(token);
    const session = sessionFromLink(world, linkId, {
      sessionType: "link_checkout",
      amount,
      payer,
      paymentToken: token,
    });
    world.commit();
    return session;
  }
  const session = existingSession(world.store, sessionId ?? "");
  const isUnderWay = session.payment !== undefined;
  return isUnderWay ? session : openSession(world, world.store, session.sessionId);
}

function stagesAhead(session: StoredSession, until: Stage): readonly Stage[] {
  const done = stages.indexOf(session.status as Stage); // -1 while nothing is paid
  const ahead = stages.slice(done + 1, stages.indexOf(until) + 1);
  // Only what is delayed passes through here.
  return ahead.filter((stage) => stage !== "settlement_pending" || until === "settlement_pending");
}

/** Fact gap G21: whether a page that was closed since can still be paid. */
function paid(world: World, session: StoredSession, asked: PaymentNow): StoredSession {
  if (session.linkId !== undefined && world.knobs.sessionOfClosedLink === "refused") {
    openLink(world, world.store, session.linkId);
  }
  if (session.sessionType === "ai_checkout" && session.signedOnce === 0) {
    throw new Error(`${session.sessionId} is not prepared: its payer signs at /payment/prepare first`);
  }
  refuseToken(asked.token);
  const payer = asked.payer ?? (session.payer || madeUpAddress("a payer"));
  if (session.payer !== "" && session.payer.toLowerCase() !== payer.toLowerCase()) throw new ApiError(100206);
  const payerEmail = asked.payerEmail ?? session.payerEmail;
  if (session.payerEmailRequired === 1 && payerEmail === "") {
    throw new ApiError(400101, "payerEmail: this session requires it");
  }
  return {
    ...session,
    status: "paid",
    signedOnce: 1,
    payer,
    payerEmail,
    paymentToken: asked.token ?? session.paymentToken ?? session.settlementToken,
    payment: {
      receiptId: world.newId("rcp", 24),
      sourceTx: madeUpHash(`paying ${session.sessionId}`),
      paidAtMs: world.clock.nowMs(),
    },
  };
}

function taken(world: World, session: StoredSession, stage: Stage): StoredSession {
  if (stage !== "completed" || session.payment === undefined) return { ...session, status: stage };
  const targetTx = madeUpHash(`settling ${session.sessionId}`);
  return {
    ...session,
    status: stage,
    payment: { ...session.payment, targetTx, settledAtMs: world.clock.nowMs() },
  };
}

function refuseToken(token: string | undefined): void {
  if (token !== undefined && findToken(token) === undefined) throw new ApiError(400201, token);
}
