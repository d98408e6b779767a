import type { Outcome } from "../state/call.js";
import type { Judgement, Question } from "./judgement.js";
import type { Expected } from "./routes.js";

/** What an envelope says, where the HTTP status does not contradict it. */
export function judgeEnvelope(
  envelope: { readonly code: number; readonly message: string; readonly data: unknown },
  question: Question,
): Judgement {
  const { code, message, data } = envelope;
  if (code === 0) return { outcome: judgeSuccess(data, question), transient: false, throttled: false };
  const words = message === "" ? `code ${code}` : message;
  if (code === 900101) {
    return {
      outcome: { kind: "refused", reason: "busy", code, message: words },
      transient: true,
      throttled: true,
    };
  }
  const outcome: Outcome = isRejection(code)
    ? { kind: "refused", reason: "rejected", code, message: words }
    : { kind: "unknown", code, message: words };
  // Fact F12: 900203: the server could not query; the other 9xxxxx say nothing about asking again.
  return { outcome, transient: code === 900203, throttled: false };
}

/**
 * Fact F11: links, sessions, products and the 4xxxxx family say no before anything happens. Fact gap G3: what 2xxxxx
 * and 3xxxxx say.
 */
function isRejection(code: number): boolean {
  const family = Math.floor(code / 100);
  return family === 1001 || family === 1002 || family === 1003 || (code >= 400_000 && code <= 499_999);
}

/**
 * Fact F3: code 0 is not enough: `success: false` is representable, a create without an id helps nobody.
 * An operation whose `data` is missing or `null` counts as done: the documentation types it, the read-back that
 * follows every write judges it.
 */
function judgeSuccess(data: unknown, { expects, isRead }: Question): Outcome {
  const done: Outcome = { kind: "done", data };
  if (isRead && looksLikePayerView(data)) {
    const message =
      "This base URL answers like the host for payers (aiView), not like the merchant API. Is the base URL right?";
    return { kind: "refused", reason: "rejected", code: 0, message };
  }
  const success = fieldOf(data, "success");
  if (success !== undefined && success !== true) {
    return { kind: "unknown", code: 0, message: `code 0, but success is ${sayUnsuccessful(success)}` };
  }
  const missing = whatIsMissing(data, expects);
  return missing === undefined
    ? done
    : { kind: "unknown", code: 0, message: `code 0, but without ${missing}` };
}

/** Only what cannot hold a server's own words: those may echo the key, or be without end. */
function sayUnsuccessful(success: unknown): string {
  return success === false || success === null ? String(success) : "neither true nor false";
}

function whatIsMissing(data: unknown, expects: Expected): string | undefined {
  if (expects === "success") return undefined;
  if (expects === "data") return data === undefined || data === null ? "data" : undefined;
  const id = fieldOf(data, expects.id);
  return typeof id === "string" && id !== "" ? undefined : `a ${expects.id}`;
}

/** Fact F47: merchant objects have a status, the payers' view has none but an aiView. */
function looksLikePayerView(data: unknown): boolean {
  return fieldOf(data, "aiView") !== undefined && fieldOf(data, "status") === undefined;
}

function fieldOf(data: unknown, name: string): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, name)
    ? Reflect.get(data, name)
    : undefined;
}
