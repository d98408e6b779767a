import { type Call, type Outcome, readMethods } from "../state/call.js";
import type { Attempt } from "./client.js";
import type { Clock } from "./clock.js";
import { createGate, type Gate, type Pass } from "./gate.js";
import type { Judgement, Question } from "./judgement.js";
import type { Wait } from "./options.js";
import { createRate, type Rate } from "./rate.js";
import { findUnsendableArgument } from "./request.js";
import { backoffMs, maxTries, parseRetryAfterMs } from "./retry.js";
import { routes } from "./routes.js";
import { redactSecret, type Secret } from "./secret.js";
import { createWaitReporter } from "./wait-reporter.js";

export interface ApiPort {
  /**
   * Carries out a call. Reads are repeated, up to five tries, where that may help (`retry: false` for one try);
   * writes are sent once. Throws only what must end the run: `KeyLeakError`, and `ReadOnlyError` for our own bug.
   */
  run(call: Call, options?: { readonly retry?: boolean }): Promise<Outcome>;
  /** Calls that reached the wire, and the tries beyond the first of each. */
  readonly stats: { readonly calls: number; readonly repeats: number };
  readonly client: "builtin" | "gstable-js";
  /** Scheme, host, port. */
  readonly origin: string;
}

export interface PortParts {
  readonly attempt: Attempt;
  readonly client: ApiPort["client"];
  readonly origin: string;
  readonly apiKey: Secret;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly bounds: Readonly<Record<"read" | "write", number>>;
  readonly rps: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onWait: (wait: Wait) => void;
}

/** One door, one rate and one account of calls around whichever client sends. */
export function createPort(parts: PortParts): ApiPort {
  const deadlineAt = parts.clock.now() + parts.deadlineMs;
  const reporter = createWaitReporter(parts.clock, parts.onWait);
  const rate = createRate(parts.rps);
  const gate = createGate({ ...parts, rate, deadlineAt, onWait: reporter.report });
  const stats = { calls: 0, repeats: 0 };

  const tryOnce = async (call: Call, question: Question, pass: Pass & { readonly ok: true }) => {
    const watch = reporter.watch(`an answer to ${call.method}`);
    try {
      const judgement = await parts.attempt(call, question);
      heed(rate, judgement, { sentAt: pass.sentAt, nowMs: parts.clock.now() });
      return judgement;
    } finally {
      watch.end();
      pass.leave();
    }
  };

  const run: ApiPort["run"] = async (call, { retry = true } = {}) => {
    const isRead = isReadCall(call);
    const problem = findUnsendableArgument(call);
    if (problem !== undefined) return notSent(`${JSON.stringify(problem)} cannot be asked for: it is no id`);
    const question: Question = {
      expects: routes[call.method].expects,
      isRead,
      redact: (text) => redactSecret(parts.apiKey, text),
    };
    const allowed = retry && isRead ? maxTries : 1;
    let last: Outcome | undefined;
    for (let tries = 1; ; tries += 1) {
      const pass = await enter(gate, isRead);
      if (!pass.ok) return last ?? notSent(pass.why);
      stats[tries === 1 ? "calls" : "repeats"] += 1;
      const { outcome, transient } = await tryOnce(call, question, pass);
      if (!transient || tries >= allowed) return outcome;
      const waitMs = backoffMs(tries, parts.clock.random());
      // A repeat that would come too late is not waited for.
      if (parts.clock.now() + waitMs >= deadlineAt) return outcome;
      reporter.report(waitMs, `before ${call.method} is asked again`);
      await parts.clock.sleep(waitMs, parts.signal).catch(() => {});
      last = outcome;
    }
  };

  return { run, stats, client: parts.client, origin: parts.origin };
}

function enter(gate: Gate, isRead: boolean): Promise<Pass> {
  return gate.enter(isRead ? "read" : "write");
}

/** What an answer teaches about the rate. `Retry-After` holds for everybody, whatever answer brought it. */
function heed(
  rate: Rate,
  judgement: Judgement,
  at: { readonly sentAt: number; readonly nowMs: number },
): void {
  if (judgement.throttled) rate.cut(at.sentAt, at.nowMs);
  else if (judgement.outcome.kind === "done") rate.recover();
  const waitMs = parseRetryAfterMs(judgement.retryAfter, at.nowMs);
  if (waitMs !== undefined) rate.pause(at.nowMs + waitMs);
}

function isReadCall(call: Call): boolean {
  return readMethods.some((method) => method === call.method);
}

function notSent(message: string): Outcome {
  return { kind: "refused", reason: "notSent", code: -1, message };
}
