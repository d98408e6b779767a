import type { WireAnswer } from "./answer.js";
import type { Attempt } from "./client.js";
import { type GStableClientLike, invokeOn } from "./client-like.js";
import { judge } from "./judge.js";
import { judgeEnvelope } from "./judge-envelope.js";
import { startLimit } from "./limit.js";
import { assertMayLeave } from "./locks.js";
import { requestOf } from "./request.js";
import type { WireOptions } from "./wire.js";

/**
 * A client that a user of the library built: it keeps its own fetch, key and base URL, so the wire is out of sight.
 * The locks look at the call instead of the request, and its errors say less than the wire would: more is unknown,
 * nothing more is refused.
 */
export function createGivenAttempt(client: GStableClientLike, wire: WireOptions): Attempt {
  return async (call, question, limits) => {
    assertMayLeave(requestOf(call, wire.bases), wire);
    const limit = startLimit({ ...wire, ...limits });
    try {
      const data = await limit.race(invokeOn(client, call));
      return judgeEnvelope({ code: 0, message: "", data }, question);
    } catch (error) {
      return judge(answerFrom(limit.reason() ?? error), question);
    } finally {
      limit.end();
    }
  };
}

/**
 * The answer behind an error of gstable-js, as far as its `code` tells. Fact F6: the API's business code, the HTTP
 * status where there was no envelope, -1 for no answer; 0 is an HTTP error with code 0.
 */
function answerFrom(error: unknown): WireAnswer {
  const why = error instanceof Error ? error.message : String(error);
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (typeof code !== "number" || code <= 0) return { kind: "silent", mayHaveArrived: true, why };
  if (code >= 100 && code <= 599) return { kind: "answered", status: code, text: why };
  return { kind: "answered", status: 200, text: JSON.stringify({ code, message: why, data: null }) };
}
