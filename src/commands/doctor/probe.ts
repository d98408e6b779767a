import { type ApiPort, createApi } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { baseUrlsOf } from "../base-urls.js";
import { openConnection } from "../connection.js";
import { type CommandContext, isStop, type NetworkOptions } from "../context.js";
import { SANDBOX_BASE_URL } from "../embedded-sandbox.js";
import { type Finding, failedWith, fine, skipped, warned } from "./check.js";
import { type Sightings, watchClock } from "./clock.js";
import type { Patient } from "./patient.js";

/** The way to GStable, as far as there is one. */
export interface Probe {
  /** Unset where base URL, key or client stand in the way. */
  readonly api: ApiPort | undefined;
  /** Whether what needs a key can be asked. */
  readonly hasKey: boolean;
  readonly sightings: Sightings;
  readonly findings: { readonly "base-url": Finding; readonly client: Finding; readonly proxy: Finding };
  /** What is wrong with the key itself. */
  readonly keyTrouble: Finding | undefined;
  close(): Promise<void>;
}

/** Opens the way for reading. Nothing is sent yet. */
export function openProbe(
  patient: Patient,
  options: NetworkOptions,
  context: CommandContext,
): Promise<Probe> {
  return options.sandbox === true
    ? openSandbox(patient, options, context)
    : openGStable(patient, options, context);
}

async function openSandbox(
  { project }: Patient,
  options: NetworkOptions,
  context: CommandContext,
): Promise<Probe> {
  const proxy = fine("proxy", "No network is used");
  const baseUrl = fine("base-url", `${SANDBOX_BASE_URL}: the embedded sandbox, because of --sandbox`);
  const sightings: Sightings = [];
  const none = { api: undefined, hasKey: true, sightings, keyTrouble: undefined, close: async () => {} };
  if (project === undefined) {
    const client = skipped("client", "Without a configuration there is no sandbox");
    return { ...none, findings: { "base-url": baseUrl, client, proxy } };
  }
  const connection = await openConnection({ project, access: "read" }, options, context);
  if (isStop(connection)) {
    const client = failedWith("client", connection.diagnostics, options);
    return { ...none, findings: { "base-url": baseUrl, client, proxy } };
  }
  const client = sayClient({ options, configured: project.desired.client });
  return {
    ...none,
    api: connection.api,
    findings: { "base-url": baseUrl, client, proxy },
    close: () => connection.close(),
  };
}

async function openGStable(
  { project, key }: Patient,
  options: NetworkOptions,
  context: CommandContext,
): Promise<Probe> {
  const { gstableClient } = context;
  const clock = watchClock(context.fetch ?? ((input, init) => globalThis.fetch(input, init)));
  const settings = {
    ...baseUrlsOf(context),
    apiKey: key.secret,
    client: options.client ?? project?.desired.client ?? "builtin",
    gstableClient,
    access: "read" as const,
    timeoutMs: options.timeoutMs,
    deadlineMs: options.deadlineMs,
    parallelism: options.parallelism,
    rps: options.rps,
    signal: context.signal,
    env: context.env,
  };
  // Once without our fetch: only Node's own is warned of about proxies.
  const plain = await createApi(settings);
  const api = plain.ok ? await createApi({ ...settings, fetch: clock.fetch }) : plain;
  const problems = plain.ok ? [] : plain.diagnostics;
  const keyProblems = problems.filter(isAboutKey);
  return {
    api: api.ok ? api.value : undefined,
    hasKey: key.isSet || gstableClient !== undefined,
    sightings: clock.sightings,
    findings: {
      "base-url": sayBaseUrl(problems, options, context),
      client: checkClient(problems, { options, configured: project?.desired.client }, context),
      proxy: sayProxy(plain.diagnostics),
    },
    keyTrouble: keyProblems.length === 0 ? undefined : failedWith("key", keyProblems, options),
    close: async () => {},
  };
}

/** No key, or one that no header can carry. */
const isAboutKey = ({ code }: Diagnostic) => code === "GS6001" || code === "GS6003";

function sayBaseUrl(
  problems: readonly Diagnostic[],
  options: NetworkOptions,
  context: CommandContext,
): Finding {
  const wrong = problems.filter(({ code }) => code === "GS6002");
  if (wrong.length > 0) return failedWith("base-url", wrong, options);
  const { baseUrl, publicBaseUrl } = baseUrlsOf(context);
  const from = context.env.GSTABLE_BASE_URL?.trim() ? "from GSTABLE_BASE_URL" : "the default";
  const open =
    publicBaseUrl === undefined ? "" : `Public API: ${publicBaseUrl}, from GSTABLE_PUBLIC_BASE_URL.`;
  return fine("base-url", `${baseUrl}, ${from}`, open);
}

interface ClientChoice {
  readonly options: NetworkOptions;
  /** What the configuration says; unset where it cannot be read. */
  readonly configured: "builtin" | "gstable-js" | undefined;
}

/** Limits out of range stop every client, as a key does that no header can carry. */
function checkClient(
  problems: readonly Diagnostic[],
  choice: ClientChoice,
  context: CommandContext,
): Finding {
  const wrong = problems.filter((one) => one.code !== "GS6002" && !isAboutKey(one));
  if (wrong.length > 0) return failedWith("client", wrong, choice.options);
  if (context.gstableClient !== undefined) return fine("client", "gstable-js, handed in by the caller");
  return sayClient(choice);
}

function sayClient({ options, configured }: ClientChoice): Finding {
  const client = options.client ?? configured ?? "builtin";
  const why =
    options.client !== undefined
      ? "because of --client"
      : client === "builtin"
        ? "the default"
        : "as the configuration says";
  return fine("client", `${client === "builtin" ? "The built-in client" : "gstable-js"}, ${why}`);
}

function sayProxy(diagnostics: readonly Diagnostic[]): Finding {
  const warning = diagnostics.find(({ code }) => code === "GS6006");
  if (warning === undefined) return fine("proxy", "None is set that would be ignored");
  return { ...warned("proxy", warning.summary, warning), diagnostics: [warning] };
}
