import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";

/** As gstable-js has it; the REST pages say `/payment/v1`: which one is live is not documented (gstable-api.md 1). */
const defaultBaseUrl = "https://api.gstable.io/api/v1/";
const publicPath = "/public/api/v1";
/** Serves payers: the same paths answer there with other bodies (gstable-api.md 12). */
const payerHosts = ["aipay.gstable.io", "pay.gstable.io"];

export interface BaseUrls {
  /** Both without a slash at the end. */
  readonly merchant: string;
  readonly public: string;
  /** Scheme, host, port of the merchant API. */
  readonly origin: string;
}

/**
 * Both base URLs, checked: https (http on loopback), no user info, no query, not the payers' host.
 * The public one is by default that of the merchant's origin, so that a run against another server never asks
 * production; for gstable's own origin this is the default of gstable-js.
 */
export function parseBaseUrls(options: {
  readonly baseUrl?: string | undefined;
  readonly publicBaseUrl?: string | undefined;
}): Result<BaseUrls> {
  const merchant = parseBaseUrl(options.baseUrl ?? defaultBaseUrl, "The base URL");
  if (!merchant.ok) return merchant;
  const { origin } = merchant.value;
  const open = parseBaseUrl(options.publicBaseUrl ?? origin + publicPath, "The public base URL");
  if (!open.ok) return open;
  return success({ merchant: withoutSlash(merchant.value), public: withoutSlash(open.value), origin });
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function parseBaseUrl(text: string, what: string): Result<URL> {
  // The text itself is not repeated where it could hold a password.
  if (!URL.canParse(text)) return failure(wrong(`${what} is not a URL.`));
  const url = new URL(text);
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.username !== "" || url.password !== "") {
    return failure(
      wrong(`${what} ${shown} holds credentials.`, "They would be written to logs and lockfile."),
    );
  }
  if (url.search !== "" || url.hash !== "")
    return failure(wrong(`${what} ${shown} has a query or a fragment.`));
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return failure(wrong(`${what} ${shown} is not https.`, "The key would travel in the clear."));
  }
  if (payerHosts.includes(url.hostname)) {
    return failure(wrong(`${what} ${shown} is the payers' host, not the merchant API.`));
  }
  return success(url);
}

function wrong(summary: string, detail?: string): Diagnostic {
  return {
    code: "GS6002",
    severity: "error",
    summary,
    ...(detail === undefined ? {} : { detail }),
    remedy: `Write it like ${defaultBaseUrl} (http only for 127.0.0.1, localhost and [::1]).`,
  };
}

function withoutSlash(url: URL): string {
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
