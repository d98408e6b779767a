import { type ApiOptions, type ApiPort, type Clock, createApi, createSecret } from "../../src/api/index.js";
import type { Call } from "../../src/state/call.js";

export const testKey = "sk_live_0123456789abcdefghij";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until somebody lets it run. */
export class FakeClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  readonly slept: number[] = [];
  /** The next values of `random`; then 0.5 for ever. */
  readonly chances: number[] = [];

  constructor(startMs = Date.UTC(2026, 10, 20, 12)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chances.shift() ?? 0.5;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(ms);
    return new Promise((resolve) => {
      const sleeper = { at: this.#now + Math.max(0, ms), wake: resolve };
      if (signal?.aborted) return resolve();
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now).sort((a, b) => a.at - b.at);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const sleeper of due) sleeper.wake();
  }

  /** Lets time run, from one sleeper's end to the next, until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    work.then(end, end);
    for (let idle = 0; idle < 50; ) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return work;
      const next = Math.min(...this.#sleepers.map((sleeper) => sleeper.at));
      idle = Number.isFinite(next) ? 0 : idle + 1;
      if (Number.isFinite(next)) this.advance(next - this.#now);
    }
    throw new Error("the work neither ends nor sleeps");
  }
}

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly redirect: string | undefined;
}

export type Reply = Response | Error | ((sent: Sent, signal: AbortSignal) => Response | Promise<Response>);

/** A server in this process: answers in turn, the last one for ever, and remembers what it was asked. */
export function fakeServer(...replies: Reply[]): { readonly fetch: typeof fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const answer: typeof fetch = async (input, init) => {
    const body = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
    const headers = new Headers(init?.headers);
    sent.push({ method: init?.method ?? "GET", url: String(input), headers, body, redirect: init?.redirect });
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply === undefined) throw new Error("the fake server has no reply");
    if (reply instanceof Error) throw reply;
    const signal = init?.signal ?? new AbortController().signal;
    const last = sent.at(-1);
    return typeof reply === "function" && last !== undefined
      ? reply(last, signal)
      : (reply as Response).clone(); // the only kind left
  };
  return { fetch: answer, sent };
}

export function envelope(data: unknown, code = 0, message = code === 0 ? "success" : "no"): string {
  return JSON.stringify({ code, message, data });
}

export function ok(data: unknown): Response {
  return new Response(envelope(data));
}

export function refusal(code: number, init?: ResponseInit): Response {
  return new Response(envelope(null, code), init);
}

/** As undici reports a failed connection. */
export function connectionError(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}

export const listProducts: Call = { method: "product.list", args: [1, 100] };
export const createProduct: Call = {
  method: "product.create",
  args: [{ name: "Premium", commonPrices: [9_990_000] }],
};
export const disableLink: Call = { method: "paymentLink.disable", args: ["lnk_1"] };

/** A port on a fake server, or a failed test. */
export async function openPort(
  options: Partial<ApiOptions>,
  importModule?: (name: string) => Promise<unknown>,
): Promise<ApiPort> {
  const complete = { apiKey: createSecret(testKey), access: "write", ...options } as const;
  const result = await (importModule === undefined ? createApi(complete) : createApi(complete, importModule));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}
