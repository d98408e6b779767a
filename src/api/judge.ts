import type { Outcome } from "../state/call.js";
import type { Answered, Silent, WireAnswer } from "./answer.js";
import { judgeEnvelope } from "./judge-envelope.js";
import type { Judgement, Question } from "./judgement.js";

/**
 * The one judgement of an answer, for whichever client sent the request. Fact gap G2: HTTP 401 and 403 decide
 * by themselves, with any body; then a numeric `code` decides unless the HTTP status contradicts it; then the status.
 * What is not certainly done or certainly refused is unknown.
 */
export function judge(answer: WireAnswer, question: Question): Judgement {
  if (answer.kind === "silent") return judgeSilence(answer, question);
  return { ...judgeAnswered(answer, question), retryAfter: answer.retryAfter };
}

function judgeSilence({ mayHaveArrived, why: said }: Silent, { redact }: Question): Judgement {
  const why = redact(said);
  const outcome: Outcome = mayHaveArrived
    ? { kind: "unknown", code: -1, message: why }
    : { kind: "refused", reason: "notSent", code: -1, message: why };
  return { outcome, transient: true, throttled: false };
}

function judgeAnswered(answer: Answered, question: Question): Judgement {
  const { status } = answer;
  const envelope = answer.cut === undefined ? parseEnvelope(answer.text, question) : undefined;
  if (status === 401 || status === 403) {
    const message =
      envelope?.message || `HTTP ${status}: the key was not accepted.${quote(answer, question)}`;
    return calm({ kind: "refused", reason: "auth", code: envelope?.code || status, message });
  }
  const isRedirect = status >= 300 && status < 400;
  if (envelope === undefined || isRedirect) return judgeStatus(answer, question);
  const { code, message } = envelope;
  const isOverload = status === 429 || code === 900101;
  if (status >= 400 && code === 0) {
    const contradiction = unknown(status, `HTTP ${status} with code 0: the two contradict each other.`);
    return { ...contradiction, transient: status === 429 || status >= 500, throttled: isOverload };
  }
  // A server that failed may have failed after the write: no code of its makes that certain.
  if (status >= 500)
    return { ...transient(unknown(code, `HTTP ${status}: ${message}`)), throttled: isOverload };
  if (status === 429) return throttled(code, message);
  return judgeEnvelope(envelope, question);
}

/** No envelope: HTML, half JSON, nothing, `code` as a string. */
function judgeStatus(answer: Answered, question: Question): Judgement {
  const { status, cut } = answer;
  if (status === 429) return throttled(status, `HTTP 429: too many requests.${quote(answer, question)}`);
  if (cut !== undefined)
    return { ...unknown(status, `HTTP ${status}: ${question.redact(cut.why)}`), transient: cut.transient };
  if (status >= 500) return transient(unknown(status, `HTTP ${status}.${quote(answer, question)}`));
  if (status >= 300 && status < 400) {
    const to = answer.location === undefined ? "" : ` to ${shorten(question.redact(answer.location), 200)}`;
    return unknown(status, `HTTP ${status}: a redirect${to}, which is not followed. Is the base URL right?`);
  }
  const isHtml = answer.text.trimStart().startsWith("<");
  const what = isHtml ? "a page instead of JSON" : "not an answer of the GStable API";
  const hint = question.isRead || isHtml ? " Is the base URL right?" : "";
  const judgement = unknown(status, `HTTP ${status}: ${what}.${hint}${quote(answer, question)}`);
  // Half an answer may be whole the next time; a page, a string code or another API's JSON will not change.
  return { ...judgement, transient: status < 300 && !isHtml && parseJson(answer.text) === undefined };
}

interface Envelope {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

/** Fact F1: `{ code, message, data }` with a numeric code; a code as a string is not one. */
function parseEnvelope(text: string, { redact }: Question): Envelope | undefined {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || !("code" in value)) return undefined;
  const { code } = value;
  if (typeof code !== "number") return undefined;
  const message = "message" in value && typeof value.message === "string" ? value.message : "";
  return { code, message: shorten(redact(message), 500), data: "data" in value ? value.data : undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unknown(code: number, message: string): Judgement {
  return calm({ kind: "unknown", code, message });
}

function calm(outcome: Outcome): Judgement {
  return { outcome, transient: false, throttled: false };
}

function transient(judgement: Judgement): Judgement {
  return { ...judgement, transient: true };
}

function throttled(code: number, message: string): Judgement {
  return { outcome: { kind: "refused", reason: "busy", code, message }, transient: true, throttled: true };
}

function quote({ text }: Answered, { redact }: Question): string {
  const trimmed = withoutPayer(redact(text)).trim();
  return trimmed === "" ? " The body is empty." : ` It says: ${shorten(trimmed, 200)}`;
}

/** Without the payer's e-mail and the client's code, which a session's answer holds, whole or cut off, and no output does. */
function withoutPayer(text: string): string {
  return text.replace(/((?:clientCode|payerEmail)\\*"\s*:\s*\\*")[^"\\]+/g, "$1…");
}

/** Never ends in half a surrogate pair. */
function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
