import { randomUUID } from "node:crypto";
import {
  type ApiPort,
  abandoned,
  containsSecret,
  createApi,
  createSecret,
  DEFAULT_BASE_URL,
  type GStableClientLike,
  redactSecret,
  type Secret,
} from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { renderProgress } from "../render/index.js";
import type { PlanDocument } from "../state/plan-document.js";
import { baseUrlsOf } from "./base-urls.js";
import {
  type CommandContext,
  exitCodes,
  type GlobalOptions,
  isStop,
  type NetworkOptions,
  type Stop,
  stop,
} from "./context.js";
import { embedSandbox, SANDBOX_BASE_URL } from "./embedded-sandbox.js";
import { commandAgain } from "./flags.js";
import type { HoldsKey } from "./leaks.js";
import { maskTexts } from "./mask-keys.js";
import type { Project } from "./project.js";

/** The way to the account that a command works on: GStable's, or the embedded sandbox. */
export interface Connection {
  readonly api: ApiPort;
  readonly target: Omit<PlanDocument["target"], "accounts">;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a text holds the key that goes over it. */
  readonly holdsKey: HoldsKey;
  /** What is told of what came over it: a live text may hold the key, of whatever form, and no output may. */
  mask<T>(told: T): T;
  /** What requests go through, where it is not Node's own: the embedded sandbox, or a caller's. */
  readonly fetch?: typeof fetch;
  /** In the embedded sandbox: whether it has an object. */
  readonly rehearses?: (id: string) => boolean;
  /** Ends what is still under way, and lets go of the sandbox's files. */
  close(): Promise<void>;
}

/** Opens the connection for reading or for writing. Exit 1 where key or base URL are wrong; nothing is sent yet. */
export async function openConnection(
  { project, access }: { project: Project; access: "read" | "write" },
  options: NetworkOptions,
  context: CommandContext,
): Promise<Connection | Stop> {
  return options.sandbox === true
    ? openSandbox({ project, access }, options, context)
    : openGStable({ project, access }, options, context);
}

/**
 * What is wrong with key and base URL, whatever the configuration is: for one that is invalid. Which variable holds
 * the key of an environment is written in there, so any of them will do.
 */
export async function checkAccess(
  options: NetworkOptions,
  context: CommandContext,
): Promise<readonly Diagnostic[]> {
  if (options.sandbox === true || context.gstableClient !== undefined) return [];
  const names =
    options.env === undefined
      ? [DEFAULT_KEY_VARIABLE]
      : Object.keys(context.env).filter((name) => name.startsWith(DEFAULT_KEY_VARIABLE));
  const keys = context.apiKey === undefined ? names.map((name) => context.env[name]) : [context.apiKey];
  const key = keys.map((text) => text?.trim() ?? "").find((text) => text !== "");
  const api = await createApi({
    ...baseUrlsOf(context),
    apiKey: createSecret(key ?? "unset"),
    access: "read",
    timeoutMs: options.timeoutMs,
    deadlineMs: options.deadlineMs,
    parallelism: options.parallelism,
    rps: options.rps,
  });
  return [
    ...(key === undefined ? [noKey(DEFAULT_KEY_VARIABLE, options)] : []),
    ...(api.ok ? [] : api.diagnostics),
  ];
}

export const DEFAULT_KEY_VARIABLE = "GSTABLE_API_KEY";

async function openGStable(
  { project, access }: { project: Project; access: "read" | "write" },
  options: NetworkOptions,
  context: CommandContext,
): Promise<Connection | Stop> {
  const { desired } = project;
  const { gstableClient } = context;
  const key = (context.apiKey ?? context.env[desired.apiKeyEnv])?.trim() ?? "";
  // A client that was handed in has its own key.
  if (key === "" && gstableClient === undefined)
    return stop(exitCodes.error, [noKey(desired.apiKeyEnv, options)]);
  return connect(
    {
      ...baseUrlsOf(context),
      apiKey: createSecret(key === "" ? randomUUID() : key),
      client: options.client ?? desired.client,
      gstableClient,
      access,
      ...(context.fetch === undefined ? {} : { fetch: context.fetch }),
    },
    { options, context, sandbox: false, close: async () => {} },
  );
}

async function openSandbox(
  { project, access }: { project: Project; access: "read" | "write" },
  options: NetworkOptions,
  context: CommandContext,
): Promise<Connection | Stop> {
  const sandbox = await embedSandbox(project);
  if (isStop(sandbox)) return sandbox;
  const account = await connect(
    {
      apiKey: createSecret("sk_sandbox_embedded"),
      baseUrl: SANDBOX_BASE_URL,
      client: options.client ?? project.desired.client,
      access,
      fetch: sandbox.fetch,
    },
    { options, context, sandbox: true, close: () => sandbox.close() },
  );
  return isStop(account) ? account : { ...account, rehearses: sandbox.has };
}

interface ConnectionSettings {
  readonly apiKey: Secret;
  readonly baseUrl: string | undefined;
  readonly publicBaseUrl?: string | undefined;
  readonly client: "builtin" | "gstable-js";
  readonly access: "read" | "write";
  readonly gstableClient?: GStableClientLike | undefined;
  readonly fetch?: typeof fetch;
}

async function connect(
  settings: ConnectionSettings,
  {
    options,
    context,
    sandbox,
    close,
  }: { options: NetworkOptions; context: CommandContext; sandbox: boolean; close: () => Promise<void> },
): Promise<Connection | Stop> {
  const ending = new AbortController();
  const interrupt = () => ending.abort();
  context.signal.addEventListener("abort", interrupt);
  if (context.signal.aborted) interrupt();
  const end = () => {
    context.signal.removeEventListener("abort", interrupt);
    ending.abort(abandoned);
  };
  const api = await createApi({
    ...settings,
    timeoutMs: options.timeoutMs,
    deadlineMs: options.deadlineMs,
    parallelism: options.parallelism,
    rps: options.rps,
    signal: ending.signal,
    env: sandbox ? {} : context.env,
    onWait: ({ ms, why }) =>
      context.progress(renderProgress({ is: "waiting", waitMs: ms, because: why }, context.look)),
  });
  if (!api.ok) {
    end();
    return stop(exitCodes.error, api.diagnostics);
  }
  const { apiKey, baseUrl = DEFAULT_BASE_URL } = settings;
  return {
    api: api.value,
    target: { baseUrl, keyKind: apiKey.keyKind, client: api.value.client, sandbox },
    diagnostics: api.diagnostics,
    holdsKey: (text) => containsSecret(apiKey, text),
    mask: (told) => maskTexts(told, (text) => redactSecret(apiKey, text)),
    ...(settings.fetch === undefined ? {} : { fetch: settings.fetch }),
    close: () => {
      end();
      return close();
    },
  };
}

function noKey(variable: string, { lockfile: _, ...options }: GlobalOptions): Diagnostic {
  return {
    code: "GS6001",
    severity: "error",
    summary: `There is no API key: ${variable} is empty`,
    detail:
      "The command speaks to the account of a merchant; plan needs at least a restricted key, apply a secret one.",
    // The sandbox has a lockfile of its own.
    remedy: `Set ${variable}, or try without an account:\n  ${commandAgain({ ...options, sandbox: true }, "plan")}`,
  };
}
