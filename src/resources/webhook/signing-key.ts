import { asMap, asText } from "../answer.js";

/**
 * The signing key in an answer about a webhook: of a create and a detail, and perhaps of a refresh. Fact:
 * docs, webhooks: `key`, `wkk_…`; that a refresh may answer it, says an example of gstable-js. For the key file alone.
 */
export function signingKeyIn(data: unknown): string | undefined {
  return asText(asMap(data)?.key);
}
