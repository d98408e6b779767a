import type { IncomingMessage, RequestOptions } from "node:http";
import type { Readable } from "node:stream";
import type { Arrival, Departure, Transport } from "./transport.js";

/**
 * How long a connection is kept without work. Servers close theirs after five seconds and more; sending into one that
 * is just being closed would leave a write unknown.
 */
const KEPT_MS = 4000;

/** Bodies come back in these, or as they are. */
const ENCODINGS = "gzip, br";

/**
 * The way out on `node:http` and `node:https`, connections kept: half the work of Node's fetch, and no 100 ms to load
 * it. Certificates are verified as Node always does.
 */
export function createSockets(): Transport {
  const clients = new Map<string, ReturnType<typeof openClient>>();
  return async (departure) => {
    const { protocol } = new URL(departure.url);
    const client = clients.get(protocol) ?? openClient(protocol);
    clients.set(protocol, client);
    const incoming = await exchangeHeads(await client, departure);
    return arrivalOf(incoming);
  };
}

type Send = (url: string, options: RequestOptions) => import("node:http").ClientRequest;

async function openClient(protocol: string): Promise<Send> {
  const { Agent, request } = protocol === "https:" ? await import("node:https") : await import("node:http");
  const agent = new Agent({ keepAlive: true, timeout: KEPT_MS });
  return (url, options) => request(url, { ...options, agent });
}

function exchangeHeads(
  send: Send,
  { verb, url, headers, body, signal }: Departure,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const all = { ...headers, "accept-encoding": ENCODINGS };
    const outgoing = send(url, { method: verb, headers: all, signal });
    outgoing.on("response", resolve);
    // Nobody asked for it, and without a listener nobody would hear of it before the time-out.
    outgoing.on("upgrade", (_, socket) => {
      socket.destroy();
      reject(new Error("the server switched to another protocol"));
    });
    // Stays for good: what breaks after the head comes out of the body.
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function arrivalOf(incoming: IncomingMessage): Promise<Arrival> {
  const stream = await decoded(incoming);
  stream.on("error", () => {}); // whoever reads hears of it; if nobody does, nobody wants to
  const pieces: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  return {
    status: incoming.statusCode ?? 0,
    header: (name) => {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: {
      read: async () => {
        const { done, value } = await pieces.next();
        return done === true ? undefined : value;
      },
      // After the last byte the connection is no longer this answer's, and stays.
      cancel: () => {
        stream.destroy();
        incoming.destroy();
      },
    },
  };
}

async function decoded(incoming: IncomingMessage): Promise<Readable> {
  // Its name is the same in any letters (RFC 9110, 8.4.1); an empty header names none.
  const encoding = incoming.headers["content-encoding"]?.trim().toLowerCase() || "identity";
  if (encoding === "identity") return incoming;
  const [{ createBrotliDecompress, createGunzip }, { PassThrough, pipeline }] = await Promise.all([
    import("node:zlib"),
    import("node:stream"),
  ]);
  const decoders = { gzip: createGunzip, "x-gzip": createGunzip, br: createBrotliDecompress };
  const create = Object.hasOwn(decoders, encoding) ? decoders[encoding as keyof typeof decoders] : undefined;
  const decoder = create?.() ?? new PassThrough();
  // An error of either side ends both, and comes out where the body is read.
  pipeline(incoming, decoder, () => {});
  if (create === undefined) decoder.destroy(new Error(`the answer has the unknown encoding ${encoding}`));
  return decoder;
}
