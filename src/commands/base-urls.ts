import { DEFAULT_BASE_URL } from "../api/index.js";
import { readUrl } from "../state/read-url.js";
import type { CommandContext, GlobalOptions } from "./context.js";
import { SANDBOX_BASE_URL } from "./embedded-sandbox.js";

/** The base URLs that the environment names. Which server a given client was built for must be stated: the lockfile rests on it. */
export function baseUrlsOf({ env, gstableClient }: CommandContext): {
  baseUrl: string | undefined;
  publicBaseUrl: string | undefined;
} {
  const unstated = gstableClient === undefined ? DEFAULT_BASE_URL : undefined;
  return {
    baseUrl: env.GSTABLE_BASE_URL?.trim() || unstated,
    publicBaseUrl: env.GSTABLE_PUBLIC_BASE_URL?.trim() || undefined,
  };
}

/** The origin that a lockfile has to name for a command without network; `undefined` where the base URL is none. */
export function expectedOrigin({ sandbox }: GlobalOptions, context: CommandContext): string | undefined {
  const { baseUrl } = sandbox === true ? { baseUrl: SANDBOX_BASE_URL } : baseUrlsOf(context);
  return baseUrl === undefined ? undefined : readUrl(baseUrl)?.origin;
}
