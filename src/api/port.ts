import { type Call, type Outcome, readMethods } from "../state/call.js";
import type { Attempt } from "./client.js";
import type { Clock } from "./clock.js";
import { type Admitted, createGate, type Gate } from "./gate.js";
import type { Judgement, Question } from "./judgement.js";
import type { Wait } from "./options.js";
import { createRate, type Rate } from "./rate.js";
import { findUnsendableArgument } from "./request.js";
import { backoffMs, maxTries, parseRetryAfterMs } from "./retry.js";
import { routes } from "./routes.js";
import { redactSecret, type Secret } from "./secret.js";
import { createWaitReporter, type WaitReporter } from "./wait-reporter.js";

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
  return new Port(parts);
}

class Port implements ApiPort {
  readonly stats = { calls: 0, repeats: 0 };
  readonly client: ApiPort["client"];
  readonly origin: string;
  readonly #parts: PortParts;
  readonly #deadlineAt: number;
  readonly #reporter: WaitReporter;
  readonly #rate: Rate;
  readonly #gate: Gate;
  /** Calls that were tried once only, without an answer: asked for again, they are repeats. */
  readonly #triedInVain = new Set<string>();

  constructor(parts: PortParts) {
    this.client = parts.client;
    this.origin = parts.origin;
    this.#parts = parts;
    this.#deadlineAt = parts.clock.now() + parts.deadlineMs;
    this.#reporter = createWaitReporter(parts.clock, parts.onWait);
    this.#rate = createRate(parts.rps);
    const { report } = this.#reporter;
    this.#gate = createGate({ ...parts, rate: this.#rate, deadlineAt: this.#deadlineAt, onWait: report });
  }

  async run(call: Call, { retry = true }: { readonly retry?: boolean } = {}): Promise<Outcome> {
    const problem = findUnsendableArgument(call);
    if (problem !== undefined) return notSent(`${JSON.stringify(problem)} cannot be asked for: it is no id`);
    const isRead = isReadCall(call);
    const allowed = retry && isRead ? maxTries : 1;
    let last: Outcome | undefined;
    let isRepeat = isRead && this.#triedInVain.delete(sayCall(call));
    for (let tries = 1; ; tries += 1) {
      const pass = await this.#gate.enter(isRead ? "read" : "write");
      if (!pass.ok) return last ?? notSent(pass.why);
      this.stats[isRepeat ? "repeats" : "calls"] += 1;
      isRepeat = true;
      const { outcome, transient } = await this.#tryOnce(call, pass);
      if (isRead && transient && !retry) this.#triedInVain.add(sayCall(call));
      if (!transient || tries >= allowed || !(await this.#waitToRepeat(call, tries))) return outcome;
      last = outcome;
    }
  }

  async #tryOnce(call: Call, pass: Admitted): Promise<Judgement> {
    const watch = this.#reporter.watch(`an answer to ${call.method}`);
    // A write that is given up may be carried out all the same: its answer is awaited, whatever the deadline says.
    const leftMs = isReadCall(call) ? Math.max(this.#deadlineAt - this.#parts.clock.now(), 0) : undefined;
    try {
      const judgement = await this.#parts.attempt(call, this.#questionOf(call), { leftMs });
      heed(this.#rate, judgement, { sentAt: pass.sentAt, nowMs: this.#parts.clock.now() });
      return judgement;
    } finally {
      watch.end();
      pass.leave();
    }
  }

  /** False when the repeat would come after the deadline: such a wait is not begun. */
  async #waitToRepeat(call: Call, tries: number): Promise<boolean> {
    const { clock, signal } = this.#parts;
    const waitMs = backoffMs(tries, clock.random());
    if (clock.now() + waitMs >= this.#deadlineAt) return false;
    this.#reporter.report(waitMs, `before ${call.method} is asked again`);
    await clock.sleep(waitMs, signal);
    return true;
  }

  #questionOf(call: Call): Question {
    const redact = (text: string) => redactSecret(this.#parts.apiKey, text);
    return { expects: routes[call.method].expects, isRead: isReadCall(call), redact };
  }
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

const sayCall = ({ method, args }: Call): string => JSON.stringify([method, args]);

function notSent(message: string): Outcome {
  return { kind: "refused", reason: "notSent", code: -1, message };
}
