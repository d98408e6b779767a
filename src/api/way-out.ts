import type { Environment } from "./proxy.js";
import { createSockets } from "./sockets.js";
import { type Transport, throughFetch } from "./transport.js";

/** Where undici, also the one inside Node, keeps what `setGlobalDispatcher` was given. */
const dispatcher = Symbol.for("undici.globalDispatcher.1");

/** The fetch that was handed in, or the way out of this process. */
export function chooseTransport(options: {
  readonly fetch?: typeof fetch | undefined;
  readonly env?: Environment | undefined;
}): Transport {
  return options.fetch === undefined ? createWayOut(options.env ?? {}) : throughFetch(options.fetch);
}

/**
 * The way out where nobody handed in a fetch: sockets of our own, unless somebody has arranged Node's fetch for this
 * process (another global fetch, a dispatcher, a proxy from the environment): then what they arranged. Looked at for
 * each request.
 */
export function createWayOut(env: Environment): Transport {
  const sockets = createSockets();
  const viaFetch = throughFetch((input, init) => globalThis.fetch(input, init));
  const usesProxy = asksForProxy(env);
  /** From Node 24 on the first request of node:http makes Node load undici, and with it a dispatcher of its own. */
  let nodesOwn: unknown;
  return (departure) => {
    const before = dispatcherNow();
    const isArranged = before !== undefined && before !== nodesOwn;
    if (usesProxy || isArranged || !isNodesFetch()) return viaFetch(departure);
    const arrival = sockets(departure);
    if (before === undefined) nodesOwn = dispatcherNow();
    return arrival;
  };
}

const dispatcherNow = (): unknown => Reflect.get(globalThis, dispatcher);

/** Node reads the proxy variables only when it is told to. */
function asksForProxy(env: Environment): boolean {
  const told = [...process.execArgv, ...(env.NODE_OPTIONS ?? "").split(/\s+/)];
  return env.NODE_USE_ENV_PROXY === "1" || told.includes("--use-env-proxy");
}

/** Node's own function names the module inside Node that it loads. Whatever reads differently is not taken for it. */
function isNodesFetch(): boolean {
  return Function.prototype.toString
    .call(globalThis.fetch)
    .includes("require('internal/deps/undici/undici')");
}
