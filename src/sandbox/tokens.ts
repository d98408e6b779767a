import { digest } from "./ids.js";

export interface Token {
  readonly tokenId: string;
  readonly symbol: string;
  readonly chainId: string;
  readonly chainName: string;
  /** Key of the chain in the capabilities. */
  readonly routeGroup: string;
  readonly decimals: number;
  /** Made up: nobody shall be able to pay a real token because a sandbox named its contract. */
  readonly contractAddress: string;
}

/** The documented tokens. */
export const tokens: readonly Token[] = [
  token("ethereum::usdt", "1", "Ethereum", "ETH"),
  token("ethereum::usdc", "1", "Ethereum", "ETH"),
  token("base::usdc", "8453", "Base", "BASE"),
  token("arbitrumone::usdt", "42161", "Arbitrum One", "ARB"),
  token("arbitrumone::usdc", "42161", "Arbitrum One", "ARB"),
  token("polygon::usdt", "137", "Polygon", "POL"),
  token("polygon::usdc", "137", "Polygon", "POL"),
];

/** The token of that id; `undefined` for one that is not documented. */
export function findToken(tokenId: string): Token | undefined {
  return tokens.find((one) => one.tokenId === tokenId);
}

/** An address that depends on `name` alone and belongs to nobody. */
export function madeUpAddress(name: string): string {
  return `0x${digest(`address of ${name}`, 40)}`;
}

/** The fee of a payment path in parts per million: same token, same chain, another chain. */
export function feeRatePpm(payment: Token, settlement: Token): number {
  if (payment.chainId !== settlement.chainId) return 6000;
  return payment.tokenId === settlement.tokenId ? 2000 : 3000;
}

function token(tokenId: string, chainId: string, chainName: string, routeGroup: string): Token {
  const symbol = (tokenId.split("::")[1] ?? "").toUpperCase();
  return {
    tokenId,
    symbol,
    chainId,
    chainName,
    routeGroup,
    decimals: 6,
    contractAddress: madeUpAddress(tokenId),
  };
}
