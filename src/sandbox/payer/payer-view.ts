import { shownProductData } from "../line-items.js";
import { openSession } from "../sessions/standing.js";
import type { StoredLineItem, StoredLink } from "../state/state.js";
import type { ReadView } from "../state/tables.js";
import { feeRatePpm, findToken, type Token, tokens } from "../tokens.js";
import { type Endpoint, merchantId, type World } from "../world.js";
import { openLink } from "./open-link.js";

/** GET /payment/link/:linkId of the payer host: what anybody who has the link can see, without a key (section 12.1). */
export const payerLink: Endpoint = ({ world, view, params }) => {
  const link = openLink(world, view, params.linkId ?? "");
  return {
    merchantId,
    linkId: link.linkId,
    linkVersion: link.versionCode,
    linkName: link.linkName,
    lineItems: link.lineItems.map((item) => payerItem(world, view, item)),
    aiView: {
      pricingModel: { type: link.linkType },
      supportedPaymentTokens: paymentTokens(world, link),
      createPaymentSessionRequirement,
    },
  };
};

/** GET /session/:sessionId of the payer host, for sessions that the merchant created. */
export const payerSession: Endpoint = ({ world, view, params }) => {
  const session = openSession(world, view, params.sessionId ?? "");
  return {
    sessionId: session.sessionId,
    sessionType: "checkout",
    merchantId,
    sessionExpiresAt: session.expirationTime,
    lineItems: session.lineItems.map((item) => payerItem(world, view, item)),
    aiView: {
      workflow: {
        stage: "session_ready",
        nextAction: { action: "complete_payment_session", authorizationRequired: true },
      },
      completePaymentSessionGuide: { missing: ["payer", "paymentToken"] },
    },
  };
};

function payerItem(world: World, view: ReadView, item: StoredLineItem): Record<string, unknown> {
  const data = item.itemType === "one_time" ? item.productData : shownProductData(world.knobs, view, item);
  return {
    quantity: item.quantity,
    productData: {
      productName: data.productName,
      productDescription: data.productDescription ?? "",
      imageUrl: data.imageUrl ?? "",
      attributes: data.attributes ?? [],
    },
    unitPriceInUSD: usd(BigInt(item.unitPrice ?? 0)),
  };
}

function paymentTokens({ knobs }: World, link: StoredLink): readonly Record<string, unknown>[] {
  const settlement = findToken(link.settlementToken);
  if (settlement === undefined) return [];
  const amount = link.lineItems.reduce(
    (sum, item) => sum + BigInt(item.quantity) * BigInt(item.unitPrice ?? 0),
    0n,
  );
  const showsFee = link.feeModel === 2 && knobs.payerFee === "included";
  return tokens.map((token) => paymentToken(token, amount, showsFee ? feeRatePpm(token, settlement) : 0));
}

/** All tokens have six decimals today, so their units are Micro-USD; a fee that the payer bears is rounded up. */
function paymentToken(token: Token, amountMicroUsd: bigint, feePpm: number): Record<string, unknown> {
  const fee = (amountMicroUsd * BigInt(feePpm) + 999_999n) / 1_000_000n;
  return {
    chainName: token.chainName,
    chainId: token.chainId,
    tokenAddress: token.contractAddress,
    name: token.symbol,
    symbol: token.symbol,
    decimals: token.decimals,
    amountInToken: String(amountMicroUsd + fee),
    amountInUSD: usd(amountMicroUsd),
  };
}

/** Dollars with at least two decimals. */
function usd(microUsd: bigint): string {
  const decimals = String(microUsd % 1_000_000n)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${microUsd / 1_000_000n}.${decimals}`;
}

/** What a payer's agent must sign to open a session (section 12.2). */
const createPaymentSessionRequirement = {
  authorizationRequired: true,
  authorizationSpec: {
    type: "eip712",
    purpose: "create_payment_session",
    domain: { name: "aipay.gstable.io", version: "1", chainId: "<paymentChainId>" },
    types: {
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
  },
} as const;
