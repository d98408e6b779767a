import type { Lookup } from "../../engine/kind.js";
import type { Capabilities, PaymentRoute } from "../../state/live.js";
import { asInteger, asMap, asText } from "../answer.js";

/**
 * What GStable can settle and how payers can pay for it; public. Fact F46: settlement token, then route group, then
 * routes. The unit of min and max is not stated: Micro-USD is inferred.
 */
export const capabilityLookup: Lookup<Capabilities> = {
  call: { method: "capability.all", args: [] },
  decode: (data) => {
    const answer = asMap(data);
    const tokens = answer?.supportedTokens;
    const matrix = asMap(answer?.paymentCapabilities);
    if (!Array.isArray(tokens) || matrix === undefined) return undefined;
    return {
      tokens: tokens.flatMap((token) => asText(asMap(token)?.tokenId) ?? []),
      routes: new Map(Object.entries(matrix).map(([token, groups]) => [token, decodeRoutes(groups)])),
    };
  },
};

function decodeRoutes(groups: unknown): readonly PaymentRoute[] {
  return Object.values(asMap(groups) ?? {}).flatMap((routes) =>
    (Array.isArray(routes) ? routes : []).flatMap((data) => {
      const route = asMap(data);
      const tokenId = asText(route?.tokenId);
      if (route === undefined || tokenId === undefined) return [];
      return {
        tokenId,
        crosschain: route.crosschain === true,
        feeRatePpm: asInteger(route.feeRatePPM),
        minMicroUsd: asInteger(route.minPaymentValue) ?? 0,
        maxMicroUsd: asInteger(route.maxPaymentValue) ?? Number.MAX_SAFE_INTEGER,
      };
    }),
  );
}
