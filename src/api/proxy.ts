import type { Diagnostic } from "../diagnostics/index.js";
import { isLoopback } from "./base-url.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A warning when a proxy is set for this URL and Node's own fetch will not use it: Node 20 ignores the variables, later
 * ones want NODE_USE_ENV_PROXY=1. Better said before the time-out than guessed after it. Never quotes the value: it may
 * hold a password.
 */
export function warnOfProxy(baseUrl: string, env: Environment): Diagnostic | undefined {
  const url = new URL(baseUrl);
  const name = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const found = [name, name.toLowerCase()].find((candidate) => (env[candidate] ?? "") !== "");
  if (found === undefined || isLoopback(url.hostname) || isExempt(url, env.NO_PROXY || env.no_proxy || "")) {
    return undefined;
  }
  if (env.NODE_USE_ENV_PROXY === "1" && canUseEnvProxy(process.versions.node)) return undefined;
  return {
    code: "GS6006",
    severity: "warning",
    summary: `\`${found}\` is set, but Node's fetch does not use it here.`,
    detail: `Requests go to ${url.host} directly, which a network that requires its proxy will not let through.`,
    remedy: `Use Node 24 with NODE_USE_ENV_PROXY=1, or put ${url.hostname} into NO_PROXY if it is reachable directly.`,
  };
}

function isExempt(url: URL, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(url, entry));
}

/** `*`, `host`, `.domain`, `*.domain`, each with an optional port; a domain covers what is below it. */
function matches(url: URL, entry: string): boolean {
  if (entry === "*") return true;
  const [, host = "", port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  const ownPort = url.port || (url.protocol === "https:" ? "443" : "80");
  if (port !== undefined && port !== ownPort) return false;
  const domain = host.replace(/^\*?\./, "");
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}

/** Node 22.21 and 24.0 brought NODE_USE_ENV_PROXY. */
function canUseEnvProxy(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 21);
}
