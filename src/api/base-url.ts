import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import { readUrl } from "../state/read-url.js";

/** As gstable-js has it; the REST pages say `/payment/v1`. Fact gap G1: which one is live. */
export const DEFAULT_BASE_URL = "https://api.gstable.io/api/v1/";
const publicPath = "/public/api/v1";
/** Fact F47: serves payers; the same paths answer there with other bodies. */
const payerHosts = ["aipay.gstable.io", "pay.gstable.io"];
/** What payers see without a key; on any other server below its own origin. */
const payerBaseUrls = { known: "https://aipay.gstable.io/api/v1", path: "/aipay/api/v1" };

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
  const merchant = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, "The base URL");
  if (!merchant.ok) return merchant;
  const { origin } = merchant.value;
  const open = parseBaseUrl(options.publicBaseUrl ?? origin + publicPath, "The public base URL");
  if (!open.ok) return open;
  return success({ merchant: withoutSlash(merchant.value), public: withoutSlash(open.value), origin });
}

export interface PayerUrls {
  /** All without a slash at the end. */
  readonly payers: string;
  readonly public: string;
}

/**
 * Where to look as payers do, checked like the base URLs. By default what belongs to the merchant API's origin, so that
 * a look at another server never asks production.
 */
export function parsePayerUrls(options: {
  readonly baseUrl?: string | undefined;
  readonly publicBaseUrl?: string | undefined;
  readonly payerBaseUrl?: string | undefined;
}): Result<PayerUrls> {
  const bases = parseBaseUrls(options);
  if (!bases.ok) return bases;
  const { origin } = bases.value;
  const known = origin === new URL(DEFAULT_BASE_URL).origin;
  const text = options.payerBaseUrl ?? (known ? payerBaseUrls.known : origin + payerBaseUrls.path);
  const payers = parseUrl(text, "The payers' base URL");
  if (!payers.ok) return payers;
  return success({ payers: withoutSlash(payers.value), public: bases.value.public });
}

/** Whether a host is this machine by its name alone: nothing is looked up. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function parseBaseUrl(text: string, what: string): Result<URL> {
  const url = parseUrl(text, what);
  if (!url.ok || !payerHosts.includes(url.value.hostname)) return url;
  const { protocol, host, pathname } = url.value;
  return failure(wrong(`${what} ${protocol}//${host}${pathname} is the payers' host, not the merchant API.`));
}

function parseUrl(text: string, what: string): Result<URL> {
  // The text itself is not repeated where it could hold a password.
  const url = readUrl(text);
  if (url === undefined) return failure(wrong(`${what} is not a URL.`));
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
  return success(url);
}

function wrong(summary: string, detail?: string): Diagnostic {
  return {
    code: "GS6002",
    severity: "error",
    summary,
    ...(detail === undefined ? {} : { detail }),
    remedy: `Write it like ${DEFAULT_BASE_URL} (http only for 127.0.0.1, localhost and [::1]).`,
  };
}

function withoutSlash(url: URL): string {
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
