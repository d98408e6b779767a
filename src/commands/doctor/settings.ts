import { count } from "../../render/index.js";
import { provider } from "../../resources/provider.js";
import type { Kind } from "../../state/address.js";
import { DEFAULT_KEY_VARIABLE } from "../connection.js";
import type { CommandContext, NetworkOptions } from "../context.js";
import { type Finding, failed, fine, skipped, warned } from "./check.js";
import type { KeySource, Patient } from "./patient.js";

/** What can be said without any network: Node, the configuration, the environment, the key. */
export function checkSettings(
  patient: Patient,
  options: NetworkOptions,
  context: CommandContext,
): { node: Finding; configuration: Finding; environment: Finding; key: Finding } {
  return {
    node: checkNode(process.versions.node),
    configuration: checkConfiguration(patient, options),
    environment: checkEnvironment(patient),
    key: checkKey(patient.key, options, context),
  };
}

/** package.json, engines. */
const LEAST_NODE = [20, 12] as const;

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
    return fine("node", `Node ${version}`);
  return failed("node", `Node ${version} is too old`, {
    remedy: `Use Node ${leastMajor}.${leastMinor} or later.`,
  });
}

/** What is read, and how much is in it. The problems of an invalid one are told as `validate` does. */
export function checkConfiguration({ project, trouble }: Patient, { config }: NetworkOptions): Finding {
  if (project === undefined) return trouble ?? skipped("configuration", "Not read");
  const { desired } = project;
  const diagnostics = project.remarks();
  const ofKind = (kind: Kind) => [...desired.entries.values()].filter((entry) => entry.kind === kind).length;
  const parts = [...provider.kinds.values()].map(({ kind, label }) => count(ofKind(kind), label));
  const file = config === "-" ? "standard input" : config;
  const summary = `${file}, project \`${desired.project}\`: ${parts.join(", ")}`;
  const found = diagnostics.filter(({ severity }) => severity !== "note");
  if (found.length === 0) return fine("configuration", summary);
  const detail = found.map((one) => one.summary).join(". ");
  return { ...warned("configuration", summary, { detail }), diagnostics: found };
}

function checkEnvironment({ project }: Patient): Finding {
  if (project === undefined) return skipped("environment", "The configuration cannot be read");
  const { environment } = project.desired;
  return fine("environment", environment === null ? "The configuration has none" : `\`${environment}\``);
}

function checkKey(
  key: KeySource,
  { sandbox }: NetworkOptions,
  { env, gstableClient }: CommandContext,
): Finding {
  if (sandbox === true) return fine("key", "None is needed: the embedded sandbox has one of its own");
  if (gstableClient !== undefined) return fine("key", "That of the client that was handed in");
  if (!key.isSet) return noKey(key, env);
  const { keyKind, lastFour } = key.secret;
  const tail = lastFour === undefined ? "" : `, ends in ${lastFour}`;
  const by = key.named ? ", which the configuration names" : "";
  const from = `from ${key.variable}${by}`;
  switch (keyKind) {
    case "secret":
      return fine("key", `A secret key (sk_live_)${tail}, ${from}`);
    case "restricted":
      return fine(
        "key",
        `A restricted key (rk_live_)${tail}, ${from}`,
        "It can plan; apply needs a secret key.",
      );
    case "other":
      return warned("key", `A key of a kind that is not documented${tail}, ${from}`, {
        detail: "GStable's keys begin with sk_live_ or rk_live_; what this one may do is not known.",
      });
    default:
      return keyKind satisfies never;
  }
}

/** Another variable may hold it: its name is no secret. */
function noKey({ variable }: KeySource, env: CommandContext["env"]): Finding {
  const others = Object.keys(env)
    .filter((name) => name.startsWith(DEFAULT_KEY_VARIABLE) && name !== variable && env[name]?.trim())
    .sort();
  return failed("key", `None: ${variable} is empty or not set`, {
    detail: others.length === 0 ? "" : `Set, but not used here: ${others.join(", ")}.`,
    remedy: `Set ${variable}, or work without an account: --sandbox.`,
  });
}
