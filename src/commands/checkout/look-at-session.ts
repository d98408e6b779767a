import { type ApiPort, realClock } from "../../api/index.js";
import { type Diagnostic, sayFailure } from "../../diagnostics/index.js";
import { PATIENCE_MS } from "../../engine/apply/patience.js";
import {
  type DecodedSession,
  decodeSession,
  decodeTransaction,
} from "../../resources/checkout-session/wire.js";
import type { Failure, Outcome } from "../../state/call.js";
import { type CommandContext, exitCodes } from "../context.js";
import { refused } from "./open-session.js";
import type { CheckoutOutcome } from "./report.js";

/** What has become of a session, for whoever reconciles payments. Only reads. */
export async function lookAtSession(id: string, api: ApiPort): Promise<CheckoutOutcome> {
  const outcome = await api.run({ method: "checkoutSession.detail", args: [id] });
  const session = outcome.kind === "done" ? decodeSession(outcome.data) : undefined;
  // Whoever reconciles payments must not be told of another one.
  if (outcome.kind !== "done" || session?.id !== id) {
    const why = outcome.kind === "done" ? { code: 0, message: "the answer is not about it" } : outcome;
    return {
      ...{ action: "status", outcome: outcome.kind === "refused" ? "refused" : "unknown" },
      ...{ exitCode: exitCodes.error, diagnostics: [unreadable(id, why)] },
    };
  }
  const transaction = decodeTransaction(outcome.data);
  return { action: "status", outcome: "done", exitCode: exitCodes.done, session, transaction };
}

/** Fact F15: cancelled and expired sessions cannot be paid any more. */
const CANCELLED = 100205;
const EXPIRED = 100203;

/** Cancels a session that nobody has begun to pay. What a lost answer means is looked up. */
export async function cancelSession(
  id: string,
  { api, context }: { api: ApiPort; context: CommandContext },
): Promise<CheckoutOutcome> {
  const about = { action: "cancel" } as const;
  const outcome = await api.run({ method: "checkoutSession.cancel", args: [id] });
  if (outcome.kind === "refused") {
    if (outcome.code === CANCELLED || outcome.code === EXPIRED) {
      return {
        ...about,
        outcome: "done",
        exitCode: exitCodes.done,
        diagnostics: [nothingToCancel(id, outcome)],
      };
    }
    return { ...about, outcome: "refused", exitCode: exitCodes.error, diagnostics: [refused(outcome)] };
  }
  const session = await lookUntilCancelled(id, { api, context });
  const isCancelled = session?.status === "cancelled";
  if (isCancelled || (outcome.kind === "done" && session === undefined)) {
    return { ...about, outcome: "done", exitCode: exitCodes.done, session };
  }
  if (session?.status === "expired") {
    const diagnostics = [nothingToCancel(id, { code: EXPIRED, message: "it has expired" })];
    return { ...about, outcome: "done", exitCode: exitCodes.done, session, diagnostics };
  }
  const doubt = doubtful(id, { outcome, session });
  const kind = outcome.kind === "done" ? "differs" : "unknown";
  return { ...about, outcome: kind, exitCode: exitCodes.partial, session, diagnostics: [doubt] };
}

async function lookUntilCancelled(
  id: string,
  { api, context }: { api: ApiPort; context: CommandContext },
): Promise<DecodedSession | undefined> {
  const clock = context.clock ?? realClock;
  let session: DecodedSession | undefined;
  for (const waitMs of PATIENCE_MS) {
    if (waitMs > 0) await clock.sleep(waitMs, context.signal);
    const outcome = await api.run({ method: "checkoutSession.detail", args: [id] });
    const seen = outcome.kind === "done" ? decodeSession(outcome.data) : undefined;
    session = seen?.id === id ? seen : undefined;
    if (isOver(session) || context.signal.aborted) break;
  }
  return session;
}

/** Nobody can pay it any more. */
const isOver = (session: DecodedSession | undefined) =>
  session?.status === "cancelled" || session?.status === "expired";

function nothingToCancel(id: string, failure: Failure): Diagnostic {
  return {
    code: "GS2407",
    severity: "note",
    summary: `There was nothing to cancel: ${sayFailure(failure)}`,
    detail: `Nobody can pay ${id}.`,
  };
}

function doubtful(
  id: string,
  { outcome, session }: { outcome: Outcome; session: DecodedSession | undefined },
): Diagnostic {
  const said = outcome.kind === "done" ? "GStable took it for done" : outcome.message;
  const seen =
    session === undefined ? "it cannot be read" : `its status is \`${session.status ?? "unknown"}\``;
  return {
    code: "GS2405",
    severity: "error",
    summary: `Nobody knows whether ${id} was cancelled: ${said}, but ${seen}`,
    detail: "Somebody may still be able to pay it, until it expires.",
    remedy: "Look again, then run the same command:",
    command: ["checkout status", id],
  };
}

function unreadable(id: string, failure: Failure): Diagnostic {
  return {
    code: "GS2408",
    severity: "error",
    summary: `The session ${id} cannot be read: ${sayFailure(failure)}`,
  };
}
