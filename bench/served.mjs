// A sandbox in a process of its own, on loopback, with a hand on its latency and its count of requests.
import { spawn } from "node:child_process";
import { resolve } from "node:path";

const cli = resolve(import.meta.dirname, "../dist/cli.js");

/** @typedef {Awaited<ReturnType<typeof serve>>} Served */

/** Starts it without latency. */
export async function serve() {
  const child = spawn(process.execPath, [cli, "sandbox"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((found, fail) => {
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (match !== null) found(match[0]);
    });
    child.on("exit", (status) => fail(new Error(`the sandbox ended with ${status}:\n${text}`)));
  });
  const ask = async (path, body) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${url}/_sandbox${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    env: { GSTABLE_BASE_URL: `${url}/api/v1`, GSTABLE_API_KEY: "sk_sandbox_bench" },
    /** @param {number} latencyMs */
    slowDown: (latencyMs) => ask("/knobs", { latencyMs }),
    reset: () => ask("/reset", {}),
    /** API requests since the last time. */
    countCalls: async () => {
      const { length } = await ask("/requests");
      await ask("/requests/clear", {});
      return length;
    },
    close: () =>
      new Promise((closed) => {
        child.removeAllListeners("exit").on("exit", closed);
        child.kill("SIGTERM");
      }),
  };
}
