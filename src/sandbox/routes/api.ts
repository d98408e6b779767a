import { accountDetail, listAccounts } from "../accounts.js";
import { allCapabilities } from "../capabilities.js";
import { createPaymentSession } from "../payer/create-session.js";
import { payerLink } from "../payer/link-view.js";
import { preparePayment } from "../payer/prepare-payment.js";
import { payerSession } from "../payer/session-view.js";
import { createLink, disableLink, enableLink, linkDetail, listLinks, updateLink } from "../payment-links.js";
import {
  archiveProduct,
  createProduct,
  listProducts,
  listProductsByIds,
  removeProduct,
  unarchiveProduct,
  updateProduct,
} from "../products.js";
import { cancelSession, createSession } from "../sessions/checkout.js";
import { listSessions, sessionDetail } from "../sessions/look.js";
import {
  createWebhook,
  disableWebhook,
  enableWebhook,
  listWebhooks,
  refreshWebhookKey,
  removeWebhook,
  updateWebhook,
  webhookDetail,
} from "../webhooks.js";
import type { Endpoint } from "../world.js";
import { createRouter, type Route } from "./router.js";

const get = (path: string, handler: Endpoint): Route<Endpoint> => ({ method: "GET", path, handler });
const post = (path: string, handler: Endpoint): Route<Endpoint> => ({ method: "POST", path, handler });

/** The one POST that only reads. */
const readingPost = "/product/list/by/ids";

const merchantRoutes = createRouter([
  post("/product/create", createProduct),
  post("/product/update", updateProduct),
  get("/product/list/:page/:size", listProducts),
  post(readingPost, listProductsByIds),
  post("/product/archive", archiveProduct),
  post("/product/unarchive", unarchiveProduct),
  post("/product/remove", removeProduct),
  post("/payment/link/create", createLink),
  post("/payment/link/update", updateLink),
  post("/payment/link/disable", disableLink),
  post("/payment/link/enable", enableLink),
  get("/payment/link/:linkId", linkDetail),
  get("/payment/link/list/:page/:size", listLinks),
  get("/account/list", listAccounts),
  get("/account/detail/:accountId", accountDetail),
  post("/webhook/create", createWebhook),
  post("/webhook/update", updateWebhook),
  get("/webhook/list", listWebhooks),
  get("/webhook/detail/:webhookId", webhookDetail),
  post("/webhook/disable", disableWebhook),
  post("/webhook/enable", enableWebhook),
  post("/webhook/key/refresh", refreshWebhookKey),
  post("/webhook/remove", removeWebhook),
  post("/session/checkout/create", createSession),
  post("/session/checkout/cancel", cancelSession),
  get("/session/:sessionId", sessionDetail),
  get("/session/list/all/:page/:size", listSessions(undefined)),
  get("/session/list/paid/:page/:size", listSessions("paid")),
  get("/session/list/settling/:page/:size", listSessions("settling")),
  get("/session/list/completed/:page/:size", listSessions("completed")),
  get("/session/list/cancelled/:page/:size", listSessions("cancelled")),
  get("/session/list/settlement/pending/:page/:size", listSessions("settlement_pending")),
]);

const publicRoutes = createRouter([get("/capabilities/all", allCapabilities)]);
const payerRoutes = createRouter([
  get("/payment/link/:linkId", payerLink),
  post("/payment/session/create", createPaymentSession),
  get("/session/:sessionId", payerSession),
  post("/payment/prepare", preparePayment),
]);

export interface Found {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly needsKey: boolean;
  /** Whether it is the payer host's. */
  readonly isPayers: boolean;
  /** Whether it wants a payer's signature. */
  readonly isSigned: boolean;
}

/** The endpoint behind a method and path; the payer host's paths are told apart by prefix or host name. */
export function findEndpoint(
  request: { readonly method: string; readonly host: string; readonly path: string },
  merchantPrefixes: readonly string[],
): Found | undefined {
  const { method, path } = request;
  const payerPrefixes = request.host.startsWith("aipay.") ? ["/aipay/api/v1", "/api/v1"] : ["/aipay/api/v1"];
  const mounted = [
    { prefixes: payerPrefixes, routes: payerRoutes, needsKey: false },
    { prefixes: ["/public/api/v1"], routes: publicRoutes, needsKey: false },
    {
      prefixes: request.host.startsWith("aipay.") ? [] : merchantPrefixes,
      routes: merchantRoutes,
      needsKey: true,
    },
  ];
  for (const { prefixes, routes, needsKey } of mounted) {
    for (const prefix of prefixes.filter((one) => path.startsWith(`${one}/`))) {
      const match = routes(method, path.slice(prefix.length));
      if (match === undefined) continue;
      return {
        endpoint: match.route.handler,
        params: match.params,
        needsKey,
        isPayers: routes === payerRoutes,
        isSigned: routes === payerRoutes && method === "POST",
      };
    }
  }
  return undefined;
}

/** Whether a request may change something. */
export function isWrite(method: string, path: string): boolean {
  return method !== "GET" && method !== "HEAD" && !path.endsWith(readingPost);
}
