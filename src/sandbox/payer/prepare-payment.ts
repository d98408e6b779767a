import { z } from "zod";
import { parseBody } from "../body.js";
import { ApiError } from "../codes.js";
import { digest } from "../ids.js";
import { openSession } from "../sessions/standing.js";
import type { StoredSession } from "../state/state.js";
import { madeUpAddress } from "../tokens.js";
import type { Endpoint } from "../world.js";
import { nonceMark, refuseUnauthorized, sharedFields } from "./authorization.js";
import { tokenOnChain } from "./payment-token.js";

const bodySchema = z.object({
  message: z.object({
    purpose: z.literal("prepare_payment"),
    sessionId: z.string(),
    ...sharedFields,
    payerEmail: z.string(),
  }),
  signature: z.string(),
});

type Message = z.output<typeof bodySchema>["message"];

/** POST /payment/prepare of the payer host: the transaction to send, made up here. */
export const preparePayment: Endpoint = (call) => {
  const { world } = call;
  const { message, signature } = parseBody(bodySchema, call.body);
  const session = openSession(world, world.store, message.sessionId);
  refuseOtherTerms(session, message);
  refuseUnauthorized(call, { message, signature });
  world.store.put("sessions", {
    ...session,
    payerEmail: message.payerEmail,
    signedOnce: 1,
    nonces: [...(session.nonces ?? []), nonceMark(message)],
  });
  return execution(session, message.paymentChainId);
};

/** A session was opened by one payer, for one token on one chain. */
function refuseOtherTerms(session: StoredSession, message: Message): void {
  if (session.payer === "" || session.paymentToken === undefined) throw new ApiError(299304);
  if (session.payer.toLowerCase() !== message.payer.toLowerCase()) throw new ApiError(100206);
  const token = tokenOnChain(message.paymentChainId, message.paymentToken);
  if (token.tokenId !== session.paymentToken) {
    throw new ApiError(400201, `paymentToken: the session is for ${session.paymentToken}`);
  }
  if (session.payerEmailRequired === 1 && message.payerEmail === "") {
    throw new ApiError(400101, "payerEmail: this session requires it");
  }
}

function execution({ sessionId }: StoredSession, chainId: string): Record<string, unknown> {
  const calldata = `0x${digest(`calldata of ${sessionId}`, 64)}`;
  const executorContract = madeUpAddress("the executor contract");
  return {
    calldata,
    executionChainId: chainId,
    executorContract,
    aiView: {
      workflow: {
        stage: "payment_prepared",
        nextAction: { action: "execute_payment", authorizationRequired: false },
      },
      paymentExecutionGuide: {
        authorizationRequired: false,
        executionRequest: {
          purpose: "execute_payment_guide",
          sessionId,
          txRequest: { chainId, to: executorContract, data: calldata, value: "0" },
          userReview: {
            description: "A payment in the sandbox: no chain knows this contract.",
            irreversible: true,
          },
        },
      },
    },
  };
}
