import { z } from "zod";
import { ApiError } from "../codes.js";
import type { ApiCall, World } from "../world.js";
import { merchantId } from "../world.js";
import { domainOf, type Structs } from "./claim.js";

/** What payers sign (sections 12.2 and 12.4). The order of the fields is part of what is signed. */
const authorizations = {
  create_payment_session: {
    PaymentSessionCreationAuthorization: [
      { name: "purpose", type: "string" },
      { name: "linkId", type: "string" },
      { name: "linkVersion", type: "string" },
      { name: "merchantId", type: "string" },
      { name: "payer", type: "address" },
      { name: "paymentChainId", type: "uint256" },
      { name: "paymentToken", type: "address" },
      { name: "amount", type: "uint256" },
      { name: "authorizationNonce", type: "bytes32" },
      { name: "authorizationExpiresAt", type: "uint256" },
    ],
  },
  prepare_payment: {
    PreparePaymentAuthorization: [
      { name: "purpose", type: "string" },
      { name: "sessionId", type: "string" },
      { name: "merchantId", type: "string" },
      { name: "paymentChainId", type: "uint256" },
      { name: "paymentToken", type: "address" },
      { name: "payer", type: "address" },
      { name: "payerEmail", type: "string" },
      { name: "authorizationNonce", type: "bytes32" },
      { name: "authorizationExpiresAt", type: "uint256" },
    ],
  },
} as const satisfies Record<string, Structs>;

export type Purpose = keyof typeof authorizations;

/** How payers are told what to sign, in answers of the payer host. */
export function authorizationSpec(purpose: Purpose, chainId: string): Record<string, unknown> {
  return { type: "eip712", purpose, domain: domainOf(chainId), types: authorizations[purpose] };
}

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "must be 0x and 40 hexadecimal digits");
const decimal = z.string().regex(/^\d{1,78}$/, "must be a decimal string");

/** What both messages have. Numbers are decimal strings on the wire. */
export const sharedFields = {
  merchantId: z.literal(merchantId),
  payer: address,
  paymentChainId: decimal,
  paymentToken: address,
  authorizationNonce: z.string().regex(/^0x[0-9a-fA-F]{64}$/, "must be 0x and 64 hexadecimal digits"),
  /** Unix seconds. */
  authorizationExpiresAt: decimal,
};

export const signedAmount = decimal;

interface Signed {
  readonly message: Readonly<Record<string, string>> & {
    readonly purpose: Purpose;
    readonly payer: string;
    readonly paymentChainId: string;
    readonly authorizationNonce: string;
    readonly authorizationExpiresAt: string;
  };
  readonly signature: string;
}

/** Lets a message pass that its payer signed, in time and for the first time (Fact gap G21). */
export function refuseUnauthorized({ world, signerOf }: ApiCall, { message, signature }: Signed): void {
  if (BigInt(message.authorizationExpiresAt) * 1000n <= BigInt(Math.floor(world.clock.nowMs()))) {
    throw new ApiError(299301);
  }
  const signer = signerOf?.({ message, types: authorizations[message.purpose], signature });
  if (signer?.toLowerCase() !== message.payer.toLowerCase()) throw new ApiError(299302);
  if (world.knobs.reusedNonce === "refused" && wasUsed(world, message)) throw new ApiError(299303);
}

/** A nonce is its payer's own: two payers may draw the same. */
export function nonceMark({
  payer,
  authorizationNonce,
}: Pick<Signed["message"], "payer" | "authorizationNonce">) {
  return `${payer}/${authorizationNonce}`.toLowerCase();
}

function wasUsed(world: World, message: Signed["message"]): boolean {
  const mark = nonceMark(message);
  return world.store.rows("sessions").some((session) => session.nonces?.includes(mark));
}
