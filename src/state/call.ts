/**
 * Calls to GStable as data, named like the gstable-js client (`client.paymentLink.disable(id)` is
 * `{ method: "paymentLink.disable", args: [id] }`), and what can come of them.
 */

/** Calls that only read. `product.listByIds` is the one POST among them. */
export const readMethods = [
  "product.list",
  "product.listByIds",
  "paymentLink.list",
  "paymentLink.detail",
  "account.list",
  "account.detail",
  "capability.all",
  "webhook.list",
  "webhook.detail",
  "checkoutSession.detail",
] as const;

/** Calls that change something. */
export const writeMethods = [
  "product.create",
  "product.update",
  "product.archive",
  "product.unarchive",
  "product.remove",
  "paymentLink.create",
  "paymentLink.update",
  "paymentLink.disable",
  "paymentLink.enable",
  "webhook.create",
  "webhook.update",
  "webhook.disable",
  "webhook.enable",
  "webhook.refreshKey",
  "webhook.remove",
  "checkoutSession.create",
  "checkoutSession.cancel",
] as const;

export type ReadMethod = (typeof readMethods)[number];
export type WriteMethod = (typeof writeMethods)[number];
export type CallMethod = ReadMethod | WriteMethod;

export interface Call<M extends CallMethod = CallMethod> {
  readonly method: M;
  readonly args: readonly unknown[];
}

/**
 * What became of a call. Never two but three:
 * - `done`: the API says that it was carried out; `data` is its answer, unchecked;
 * - `refused`: it certainly was not carried out;
 * - `unknown`: it may or may not have been (time-out, reset, 5xx, HTML, half JSON, codes that say nothing).
 */
export type Outcome =
  | { readonly kind: "done"; readonly data: unknown }
  | ({ readonly kind: "refused"; readonly reason: RefusedReason } & Failure)
  | ({ readonly kind: "unknown" } & Failure);

/** `auth` (401, 403) ends the run; `notSent` never left this machine; `busy` (900101, 429) may be tried again later. */
export type RefusedReason = "rejected" | "auth" | "notSent" | "busy";

export interface Failure {
  /** The API's business code; else the HTTP status; -1 when there was no answer at all. */
  readonly code: number;
  /** The API's own words or ours, without any secret. A stranger's text. */
  readonly message: string;
}
