import { ApiError } from "../codes.js";
import type { StoredLink } from "../state/state.js";
import { feeRatePpm, findToken, type Token, tokens } from "../tokens.js";
import type { World } from "../world.js";

/** The token with that contract on that chain: 400202 for a chain that nobody can pay on, 400201 for another token there. */
export function tokenOnChain(chainId: string, contract: string): Token {
  const onChain = tokens.filter((token) => token.chainId === chainId);
  if (onChain.length === 0) throw new ApiError(400202, `paymentChainId: nobody can pay on ${chainId}`);
  const token = onChain.find((one) => one.contractAddress.toLowerCase() === contract.toLowerCase());
  if (token === undefined) throw new ApiError(400201, `paymentToken: not a token of chain ${chainId}`);
  return token;
}

/** What a payer of the link gives, in units of the token: all have six decimals, so these are Micro-USD. A fee is rounded up. */
export function amountInToken({ knobs }: World, link: StoredLink, token: Token): bigint {
  const price = priceOf(link);
  const settlement = findToken(link.settlementToken);
  if (link.feeModel !== 2 || knobs.payerFee === "excluded" || settlement === undefined) return price;
  return price + (price * BigInt(feeRatePpm(token, settlement)) + 999_999n) / 1_000_000n;
}

/** Σ quantity × unit price of a link, in Micro-USD; 0 where the payer names it. */
export function priceOf(link: StoredLink): bigint {
  return link.lineItems.reduce((sum, item) => sum + BigInt(item.quantity) * BigInt(item.unitPrice ?? 0), 0n);
}
