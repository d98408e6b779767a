/**
 * The way to GStable: calls in, outcomes out. The only room that knows base URLs, keys, time limits and gstable-js.
 * It deliberately does not know what a product or a link is, which write may be sent again, or when a list is complete.
 */
export { DEFAULT_BASE_URL } from "./base-url.js";
export type { GStableClientLike } from "./client-like.js";
export { type Clock, realClock } from "./clock.js";
export { createApi } from "./create-api.js";
export { KeyLeakError, ReadOnlyError } from "./errors.js";
export { type ApiOptions, abandoned, type Wait } from "./options.js";
export { createPayerApi, type PayerApi } from "./payers.js";
export type { ApiPort } from "./port.js";
export { containsSecret, createSecret, type KeyKind, redactSecret, type Secret } from "./secret.js";
