import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Sandbox } from "./surface.js";
import { ConnectionEnded, type WireRequest } from "./wire.js";

export interface Served {
  /** Such as `http://127.0.0.1:4242`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a sandbox over HTTP, by default on 127.0.0.1 and a free port. Closing it leaves the sandbox open. */
export async function serveSandbox(
  sandbox: Sandbox,
  at: { readonly host?: string; readonly port?: number } = {},
): Promise<Served> {
  const host = at.host ?? "127.0.0.1";
  const server = createServer((incoming, outgoing) => {
    respond(sandbox, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const port = await listen(server, { host, port: at.port ?? 0 });
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(sandbox: Sandbox, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = await readRequest(incoming);
  // A web page that the developer happens to visit must not turn knobs.
  if (incoming.headers.origin !== undefined && request.path.startsWith("/_sandbox")) {
    outgoing.writeHead(403).end();
    return;
  }
  try {
    const { status, headers, text } = await sandbox.answer(request);
    outgoing.writeHead(status, headers).end(request.method === "HEAD" ? undefined : text);
  } catch (error) {
    if (error instanceof ConnectionEnded) {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
    outgoing.end(`The sandbox has a bug: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return {
    method: incoming.method ?? "GET",
    host: incoming.headers.host ?? "",
    path: (incoming.url ?? "/").replace(/[?#].*$/, ""),
    authorization: incoming.headers.authorization,
    text: Buffer.concat(chunks).toString("utf8"),
  };
}

function listen(server: Server, at: { readonly host: string; readonly port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : at.port);
    });
  });
}
