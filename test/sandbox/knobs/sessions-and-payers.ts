import { send } from "../client.js";
import { openPaymentSession } from "../payer.js";
import { codeOf, type Effects } from "./effect.js";

const payerHost = "https://aipay.gstable.example/api/v1";

export const payerEffects: Effects<"sessionOfClosedLink" | "payerEnvelope" | "payerFee" | "reusedNonce"> = {
  sessionOfClosedLink: {
    to: "refused",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      const { sessionId } = client.sandbox.startSession({ linkId });
      await client.write("/payment/link/disable", { linkId });
      try {
        return client.sandbox.pay({ sessionId }).status;
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
    },
    seen: "Payment link is not active",
  },
  payerEnvelope: {
    to: "bare",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      const { text } = await send(client.sandbox, `${payerHost}/payment/link/${linkId}`, { method: "GET" });
      const unknown = await client.get(`${payerHost}/payment/link/lnk_x`);
      return [JSON.parse(text).linkId === linkId, unknown.code];
    },
    seen: [true, 100101],
  },
  reusedNonce: {
    to: "allowed",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      await openPaymentSession(client, linkId);
      return codeOf(openPaymentSession(client, linkId));
    },
    seen: 0,
  },
  payerFee: {
    to: "excluded",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      const view = await client.read(`${payerHost}/payment/link/${linkId}`);
      return view.aiView.supportedPaymentTokens[0].amountInToken;
    },
    seen: "9990000",
  },
};
