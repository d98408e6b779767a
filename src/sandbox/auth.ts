import { messageOf } from "./codes.js";
import type { Knobs } from "./knobs.js";
import { envelope, htmlAnswer, type WireAnswer } from "./wire.js";

const wellFormed = /^(?:sk|rk)_(?:live|sandbox)_?[A-Za-z0-9_-]*$/;

/** Lets a request in, or answers why not: 401 for no or a wrong key, 403 for a write with a restricted one. */
export function refuseKey(
  knobs: Knobs,
  request: { readonly authorization: string | undefined; readonly isWrite: boolean },
): WireAnswer | undefined {
  const key = /^Bearer (\S+)$/.exec(request.authorization ?? "")?.[1];
  const isKnown = key !== undefined && (knobs.acceptedKeys?.includes(key) ?? wellFormed.test(key));
  if (!isKnown) return refusal(knobs, { status: knobs.authErrorStatus, code: 299401, title: "Unauthorized" });
  const isRestricted = key.startsWith("rk_");
  if (isRestricted && request.isWrite && knobs.restrictedKeyWrites === "refused") {
    return refusal(knobs, { status: 403, code: 299403, title: "Forbidden" });
  }
  return undefined;
}

function refusal(
  knobs: Knobs,
  { status, code, title }: { status: number; code: number; title: string },
): WireAnswer {
  switch (knobs.authErrorBody) {
    case "json":
      return envelope(status, { code, message: messageOf(code), data: null });
    case "html":
      return htmlAnswer(status, title);
    case "empty":
      return { status, headers: {}, text: "", code: null };
  }
}
