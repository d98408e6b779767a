import type { StoredLink } from "../state/state.js";
import { findToken, type Token, tokens } from "../tokens.js";
import { type Endpoint, merchantId, type World } from "../world.js";
import { authorizationSpec } from "./authorization.js";
import { openLink } from "./open-link.js";
import { payerItem, usd } from "./payer-item.js";
import { amountInToken, priceOf } from "./payment-token.js";

/** GET /payment/link/:linkId of the payer host: what anybody who has the link can see, without a key. */
export const payerLink: Endpoint = ({ world, view, params }) => {
  const link = openLink(world, view, params.linkId ?? "");
  const isSettled = findToken(link.settlementToken) !== undefined;
  return {
    merchantId,
    linkId: link.linkId,
    linkVersion: link.versionCode,
    linkName: link.linkName,
    lineItems: link.lineItems.map((item) => payerItem(world.knobs, view, item)),
    aiView: {
      pricingModel: { type: link.linkType },
      supportedPaymentTokens: isSettled ? tokens.map((token) => paymentToken(world, link, token)) : [],
      createPaymentSessionRequirement: {
        authorizationRequired: true,
        authorizationSpec: authorizationSpec("create_payment_session", "<paymentChainId>"),
      },
    },
  };
};

function paymentToken(world: World, link: StoredLink, token: Token): Record<string, unknown> {
  return {
    chainName: token.chainName,
    chainId: token.chainId,
    tokenAddress: token.contractAddress,
    name: token.symbol,
    symbol: token.symbol,
    decimals: token.decimals,
    amountInToken: String(amountInToken(world, link, token)),
    amountInUSD: usd(priceOf(link)),
  };
}
