import { signTyped } from "micro-eth-signer";
import type { Client, Data, Reply } from "./client.js";

/** A payer's agent that knows the documentation and nothing of the sandbox. */
export const payerHost = "https://aipay.gstable.example/api/v1";
export const payer = {
  privateKey: `0x${"11".repeat(32)}`,
  address: "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A",
};
export const otherPayer = { privateKey: `0x${"22".repeat(32)}` };

const polygon = "137";
const nonceOf = (number: number): string => `0x${String(number).padStart(64, "0")}`;
const later = String(Date.UTC(2026, 0, 2, 3, 30) / 1000);

interface Signing {
  readonly privateKey?: string;
  /** Changes of the message before it is signed. */
  readonly signed?: Data;
  /** Changes after it was signed. */
  readonly sent?: Data;
  /** The chain of the domain, where it is another than the message's. */
  readonly domainChainId?: string;
}

/** Signs a message as the specification in an answer says. */
export function signAs(
  spec: Data,
  message: Data,
  { privateKey = payer.privateKey, signed = {}, sent = {}, domainChainId }: Signing,
): Data {
  const [[primaryType, fields]] = Object.entries<Data>(spec.types) as [[string, Data]];
  const full = { ...message, ...signed };
  const encodable = Object.fromEntries(
    fields.map(({ name, type }: Data) => [name, type === "uint256" ? BigInt(full[name]) : full[name]]),
  );
  const signature = signTyped(
    {
      primaryType,
      types: {
        EIP712Domain: [
          { name: "name", type: "string" },
          { name: "version", type: "string" },
          { name: "chainId", type: "uint256" },
        ],
        ...spec.types,
      } as Record<string, readonly { name: string; type: string }[]>,
      domain: { ...spec.domain, chainId: BigInt(domainChainId ?? full.paymentChainId) },
      message: encodable,
    },
    privateKey,
    false,
  );
  return { message: { ...full, ...sent }, signature };
}

/** POST /payment/session/create for a link, paid with the first token on Polygon. */
export async function openPaymentSession(
  client: Client,
  linkId: string,
  signing: Signing = {},
): Promise<Reply> {
  const view = await client.read(`${payerHost}/payment/link/${linkId}`);
  const token = view.aiView.supportedPaymentTokens.find(({ chainId }: Data) => chainId === polygon);
  const { authorizationSpec } = view.aiView.createPaymentSessionRequirement;
  const message = {
    purpose: authorizationSpec.purpose,
    linkId: view.linkId,
    linkVersion: view.linkVersion,
    merchantId: view.merchantId,
    payer: payer.address,
    paymentChainId: token.chainId,
    paymentToken: token.tokenAddress,
    amount: token.amountInToken,
    authorizationNonce: nonceOf(1),
    authorizationExpiresAt: later,
  };
  return client.post(`${payerHost}/payment/session/create`, signAs(authorizationSpec, message, signing));
}

/** POST /payment/prepare for a session, as its requirement says. */
export async function preparePayment(
  client: Client,
  requirement: Data,
  signing: Signing = {},
): Promise<Reply> {
  const { authorizationSpec, messageTemplate } = requirement;
  const message = { ...messageTemplate, authorizationNonce: nonceOf(2), authorizationExpiresAt: later };
  return client.post(`${payerHost}/payment/prepare`, signAs(authorizationSpec, message, signing));
}
