import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import type { CallMethod } from "../state/call.js";
import type { WireAnswer, WireRequest } from "./answer.js";
import type { Attempt } from "./client.js";
import { type GStableClientLike, invokeOn, missingCalls } from "./client-like.js";
import { judge } from "./judge.js";
import { routes } from "./routes.js";
import { exchange, type WireOptions } from "./wire.js";

/** What we use of the package gstable-js 0.1.0. */
interface Sdk {
  readonly GStableClient: new (options: {
    apiKey: string;
    baseUrl: string;
    publicBaseUrl: string;
    fetchImpl: typeof fetch;
  }) => GStableClientLike;
}

export type ImportModule = (name: string) => Promise<unknown>;

/** Fact F6: gstable-js prints its headers when GSTABLE_DEBUG is set, so it never gets the real key. */
const placeholderKey = "sk_placeholder_of_gstable_sync";
/** A variable, so that neither compiler nor bundler look for a package that may not be there. */
const packageName = "gstable-js";

/**
 * gstable-js as the client, because the user asked for it. Fails with GS6004 when it is not installed and with GS6005
 * when it is something else.
 */
export async function createSdkAttempt(
  wire: WireOptions,
  importModule: ImportModule,
): Promise<Result<Attempt>> {
  let sdk: unknown;
  try {
    sdk = await importModule(packageName);
  } catch (error) {
    return failure(notInstalled(error));
  }
  if (!isSdk(sdk)) return failure(notTheSdk("it exports no class GStableClient"));
  const missing = missingCalls(buildClient(sdk, wire, fetch), Object.keys(routes) as CallMethod[]); // the keys by its type
  if (missing.length > 0) return failure(notTheSdk(`it lacks ${missing.join(", ")}`));
  return success(attemptOn(sdk, wire));
}

/**
 * A client for each attempt, on a fetch for each attempt: what the wire said is judged, not what the SDK makes of it.
 * Fact F6: its errors hide whether anything was sent, and an HTTP 500 with code 0 becomes an error with code 0.
 */
function attemptOn(sdk: Sdk, wire: WireOptions): Attempt {
  return async (call, question, limits) => {
    const seen: { asked: boolean; answer?: WireAnswer; error?: unknown } = { asked: false };
    const fetchOnce: typeof fetch = async (input, init) => {
      // A client that repeats by itself would repeat writes.
      if (seen.asked) throw new Error("one request a call");
      seen.asked = true;
      try {
        seen.answer = await exchange(requestFrom(input, init), { ...wire, ...limits });
      } catch (error) {
        seen.error = error;
        throw error;
      }
      return responseFrom(seen.answer);
    };
    const failed = await invokeOn(buildClient(sdk, wire, fetchOnce), call).then(() => undefined, asError);
    if (seen.error !== undefined) throw seen.error;
    if (seen.answer !== undefined) return judge(seen.answer, question);
    const why = `gstable-js sent nothing: ${failed?.message ?? "it ended without a request"}`;
    return judge({ kind: "silent", mayHaveArrived: false, why }, question);
  };
}

function buildClient(sdk: Sdk, wire: WireOptions, fetchImpl: typeof fetch): GStableClientLike {
  const { merchant, public: publicBaseUrl } = wire.bases;
  return new sdk.GStableClient({ apiKey: placeholderKey, baseUrl: merchant, publicBaseUrl, fetchImpl });
}

/** What the SDK meant to send. Where it puts its placeholder key, ours belongs. */
function requestFrom(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): WireRequest {
  const body = init?.body ?? undefined;
  if (input instanceof Request || (body !== undefined && typeof body !== "string")) {
    throw new TypeError("gstable-js sends in a way that gstable-sync does not know");
  }
  const keyed = new Headers(init?.headers).has("authorization");
  return { verb: init?.method ?? "GET", url: String(input), body, keyed };
}

/** What the SDK gets to see. Nothing depends on it. */
function responseFrom(answer: WireAnswer): Response {
  if (answer.kind === "silent") throw new TypeError(answer.why);
  const hasBody = ![101, 103, 204, 205, 304].includes(answer.status);
  return new Response(hasBody ? answer.text : null, { status: answer.status });
}

function isSdk(module: unknown): module is Sdk {
  return (
    typeof module === "object" &&
    module !== null &&
    "GStableClient" in module &&
    typeof module.GStableClient === "function"
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function notInstalled(error: unknown): Diagnostic {
  return {
    code: "GS6004",
    severity: "error",
    summary: `The client \`${packageName}\` cannot be loaded.`,
    detail: asError(error).message,
    remedy:
      "Install it beside gstable-sync, or leave out `--client gstable-js`: the built-in client needs nothing.",
  };
}

function notTheSdk(detail: string): Diagnostic {
  return {
    code: "GS6005",
    severity: "error",
    summary: `What is installed as \`${packageName}\` is not the client that gstable-sync knows.`,
    detail: `Compared with gstable-js 0.1.0, ${detail}.`,
    remedy: "Install gstable-js 0.1.x, or leave out `--client gstable-js`.",
  };
}
