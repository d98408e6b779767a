import { describe, expect, it } from "vitest";
import { createProduct, envelope, listProducts, openPort } from "./doubles.js";
import { loopbackServers } from "./loopback-servers.js";

/** A real server on loopback: what undici really does is worth knowing. */
const { serve, servers } = loopbackServers();

describe("over real sockets", () => {
  it("connections are used again", async () => {
    const ports = new Set<number | undefined>();
    const baseUrl = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(envelope([]));
    });
    const port = await openPort({ baseUrl });
    for (let call = 0; call < 20; call += 1) await port.run(listProducts);
    // Two, not one: undici gives a socket back a moment after the last byte.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it("a redirect is not followed, and says where it led", async () => {
    const seen: (string | undefined)[] = [];
    const baseUrl = await serve((request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: "https://elsewhere.example/" }).end();
    });
    const outcome = await (await openPort({ baseUrl })).run(createProduct);
    expect(outcome).toMatchObject({
      kind: "unknown",
      code: 307,
      message: expect.stringContaining("elsewhere.example"),
    });
    expect(seen).toEqual(["/api/v1/product/create"]);
  });

  it("a connection that nobody accepts is not sent", async () => {
    const baseUrl = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const outcome = await (await openPort({ baseUrl })).run(createProduct);
    expect(outcome).toMatchObject({ kind: "refused", reason: "notSent" });
  });

  it("a connection that breaks after the request is unknown", async () => {
    const baseUrl = await serve((request) => request.socket.destroy());
    expect(await (await openPort({ baseUrl })).run(createProduct)).toMatchObject({
      kind: "unknown",
      code: -1,
    });
  });

  it("an answer that breaks off is unknown, with the status that came", async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(envelope({ productId: "prd_1" }), () => response.destroy());
    });
    expect(await (await openPort({ baseUrl })).run(createProduct)).toMatchObject({
      kind: "unknown",
      code: 200,
    });
  });

  it("many calls with one interrupt signal leave no listeners behind", async () => {
    const warnings: string[] = [];
    const warn = (warning: Error) => warnings.push(warning.message);
    process.on("warning", warn);
    const baseUrl = await serve((_, response) => response.end(envelope([])));
    const port = await openPort({ baseUrl, signal: new AbortController().signal });
    await Promise.all(Array.from({ length: 100 }, () => port.run(listProducts)));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });
});
