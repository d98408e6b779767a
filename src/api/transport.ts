/** A request as it leaves this process. */
export interface Departure {
  readonly verb: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Ends it, wherever it is. */
  readonly signal: AbortSignal;
}

/** The head of an answer, and its body piece by piece. */
export interface Arrival {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: ArrivingBody;
}

export interface ArrivingBody {
  /** The next piece; `undefined` after the last. Fails when the connection does. */
  read(): Promise<Uint8Array | undefined>;
  /** Frees the connection when nobody reads on; after the end it does nothing. */
  cancel(): void;
}

/**
 * A way out: sends one request once, follows nothing, repeats nothing. What fails keeps the system's error code in
 * itself or in its causes, so that "nothing left" can be told from "nobody knows".
 */
export type Transport = (departure: Departure) => Promise<Arrival>;

/** The way out through a fetch that somebody handed in. */
export function throughFetch(send: typeof fetch): Transport {
  return async ({ verb, url, headers, body, signal }) => {
    const response = await send(url, {
      method: verb,
      headers,
      // A redirect could lead the key to another host.
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const reader = response.body?.getReader();
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: {
        read: async () => (await reader?.read())?.value,
        cancel: () => void reader?.cancel().catch(() => {}),
      },
    };
  };
}
