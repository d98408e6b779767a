import { asMap, asText } from "../answer.js";

/**
 * The signing key (`wkk_…`) in an answer about a webhook. Fact F38: of a create and a detail, and perhaps of a refresh.
 * For the key file alone.
 */
export function signingKeyIn(data: unknown): string | undefined {
  return asText(asMap(data)?.key);
}
