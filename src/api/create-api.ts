import { setMaxListeners } from "node:events";
import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import type { CallMethod } from "../state/call.js";
import { checkApiKey } from "./api-key.js";
import { parseBaseUrls } from "./base-url.js";
import { type Attempt, createBuiltinAttempt } from "./client.js";
import { missingCalls } from "./client-like.js";
import { realClock } from "./clock.js";
import { createGivenAttempt } from "./given-client.js";
import { type ApiOptions, apiDefaults, checkLimits, graceMs } from "./options.js";
import { type ApiPort, createPort } from "./port.js";
import { warnOfProxy } from "./proxy.js";
import { routes } from "./routes.js";
import { createSdkAttempt, type ImportModule } from "./sdk.js";
import { chooseTransport } from "./way-out.js";
import type { WireOptions } from "./wire.js";

/**
 * The one way to GStable. Sends nothing by itself. Every reason that prevents it at once: GS6001 and GS6003 (key),
 * GS6002 (base URL), GS6004 and GS6005 (gstable-js), GS6007 (limits); a warning GS6006 for a proxy that is not used.
 * `importModule` is a seam for tests.
 */
export async function createApi(
  options: ApiOptions,
  importModule: ImportModule = (name) => import(name),
): Promise<Result<ApiPort>> {
  const bases = parseBaseUrls(options);
  const keyProblem = checkApiKey(options.apiKey);
  const problems = [
    ...(keyProblem === undefined ? [] : [keyProblem]),
    ...(bases.ok ? [] : bases.diagnostics),
    ...checkLimits(options),
    ...checkGivenClient(options),
  ];
  if (problems.length > 0 || !bases.ok) return failure(...problems);
  // Every request under way listens, and stops listening: more than Node's ten is no leak here.
  if (options.signal !== undefined) setMaxListeners(0, options.signal);
  const wire: WireOptions = {
    apiKey: options.apiKey,
    bases: bases.value,
    access: options.access,
    transport: chooseTransport(options),
    timeoutMs: options.timeoutMs ?? apiDefaults.timeoutMs,
    signal: options.signal,
    graceMs,
  };
  const attempt = await chooseAttempt(options, wire, importModule);
  if (!attempt.ok) return attempt;
  const port = createPort({
    attempt: attempt.value,
    client: usesSdk(options) ? "gstable-js" : "builtin",
    origin: bases.value.origin,
    apiKey: options.apiKey,
    clock: options.clock ?? realClock,
    deadlineMs: options.deadlineMs ?? apiDefaults.deadlineMs,
    bounds: {
      read: options.parallelism ?? apiDefaults.reads,
      write: options.parallelism ?? apiDefaults.writes,
    },
    rps: options.rps,
    signal: options.signal,
    onWait: options.onWait ?? (() => {}),
  });
  return success(port, proxyWarnings(options, bases.value.merchant));
}

function usesSdk(options: ApiOptions): boolean {
  return options.gstableClient !== undefined || options.client === "gstable-js";
}

async function chooseAttempt(
  options: ApiOptions,
  wire: WireOptions,
  importModule: ImportModule,
): Promise<Result<Attempt>> {
  if (options.gstableClient !== undefined) return success(createGivenAttempt(options.gstableClient, wire));
  return usesSdk(options) ? createSdkAttempt(wire, importModule) : success(createBuiltinAttempt(wire));
}

function checkGivenClient({ gstableClient, baseUrl }: ApiOptions): readonly Diagnostic[] {
  if (gstableClient === undefined) return [];
  const missing = missingCalls(gstableClient, Object.keys(routes) as CallMethod[]); // the keys by its type
  const problems: Diagnostic[] = [];
  if (missing.length > 0) {
    problems.push({
      code: "GS6005",
      severity: "error",
      summary: `The client that was handed in lacks ${missing.join(", ")}.`,
      remedy: "Hand in a GStableClient of gstable-js 0.1.x.",
    });
  }
  if (baseUrl === undefined) {
    problems.push({
      code: "GS6002",
      severity: "error",
      summary: "A client was handed in, but not the base URL that it was built with.",
      detail: "The lockfile records which server its ids belong to, and a client does not tell.",
      remedy: "State it as `baseUrl`.",
    });
  }
  return problems;
}

/** Only Node's own fetch ignores proxies: a fetch or a client that was handed in has its own ways. */
function proxyWarnings(options: ApiOptions, baseUrl: string): readonly Diagnostic[] {
  if (options.fetch !== undefined || options.gstableClient !== undefined) return [];
  const warning = warnOfProxy(baseUrl, options.env ?? {});
  return warning === undefined ? [] : [warning];
}
