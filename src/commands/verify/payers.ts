import { createPayerApi, type PayerApi } from "../../api/index.js";
import { renderProgress } from "../../render/index.js";
import { type CommandContext, exitCodes, isStop, type NetworkOptions, type Stop, stop } from "../context.js";
import { embedSandbox, SANDBOX_BASE_URL } from "../embedded-sandbox.js";
import type { Project } from "../project.js";

/** The way to what payers see. */
export interface Payers {
  readonly api: PayerApi;
  close(): Promise<void>;
}

/** Where a look leads, as far as the environment says. */
export interface PayerBaseUrls {
  /** Of the merchant API; unset: only the payers' host was named, and the lockfile says which server it belongs to. */
  readonly baseUrl: string | undefined;
  readonly publicBaseUrl: string | undefined;
  readonly payerBaseUrl: string | undefined;
}

/** The base URLs that the environment names; `--sandbox` has its own. */
export function payerBaseUrlsOf({ sandbox }: NetworkOptions, { env }: CommandContext): PayerBaseUrls {
  if (sandbox === true) {
    return { baseUrl: SANDBOX_BASE_URL, publicBaseUrl: undefined, payerBaseUrl: undefined };
  }
  return {
    baseUrl: env.GSTABLE_BASE_URL?.trim() || undefined,
    publicBaseUrl: env.GSTABLE_PUBLIC_BASE_URL?.trim() || undefined,
    payerBaseUrl: env.GSTABLE_PAYER_BASE_URL?.trim() || undefined,
  };
}

/** Opens the payers' host; of `--sandbox` the embedded one. Exit 1 where a base URL is wrong; nothing is sent yet. */
export async function openPayers(
  { project, urls }: { project: Project; urls: PayerBaseUrls },
  options: NetworkOptions,
  context: CommandContext,
): Promise<Payers | Stop> {
  const sandbox = options.sandbox === true ? await embedSandbox(project) : undefined;
  if (sandbox !== undefined && isStop(sandbox)) return sandbox;
  const fetch = sandbox?.fetch ?? context.fetch;
  const api = connectPayers({ urls, fetch }, options, context);
  if (isStop(api)) await sandbox?.close();
  return isStop(api) ? api : { api, close: async () => sandbox?.close() };
}

/** The payers' host through a fetch that is open already. */
export function connectPayers(
  { urls, fetch }: { urls: PayerBaseUrls; fetch: typeof globalThis.fetch | undefined },
  options: NetworkOptions,
  context: CommandContext,
): PayerApi | Stop {
  const { timeoutMs, deadlineMs, parallelism, rps } = options;
  const { signal, clock, look } = context;
  const api = createPayerApi({
    ...urls,
    ...{ fetch, timeoutMs, deadlineMs, parallelism, rps, signal, clock },
    onWait: ({ ms, why }) =>
      context.progress(renderProgress({ is: "waiting", waitMs: ms, because: why }, look)),
  });
  return api.ok ? api.value : stop(exitCodes.error, api.diagnostics);
}
