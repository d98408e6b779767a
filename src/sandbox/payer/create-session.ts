import { z } from "zod";
import { parseBody } from "../body.js";
import { ApiError } from "../codes.js";
import { sessionFromLink } from "../sessions/from-link.js";
import type { StoredLink } from "../state/state.js";
import type { Token } from "../tokens.js";
import type { Endpoint, World } from "../world.js";
import { nonceMark, refuseUnauthorized, sharedFields, signedAmount } from "./authorization.js";
import { openLink } from "./open-link.js";
import { amountInToken, tokenOnChain } from "./payment-token.js";
import { preparePaymentRequirement, readyWorkflow } from "./session-view.js";

const bodySchema = z.object({
  message: z.object({
    purpose: z.literal("create_payment_session"),
    linkId: z.string(),
    linkVersion: z.string(),
    ...sharedFields,
    amount: signedAmount,
  }),
  signature: z.string(),
});

/** POST /payment/session/create of the payer host: a session that a payer's agent opens with a signature. */
export const createPaymentSession: Endpoint = (call) => {
  const { world } = call;
  const { message, signature } = parseBody(bodySchema, call.body);
  const link = openLink(world, world.store, message.linkId);
  if (message.linkVersion !== link.versionCode) throw new ApiError(100104);
  const token = tokenOnChain(message.paymentChainId, message.paymentToken);
  const amount = amountFor(world, { link, token, amount: BigInt(message.amount) });
  refuseUnauthorized(call, { message, signature });
  const session = sessionFromLink(world, link.linkId, {
    sessionType: "ai_checkout",
    payer: message.payer,
    paymentToken: token.tokenId,
    nonces: [nonceMark(message)],
    amount,
  });
  return {
    sessionId: session.sessionId,
    sessionType: session.sessionType,
    sessionExpiresAt: session.expirationTime,
    aiView: { workflow: readyWorkflow, preparePaymentRequirement: preparePaymentRequirement(session) },
  };
};

/** What a custom link is to be paid, in Micro-USD; of a fixed one the amount must be the one that was shown. */
function amountFor(
  world: World,
  { link, token, amount }: { readonly link: StoredLink; readonly token: Token; readonly amount: bigint },
): number | undefined {
  if (link.linkType === "custom") return Number(amount);
  const shown = amountInToken(world, link, token);
  if (amount !== shown) throw new ApiError(400101, `amount: must be ${shown}`);
  return undefined;
}
