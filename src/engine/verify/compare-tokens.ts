import type { PaymentRoute } from "../../state/live.js";
import type { ChainToken, PayerToken } from "../../state/payer-page.js";
import { type AppliedLink, type Surroundings, totalOf } from "./applied-link.js";
import { compareUsd } from "./compare-items.js";
import type { Comparison, OfferedToken, PageDifference } from "./verdict.js";

/** Ways to pay by their token, with what the capabilities say of them. */
interface Way {
  readonly token: PayerToken;
  readonly tokenId: string | undefined;
  readonly route: PaymentRoute | undefined;
}

/**
 * Which tokens a page takes, chain by chain, against the public capabilities: none is offered that they do not know,
 * and none is missing that they offer for this amount. And what it asks for in each.
 */
export function compareTokens(
  link: AppliedLink,
  shown: readonly PayerToken[] | undefined,
  { capabilities }: Surroundings,
): Comparison {
  const path = "tokens";
  if (shown === undefined) return { unseen: [{ path, why: "the page does not say which tokens it takes" }] };
  if (shown.length === 0) {
    return {
      differences: [{ path, expected: "a way to pay", seen: "no token: nobody can pay on this page" }],
    };
  }
  if (capabilities === undefined) {
    return { unseen: [{ path, why: "the public capabilities, to compare with, could not be read" }] };
  }
  const routes = capabilities.routes.get(link.settlementToken ?? "") ?? [];
  const ways = shown.map((token): Way => {
    const tokenId = findToken(capabilities.tokens, token)?.tokenId;
    return { token, tokenId, route: routes.find((route) => route.tokenId === tokenId) };
  });
  const amounts = ways.map((way) => compareAmount(link, way));
  return {
    differences: [
      ...ways.filter(({ route }) => route === undefined).map((way) => unknownWay(link, way)),
      ...missingWays(link, routes, ways),
      ...amounts.flatMap(({ differences = [] }) => differences),
    ],
    unseen: amounts.flatMap(({ unseen = [] }) => unseen),
  };
}

/** The tokens of a page in its own order, named as in configurations where they are known. */
export function offeredTokens(
  shown: readonly PayerToken[],
  { capabilities }: Surroundings,
): readonly OfferedToken[] {
  return shown.map((token) => ({
    tokenId: findToken(capabilities?.tokens ?? [], token)?.tokenId ?? null,
    symbol: token.symbol,
    chainId: token.chainId,
    chainName: token.chainName,
  }));
}

function findToken(tokens: readonly ChainToken[], { chainId, symbol }: PayerToken): ChainToken | undefined {
  return tokens.find((one) => one.chainId === chainId && one.symbol.toUpperCase() === symbol.toUpperCase());
}

function unknownWay({ settlementToken }: AppliedLink, { token, tokenId }: Way): PageDifference {
  const name = tokenId ?? `${token.symbol} on chain ${token.chainId}`;
  return {
    path: `tokens[${name}]`,
    expected: null,
    seen: `offered, but the capabilities have no such way to ${settlementToken ?? "the settlement token"}`,
  };
}

/** Limits count as far as an amount is known: on a custom link the payer may choose one that fits. */
function missingWays(
  link: AppliedLink,
  routes: readonly PaymentRoute[],
  ways: readonly Way[],
): readonly PageDifference[] {
  const total = totalOf(link);
  return routes
    .filter(
      ({ minMicroUsd, maxMicroUsd }) =>
        total === null || (total >= BigInt(minMicroUsd) && total <= BigInt(maxMicroUsd)),
    )
    .filter(({ tokenId }) => !ways.some((way) => way.tokenId === tokenId))
    .map(({ tokenId }) => ({ path: `tokens[${tokenId}]`, expected: "offered", seen: null }));
}

function compareAmount(link: AppliedLink, { token, tokenId, route }: Way): Comparison {
  const total = totalOf(link);
  if (total === null || route === undefined) return {};
  const path = `tokens[${tokenId ?? token.symbol}]`;
  const usd = compareUsd(`${path}.amountInUSD`, total, token.amount);
  const units = compareUnits(`${path}.amountInToken`, { link, total, token, route });
  return {
    differences: [...(usd.differences ?? []), ...(units.differences ?? [])],
    unseen: [...(usd.unseen ?? []), ...(units.unseen ?? [])],
  };
}

/** What is asked for is the total, and at most the fee of the way beside it where the payer bears that (Fact gap G19). */
function compareUnits(
  path: string,
  { link, total, token, route }: { link: AppliedLink; total: bigint; token: PayerToken; route: PaymentRoute },
): Comparison {
  const { units, decimals } = token;
  if (units === undefined || decimals === undefined || decimals < 6 || decimals > 36) {
    return { unseen: [{ path, why: "the page shows no amount in units of the token" }] };
  }
  const scale = 10n ** BigInt(decimals - 6);
  const least = total * scale;
  const asked = BigInt(units);
  if (link.feeModel === "payer" && route.feeRatePpm === undefined && asked >= least) {
    return { unseen: [{ path, why: "the capabilities do not tell the fee that payers bear" }] };
  }
  const feePpm = link.feeModel === "payer" ? BigInt(Math.max(route.feeRatePpm ?? 0, 0)) : 0n;
  const most = least + (least * feePpm + 999_999n) / 1_000_000n;
  if (asked >= least && asked <= most) return {};
  const expected = most === least ? String(least) : `${least} to ${most}`;
  return { differences: [{ path, expected, seen: units }] };
}
