import { failure, type Result, success } from "../diagnostics/index.js";
import type { Call } from "../state/call.js";
import type { WireAnswer } from "./answer.js";
import { parsePayerUrls } from "./base-url.js";
import type { Attempt } from "./client.js";
import { realClock } from "./clock.js";
import { judge } from "./judge.js";
import { type ApiOptions, apiDefaults, checkLimits, graceMs } from "./options.js";
import { type ApiPort, createPort } from "./port.js";
import { requestOf } from "./request.js";
import { createSecret } from "./secret.js";
import { chooseTransport } from "./way-out.js";
import { exchange, type WireOptions } from "./wire.js";

/** What anybody can look at: `paymentLink.detail` as payers get it, and the capabilities. */
export interface PayerApi {
  run(call: Call<"paymentLink.detail" | "capability.all">): ReturnType<ApiPort["run"]>;
  readonly stats: ApiPort["stats"];
  /** Where payers' pages are asked for. */
  readonly baseUrl: string;
}

export interface PayerApiOptions
  extends Omit<ApiOptions, "apiKey" | "access" | "client" | "gstableClient" | "env"> {
  /** Default: what belongs to the origin of `baseUrl`. */
  readonly payerBaseUrl?: string | undefined;
}

/**
 * The way to the payers' host: no key is known, so none can be sent, and nothing but GET goes out. Fact F47: it has the
 * paths of the merchant API with other bodies, so a look at a link is the same call. GS6002 and GS6007.
 */
export function createPayerApi(options: PayerApiOptions): Result<PayerApi> {
  const urls = parsePayerUrls(options);
  const limits = checkLimits({ ...options, apiKey: noKey, access: "read" });
  if (!urls.ok || limits.length > 0) return failure(...(urls.ok ? [] : urls.diagnostics), ...limits);
  const { payers } = urls.value;
  const port = createPort({
    attempt: createPayerAttempt(options, urls.value),
    client: "builtin",
    origin: new URL(payers).origin,
    apiKey: noKey,
    clock: options.clock ?? realClock,
    deadlineMs: options.deadlineMs ?? apiDefaults.deadlineMs,
    bounds: { read: options.parallelism ?? apiDefaults.reads, write: 1 },
    rps: options.rps,
    signal: options.signal,
    onWait: options.onWait ?? (() => {}),
  });
  return success({ run: (call) => port.run(call), stats: port.stats, baseUrl: payers });
}

/** Too short to be looked for, and never sent: nothing here is `keyed`. */
const noKey = createSecret("");

function createPayerAttempt(
  options: PayerApiOptions,
  urls: { readonly payers: string; readonly public: string },
): Attempt {
  const transport = chooseTransport(options);
  return async (call, question, limits) => {
    const base = call.method === "capability.all" ? urls.public : urls.payers;
    const bases = { merchant: base, public: base, origin: new URL(base).origin };
    const wire: WireOptions = {
      apiKey: noKey,
      bases,
      access: "read",
      transport,
      timeoutMs: options.timeoutMs ?? apiDefaults.timeoutMs,
      signal: options.signal,
      graceMs,
      ...limits,
    };
    const answer = await exchange({ ...requestOf(call, bases), keyed: false }, wire);
    // As a read of the merchant API this answer would count as one from the wrong host.
    return judge(inEnvelope(answer), { ...question, isRead: false });
  };
}

/** Fact gap G20: the documentation shows no envelope here, programs of the vendor unwrap one: both may be so. */
function inEnvelope(answer: WireAnswer): WireAnswer {
  if (answer.kind !== "answered" || answer.status >= 300 || answer.cut !== undefined) return answer;
  const data = parse(answer.text);
  const isBare = typeof data === "object" && data !== null && "aiView" in data && !("code" in data);
  return isBare ? { ...answer, text: JSON.stringify({ code: 0, message: "", data }) } : answer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
