import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createSecret } from "../../src/api/index.js";
import { createSockets } from "../../src/api/sockets.js";
import { exchange, type WireOptions } from "../../src/api/wire.js";
import { envelope, testKey } from "./doubles.js";
import { loopbackServers } from "./loopback-servers.js";
import { selfSigned } from "./self-signed.js";

const { serve, servers } = loopbackServers();

/** The wire to a server, on sockets of our own. */
function wireTo(base: string, options: Partial<WireOptions> = {}) {
  const wire: WireOptions = {
    apiKey: createSecret(testKey),
    bases: { merchant: base, public: `${base}/public`, origin: new URL(base).origin },
    access: "write",
    transport: createSockets(),
    timeoutMs: 5000,
    graceMs: 1000,
    ...options,
  };
  return (path = "/product/create", body: string | undefined = '{"name":"Tea ☕"}') =>
    exchange({ verb: body === undefined ? "GET" : "POST", url: base + path, body, keyed: true }, wire);
}

describe("on sockets of our own", () => {
  it("a request arrives whole, with the key, and its answer comes back whole", async () => {
    const seen: unknown[] = [];
    const base = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { authorization, "content-type": type, "user-agent": agent } = request.headers;
      seen.push([request.method, request.url, authorization, type, agent, Buffer.concat(chunks).toString()]);
      response.writeHead(503, { "retry-after": "7" }).end("é".repeat(100_000));
    });
    const answer = await wireTo(base)();
    expect(seen).toEqual([
      [
        "POST",
        "/api/v1/product/create",
        `Bearer ${testKey}`,
        "application/json",
        "gstable-sync",
        '{"name":"Tea ☕"}',
      ],
    ]);
    expect(answer).toEqual({
      kind: "answered",
      status: 503,
      retryAfter: "7",
      location: undefined,
      text: "é".repeat(100_000),
    });
  });

  it("one connection serves one request after the other", async () => {
    const ports = new Set<number | undefined>();
    const send = wireTo(
      await serve((request, response) => {
        ports.add(request.socket.remotePort);
        request.resume().on("end", () => response.end(envelope([])));
      }),
    );
    for (let call = 0; call < 20; call += 1) await send();
    expect(ports.size).toBe(1);
  });

  it("a redirect is not followed", async () => {
    const seen: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: "https://elsewhere.example/" }).end();
    });
    expect(await wireTo(base)()).toMatchObject({ status: 307, location: "https://elsewhere.example/" });
    expect(seen).toEqual(["/api/v1/product/create"]);
  });

  it("a connection that nobody accepts certainly carried nothing", async () => {
    const base = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await wireTo(base)()).toMatchObject({ kind: "silent", mayHaveArrived: false });
  });

  it("a connection that breaks may have carried the request", async () => {
    const base = await serve((request) => request.socket.destroy());
    expect(await wireTo(base)()).toMatchObject({ kind: "silent", mayHaveArrived: true });
  });

  it("a kept connection that breaks under the next request may have carried it", async () => {
    let answers = 0;
    const base = await serve((request, response) => {
      answers += 1;
      if (answers === 1) request.resume().on("end", () => response.end("{}"));
      else request.socket.resetAndDestroy();
    });
    const send = wireTo(base);
    await send();
    expect(await send()).toMatchObject({ kind: "silent", mayHaveArrived: true });
    expect(answers).toBe(2);
  });

  it("an answer that breaks off keeps its status and what came", async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    });
    expect(await wireTo(base)()).toMatchObject({
      status: 200,
      text: "half",
      cut: { transient: true },
    });
  });

  it.each([
    ["before the head", () => {}],
    ["in the body", (response: { write: (text: string) => unknown }) => void response.write("half")],
  ])("what stops %s is given up after the time-out, and its connection with it", async (_, begin) => {
    let gone: Promise<unknown> = Promise.resolve();
    const base = await serve((request, response) => {
      gone = new Promise((resolve) => request.socket.once("close", resolve));
      begin(response);
    });
    const answer = await wireTo(base, { timeoutMs: 50 })();
    expect(JSON.stringify(answer)).toContain("0.05 s");
    await gone;
  });

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("an answer packed with %s is unpacked", async (encoding, pack) => {
    const text = envelope({ products: "é".repeat(50_000) });
    const asked: unknown[] = [];
    const base = await serve((request, response) => {
      asked.push(request.headers["accept-encoding"]);
      response.writeHead(200, { "content-encoding": encoding }).end(pack(text));
    });
    expect(await wireTo(base)()).toMatchObject({ status: 200, text });
    expect(String(asked[0]).split(", ")).toContain(encoding);
  });

  it.each([
    ["GZIP", gzipSync],
    ["Identity", (text: string) => text],
    ["", (text: string) => text],
  ])("the name of an encoding is read as HTTP means it: %j", async (encoding, pack) => {
    const text = envelope({ id: 1 });
    const base = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(pack(text));
    });
    expect(await wireTo(base)()).toMatchObject({ status: 200, text });
  });

  it("a packed answer that breaks off, or is none, keeps its status", async () => {
    const packed = gzipSync(envelope({ products: "é".repeat(50_000) }));
    const base = await serve((request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      if (request.url?.endsWith("/half")) response.write(packed.subarray(0, 40), () => response.destroy());
      else response.end("no gzip at all");
    });
    const send = wireTo(base);
    for (const path of ["/half", "/none"]) {
      expect(await send(path, "{}")).toMatchObject({ status: 200, cut: { transient: true } });
    }
  });

  it("a server that switches to another protocol ends the request at once", async () => {
    const base = await serve(() => {});
    servers.at(-1)?.on("request", (request) => {
      request.socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
    });
    expect(await wireTo(base)()).toMatchObject({
      kind: "silent",
      mayHaveArrived: true,
      why: expect.stringContaining("another protocol"),
    });
  });

  it("an encoding that nobody asked for is no text", async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "zstd" }).end(envelope({ id: 1 }));
    });
    expect(await wireTo(base)()).toMatchObject({
      status: 200,
      text: "",
      cut: { why: expect.stringContaining("zstd") },
    });
  });

  it("a small answer that unpacks without end is given up at 64 MiB", async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 32));
    const base = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    expect(await wireTo(base)()).toMatchObject({ text: "", cut: { transient: false } });
  });

  it("a certificate that nobody vouches for ends the request before anything is said", async () => {
    const { createServer: createTlsServer } = await import("node:https");
    const { key, cert } = selfSigned;
    const heard: unknown[] = [];
    const server = createTlsServer({ key, cert }, (request, response) => {
      heard.push(request.url);
      response.end(envelope([]));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    const answer = await wireTo(`https://127.0.0.1:${address.port}/api/v1`)();
    expect(answer).toMatchObject({ kind: "silent", why: expect.stringMatching(/self-signed|certificate/i) });
    expect(heard).toEqual([]);
  });
});
