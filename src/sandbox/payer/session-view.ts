import { openSession } from "../sessions/standing.js";
import type { StoredSession } from "../state/state.js";
import { findToken } from "../tokens.js";
import { type Endpoint, merchantId } from "../world.js";
import { authorizationSpec } from "./authorization.js";
import { payerItem } from "./payer-item.js";

/** Where a session stands that its payer has opened. */
export const readyWorkflow = {
  stage: "session_ready",
  nextAction: {
    action: "prepare_payment",
    authorizationRequired: true,
    description: "Sign the prepared payment, then send the transaction.",
  },
} as const;

/** GET /session/:sessionId of the payer host: what comes next, also for sessions that lack a payer. */
export const payerSession: Endpoint = ({ world, view, params }) => {
  const session = openSession(world, view, params.sessionId ?? "");
  return {
    sessionId: session.sessionId,
    sessionType: session.sessionType,
    merchantId,
    sessionExpiresAt: session.expirationTime,
    lineItems: session.lineItems.map((item) => payerItem(world.knobs, view, item)),
    aiView:
      session.payer === "" || session.paymentToken === undefined
        ? incompleteView(session)
        : { workflow: readyWorkflow, preparePaymentRequirement: preparePaymentRequirement(session) },
  };
};

/** What the payer is to sign next, with everything that is known filled in. */
export function preparePaymentRequirement(session: StoredSession): Record<string, unknown> {
  const token = findToken(session.paymentToken ?? "");
  const chainId = token?.chainId ?? "";
  return {
    authorizationRequired: true,
    authorizationSpec: authorizationSpec("prepare_payment", chainId),
    messageTemplate: {
      purpose: "prepare_payment",
      sessionId: session.sessionId,
      merchantId,
      paymentChainId: chainId,
      paymentToken: token?.contractAddress ?? "",
      payer: session.payer,
      payerEmail: session.payerEmail,
      authorizationNonce: "<32 random bytes as 0x and hexadecimal digits>",
      authorizationExpiresAt: "<Unix seconds>",
    },
  };
}

function incompleteView(session: StoredSession): Record<string, unknown> {
  return {
    workflow: {
      stage: "session_ready",
      nextAction: { action: "complete_payment_session", authorizationRequired: true },
    },
    completePaymentSessionGuide: {
      missing: [
        ...(session.payer === "" ? ["payer"] : []),
        ...(session.paymentToken === undefined ? ["paymentToken"] : []),
      ],
    },
  };
}
