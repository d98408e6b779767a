import type { Call } from "../state/call.js";
import { judge } from "./judge.js";
import type { Judgement, Question } from "./judgement.js";
import { requestOf } from "./request.js";
import { exchange, type WireOptions } from "./wire.js";

/** Sends a call once and judges what came of it: how a client looks to the port. */
export type Attempt = (call: Call, question: Question) => Promise<Judgement>;

/** The built-in client: the calls of gstable-js, by the table of routes. */
export function createBuiltinAttempt(wire: WireOptions): Attempt {
  return async (call, question) => judge(await exchange(requestOf(call, wire.bases), wire), question);
}
