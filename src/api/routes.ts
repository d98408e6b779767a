import type { CallMethod } from "../state/call.js";

/**
 * What a good answer to a call holds:
 * - `success`: an operation, `{success: true}` (Fact F3);
 * - `data`: a read, anything but nothing;
 * - `{ id }`: a create, an object that names itself in this field.
 */
export type Expected = "success" | "data" | { readonly id: string };

export interface Route {
  readonly verb: "GET" | "POST";
  /** Below the base URL; `:name` takes the next argument, percent-encoded. */
  readonly path: string;
  /** The body is this one field with the first argument; without it the first argument is the body. */
  readonly field?: string;
  /** The capabilities are public, have a base URL of their own, and never see the key. */
  readonly host?: "public";
  readonly expects: Expected;
}

/** Fact F4: paths, methods and bodies as gstable-js 0.1.0 sends them. */
export const routes: Readonly<Record<CallMethod, Route>> = {
  "product.create": { verb: "POST", path: "/product/create", expects: { id: "productId" } },
  "product.update": { verb: "POST", path: "/product/update", expects: "success" },
  "product.list": { verb: "GET", path: "/product/list/:page/:size", expects: "data" },
  "product.listByIds": { verb: "POST", path: "/product/list/by/ids", expects: "data" },
  "product.archive": { verb: "POST", path: "/product/archive", field: "productId", expects: "success" },
  "product.unarchive": { verb: "POST", path: "/product/unarchive", field: "productId", expects: "success" },
  "product.remove": { verb: "POST", path: "/product/remove", field: "productId", expects: "success" },

  "paymentLink.create": { verb: "POST", path: "/payment/link/create", expects: { id: "linkId" } },
  "paymentLink.update": { verb: "POST", path: "/payment/link/update", expects: "success" },
  "paymentLink.disable": { verb: "POST", path: "/payment/link/disable", field: "linkId", expects: "success" },
  "paymentLink.enable": { verb: "POST", path: "/payment/link/enable", field: "linkId", expects: "success" },
  "paymentLink.detail": { verb: "GET", path: "/payment/link/:linkId", expects: "data" },
  "paymentLink.list": { verb: "GET", path: "/payment/link/list/:page/:size", expects: "data" },

  "account.detail": { verb: "GET", path: "/account/detail/:accountId", expects: "data" },
  "account.list": { verb: "GET", path: "/account/list", expects: "data" },

  "capability.all": { verb: "GET", path: "/capabilities/all", host: "public", expects: "data" },

  "webhook.create": { verb: "POST", path: "/webhook/create", expects: { id: "webhookId" } },
  "webhook.update": { verb: "POST", path: "/webhook/update", expects: "success" },
  "webhook.list": { verb: "GET", path: "/webhook/list", expects: "data" },
  "webhook.detail": { verb: "GET", path: "/webhook/detail/:webhookId", expects: "data" },
  "webhook.disable": { verb: "POST", path: "/webhook/disable", field: "webhookId", expects: "success" },
  "webhook.enable": { verb: "POST", path: "/webhook/enable", field: "webhookId", expects: "success" },
  "webhook.refreshKey": {
    verb: "POST",
    path: "/webhook/key/refresh",
    field: "webhookId",
    expects: "success",
  },
  "webhook.remove": { verb: "POST", path: "/webhook/remove", field: "webhookId", expects: "success" },

  "checkoutSession.create": { verb: "POST", path: "/session/checkout/create", expects: { id: "sessionId" } },
  "checkoutSession.cancel": {
    verb: "POST",
    path: "/session/checkout/cancel",
    field: "sessionId",
    expects: "success",
  },
  "checkoutSession.detail": { verb: "GET", path: "/session/:sessionId", expects: "data" },
};

/** The one POST that only reads. */
export const readingPostPath = routes["product.listByIds"].path;
