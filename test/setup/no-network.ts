import { beforeEach } from "vitest";

const realFetch = globalThis.fetch;

/** Tests speak to loopback only; another host is a mistake in the test, and fails it. */
beforeEach(() => {
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) {
      throw new Error(`a test tried to reach ${url.hostname}`);
    }
    return realFetch(input, init);
  };
});
