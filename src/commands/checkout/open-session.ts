import type { ApiPort } from "../../api/index.js";
import { type Diagnostic, sayFailure } from "../../diagnostics/index.js";
import { type DecodedSession, decodeSession } from "../../resources/checkout-session/wire.js";
import type { Failure } from "../../state/call.js";
import { formatDollars } from "../../state/money.js";
import { exitCodes } from "../context.js";
import type { CheckoutOutcome } from "./report.js";
import type { Terms } from "./terms.js";

/**
 * Opens a session, with one request. Fact F5: there is no idempotency key, and a second session could be paid as well.
 * What GStable answers is compared with the terms that were asked for.
 */
export async function openSession(
  { address, request, totalMicroUsd }: Terms,
  { api, recipient }: { api: ApiPort; recipient: string },
): Promise<CheckoutOutcome> {
  const about = { action: "open", address, request } as const;
  const outcome = await api.run({ method: "checkoutSession.create", args: [request] });
  if (outcome.kind === "refused") {
    return { ...about, outcome: "refused", exitCode: exitCodes.error, diagnostics: [refused(outcome)] };
  }
  const session = outcome.kind === "done" ? decodeSession(outcome.data) : undefined;
  if (outcome.kind === "unknown" || session === undefined) {
    const why = outcome.kind === "unknown" ? outcome : { code: 0, message: "the answer names no session" };
    return { ...about, outcome: "unknown", exitCode: exitCodes.partial, diagnostics: [unknown(why)] };
  }
  const wrong = compare(session, { request, totalMicroUsd, recipient });
  if (wrong.length === 0) return { ...about, outcome: "done", exitCode: exitCodes.done, session };
  return {
    ...{ ...about, outcome: "differs", exitCode: exitCodes.partial, session },
    diagnostics: [differs(session, wrong)],
  };
}

/** What the answer shows otherwise; what it does not show is not held against it. */
function compare(
  session: DecodedSession,
  { request, totalMicroUsd, recipient }: Pick<Terms, "request" | "totalMicroUsd"> & { recipient: string },
): readonly string[] {
  const { amountMicroUsd: amount, settlementToken: token } = session;
  return [
    ...(amount === null || BigInt(amount) === totalMicroUsd
      ? []
      : [`it charges ${formatDollars(amount)} instead of ${formatDollars(totalMicroUsd)}`]),
    ...(token === null || token === request.settlementToken
      ? []
      : [`it settles in \`${token}\` instead of \`${request.settlementToken}\``]),
    ...(session.recipient === null || session.recipient.toLowerCase() === recipient
      ? []
      : [`it pays out to ${session.recipient} instead of ${recipient}`]),
  ];
}

/** What GStable said no to: nothing was carried out. */
export function refused(failure: Failure): Diagnostic {
  return {
    code: "GS2404",
    severity: "error",
    summary: `GStable refused: ${sayFailure(failure)}`,
    detail: "Nothing was carried out.",
    ...(failure.code === 403 || failure.code === 401
      ? { remedy: "Sessions need a secret key (sk_live_…); a restricted one can only read." }
      : {}),
  };
}

function unknown(failure: Failure): Diagnostic {
  return {
    code: "GS2405",
    severity: "error",
    summary: `Nobody knows whether a session was opened: ${sayFailure(failure)}`,
    detail:
      "A session may exist. It was not asked for again: a second one could be paid as well. It moves no money until somebody pays it, nobody has its URL, and it expires by itself, within half an hour by default.",
    remedy: "Look for it in the dashboard, or simply run the same command again.",
  };
}

function differs({ id }: DecodedSession, wrong: readonly string[]): Diagnostic {
  return {
    code: "GS2406",
    severity: "error",
    summary: `The session ${id} has other terms than were asked for: ${wrong.join("; ")}`,
    detail: "It exists, and can be paid.",
    remedy: "Don't hand its URL out; cancel it:",
    command: ["checkout cancel", id],
  };
}
