import type { ChainToken } from "../../state/payer-page.js";
import { asMap, asText, spell } from "../answer.js";

/** The tokens that the public capabilities know, with their chains. `undefined`: not an answer of that kind. */
export function decodeChainTokens(data: unknown): readonly ChainToken[] | undefined {
  const tokens = asMap(data)?.supportedTokens;
  if (!Array.isArray(tokens)) return undefined;
  return tokens.flatMap((one) => {
    const token = asMap(one);
    const [tokenId, symbol] = [asText(token?.tokenId), asText(token?.symbol)];
    const chainId = asText(spell(token?.chainId ?? ""));
    return tokenId === undefined || symbol === undefined || chainId === undefined
      ? []
      : [{ tokenId, symbol, chainId }];
  });
}
