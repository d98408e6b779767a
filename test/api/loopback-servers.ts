import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach } from "vitest";

interface LoopbackServers {
  /** Those that the test under way has started. */
  readonly servers: Server[];
  /** Serves on loopback until the test is over; gives the base URL. */
  serve(listener: RequestListener): Promise<string>;
}

/** Called once in each test file. */
export function loopbackServers(): LoopbackServers {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const serve: LoopbackServers["serve"] = async (listener) => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    return `http://127.0.0.1:${address.port}/api/v1`;
  };
  return { servers, serve };
}
