import { feeRatePpm, type Token, tokens } from "./tokens.js";
import type { Endpoint } from "./world.js";

/** GET {public}/capabilities/all: what can be settled in, and along which paths payers can pay. */
export const allCapabilities: Endpoint = () => ({
  supportedTokens: tokens.map(({ tokenId, symbol, chainId, decimals }) => ({
    tokenId,
    symbol,
    chainId,
    decimals,
  })),
  paymentCapabilities: Object.fromEntries(
    tokens.map((settlement) => [settlement.tokenId, routesTo(settlement)]),
  ),
});

function routesTo(settlement: Token): Record<string, readonly unknown[]> {
  const groups = [...new Set(tokens.map((token) => token.routeGroup))];
  return Object.fromEntries(
    groups.map((group) => [
      group,
      tokens.filter((token) => token.routeGroup === group).map((token) => route(token, settlement)),
    ]),
  );
}

/** The limits are made up (the real ones are not documented), in Micro-USD: $0.01 to $1M, across chains $1 to $100k. */
function route(payment: Token, settlement: Token): unknown {
  const crosschain = payment.chainId !== settlement.chainId;
  return {
    tokenId: payment.tokenId,
    crosschain,
    feeRatePPM: feeRatePpm(payment, settlement),
    minPaymentValue: crosschain ? 1_000_000 : 10_000,
    maxPaymentValue: crosschain ? 100_000_000_000 : 1_000_000_000_000,
  };
}
