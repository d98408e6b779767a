import type { Call } from "../state/call.js";
import { judge } from "./judge.js";
import type { Judgement, Question } from "./judgement.js";
import { requestOf } from "./request.js";
import { exchange, type WireOptions } from "./wire.js";

/**
 * Sends a call once and judges what came of it: how a client looks to the port. With `leftMs` the answer is given up
 * after that time, should the time-out be longer.
 */
export type Attempt = (
  call: Call,
  question: Question,
  limits?: { readonly leftMs: number | undefined },
) => Promise<Judgement>;

/** The built-in client: the calls of gstable-js, by the table of routes. */
export function createBuiltinAttempt(wire: WireOptions): Attempt {
  return async (call, question, limits) =>
    judge(await exchange(requestOf(call, wire.bases), { ...wire, ...limits }), question);
}
