import type { Call, CallMethod } from "../state/call.js";

/**
 * What we use of gstable-js' `GStableClient`: a real one is assignable to it, and so is a double.
 * Methods (not properties), so that the SDK's narrower parameters fit.
 */
export interface GStableClientLike {
  readonly product: {
    create(body: object): Promise<unknown>;
    update(body: object): Promise<unknown>;
    list(page: number, size: number): Promise<unknown>;
    listByIds(body: { productIds: string[] }): Promise<unknown>;
    archive(productId: string): Promise<unknown>;
    unarchive(productId: string): Promise<unknown>;
    remove(productId: string): Promise<unknown>;
  };
  readonly paymentLink: {
    create(body: object): Promise<unknown>;
    update(body: object): Promise<unknown>;
    disable(linkId: string): Promise<unknown>;
    enable(linkId: string): Promise<unknown>;
    detail(linkId: string): Promise<unknown>;
    list(page: number, size: number): Promise<unknown>;
  };
  readonly account: {
    list(): Promise<unknown>;
    detail(accountId: string): Promise<unknown>;
  };
  readonly capability: { all(): Promise<unknown> };
  readonly webhook: {
    create(body: object): Promise<unknown>;
    update(body: object): Promise<unknown>;
    list(): Promise<unknown>;
    detail(webhookId: string): Promise<unknown>;
    disable(webhookId: string): Promise<unknown>;
    enable(webhookId: string): Promise<unknown>;
    refreshKey(webhookId: string): Promise<unknown>;
    remove(webhookId: string): Promise<unknown>;
  };
  readonly checkoutSession: {
    create(body: object): Promise<unknown>;
    cancel(sessionId: string): Promise<unknown>;
    detail(sessionId: string): Promise<unknown>;
  };
}

/** Every call that the engine may ask for, as `resource.method`: one that the interface lacks does not compile. */
type Surface = {
  [R in keyof GStableClientLike & string]: `${R}.${keyof GStableClientLike[R] & string}`;
}[keyof GStableClientLike];

/** Runs a call on a client. A client that lacks the method fails with a TypeError: see `missingCalls`. */
export async function invokeOn(client: GStableClientLike, call: Call): Promise<unknown> {
  const target = methodOf(client, call.method);
  if (target === undefined) throw new TypeError(`the client has no ${call.method}`);
  return await target(...call.args);
}

/** The calls that a client does not offer. */
export function missingCalls(
  client: unknown,
  methods: Iterable<CallMethod & Surface>,
): readonly CallMethod[] {
  return [...methods].filter((method) => methodOf(client, method) === undefined);
}

function methodOf(client: unknown, method: CallMethod): ((...args: unknown[]) => unknown) | undefined {
  const [resourceName = "", name = ""] = method.split(".");
  const resource = memberOf(client, resourceName);
  const found = memberOf(resource, name);
  return typeof found === "function" ? (...args) => Reflect.apply(found, resource, args) : undefined;
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}
