import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Transport } from "../../src/api/transport.js";
import { createWayOut } from "../../src/api/way-out.js";

/** Node's own: the tests' guard against the network comes in between only when a test begins. */
const nodesFetch = globalThis.fetch;
const dispatcher = Symbol.for("undici.globalDispatcher.1");

const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** As in a process in which nobody has touched fetch yet; what it gives back lets fetch work again. */
function untouched(): () => void {
  globalThis.fetch = nodesFetch;
  const before: unknown = Reflect.get(globalThis, dispatcher);
  if (before === undefined) return () => {};
  Reflect.set(globalThis, dispatcher, undefined);
  const touch = () => void Reflect.set(globalThis, dispatcher, before);
  undo.push(touch);
  return touch;
}

/** Which way out a request took, by what only our own sockets ask for. */
async function wayTaken(wayOut: Transport): Promise<"sockets" | "fetch"> {
  let encodings: unknown;
  const server = createServer((request, response) => {
    encodings = request.headers["accept-encoding"];
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}/`;
  const arrival = await wayOut({ verb: "GET", url, headers: {}, signal: new AbortController().signal });
  arrival.body.cancel();
  return encodings === "gzip, br" ? "sockets" : "fetch";
}

describe("the way out that nobody chose", () => {
  it("is sockets of our own", async () => {
    untouched();
    expect(await wayTaken(createWayOut({}))).toBe("sockets");
  });

  it("is the global fetch that somebody put in place, also later", async () => {
    const touch = untouched();
    const wayOut = createWayOut({});
    expect(await wayTaken(wayOut)).toBe("sockets");
    touch();
    globalThis.fetch = (input, init) => nodesFetch(input, init);
    expect(await wayTaken(wayOut)).toBe("fetch");
  });

  it("is Node's fetch where somebody gave it a dispatcher", async () => {
    await (await nodesFetch("data:,x")).text(); // loads it, and with it a dispatcher
    const nodesOwn: object = Reflect.get(globalThis, dispatcher);
    untouched();
    const wayOut = createWayOut({});
    expect(await wayTaken(wayOut)).toBe("sockets");
    Reflect.set(globalThis, dispatcher, Reflect.construct(nodesOwn.constructor, []));
    expect(await wayTaken(wayOut)).toBe("fetch");
  });

  it.each([{ NODE_USE_ENV_PROXY: "1" }, { NODE_OPTIONS: "--no-warnings --use-env-proxy" }])(
    "is Node's fetch where a proxy is to be used: %j",
    async (env) => {
      globalThis.fetch = nodesFetch;
      expect(await wayTaken(createWayOut(env))).toBe("fetch");
    },
  );
});
