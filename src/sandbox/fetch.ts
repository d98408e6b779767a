import { ConnectionEnded, type WireAnswer, type WireRequest } from "./wire.js";

/** A `fetch` that asks `answer` instead of a network, and fails as Node's does. */
export function fetchThrough(answer: (request: WireRequest) => Promise<WireAnswer>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const wire: WireRequest = {
      method: request.method,
      host: url.host,
      path: url.pathname,
      authorization: request.headers.get("authorization") ?? undefined,
      text: await request.text(),
    };
    try {
      const { status, headers, text } = await unlessAborted(request.signal, answer(wire));
      return new Response(text, { status, headers });
    } catch (error) {
      if (!(error instanceof ConnectionEnded)) throw error;
      const cause = Object.assign(new Error(error.message), { code: error.causeCode });
      throw new TypeError("fetch failed", { cause });
    }
  };
}

/** The client may give up; the request goes on without it, as on a real server. */
function unlessAborted<T>(signal: AbortSignal, going: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    going.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
