/** What the double needs of the options of gstable-js. */
interface Options {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly publicBaseUrl: string;
  readonly fetchImpl: typeof fetch;
}

/**
 * A stand-in for gstable-js where it is not installed: it sends what the API facts say, hides what comes of it behind
 * an error that says nothing, and `repeats` by itself, as a later version might.
 */
export function sdkDouble({ repeats = 0, keySeen = [] as string[] } = {}): unknown {
  class GStableClient {
    readonly product;
    readonly paymentLink;
    readonly account;
    readonly capability;
    readonly webhook;
    readonly checkoutSession;

    constructor(options: Options) {
      keySeen.push(options.apiKey);
      const send = async (method: string, url: string, body?: unknown, authorization?: string) => {
        const headers = { accept: "application/json", ...(authorization ? { authorization } : {}) };
        const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
        let last: unknown;
        for (let tries = 0; tries <= repeats; tries += 1) {
          last = await options.fetchImpl(url, init).catch(() => undefined);
        }
        throw new Error(`hidden ${typeof last}`);
      };
      const get = (path: string) =>
        send("GET", options.baseUrl + path, undefined, `Bearer ${options.apiKey}`);
      const post = (path: string, body: unknown) =>
        send("POST", options.baseUrl + path, body, `Bearer ${options.apiKey}`);
      const id = encodeURIComponent;
      this.product = {
        create: (body: unknown) => post("/product/create", body),
        update: (body: unknown) => post("/product/update", body),
        list: (page: number, size: number) => get(`/product/list/${page}/${size}`),
        listByIds: (body: unknown) => post("/product/list/by/ids", body),
        archive: (productId: string) => post("/product/archive", { productId }),
        unarchive: (productId: string) => post("/product/unarchive", { productId }),
        remove: (productId: string) => post("/product/remove", { productId }),
      };
      this.paymentLink = {
        create: (body: unknown) => post("/payment/link/create", body),
        update: (body: unknown) => post("/payment/link/update", body),
        disable: (linkId: string) => post("/payment/link/disable", { linkId }),
        enable: (linkId: string) => post("/payment/link/enable", { linkId }),
        detail: (linkId: string) => get(`/payment/link/${id(linkId)}`),
        list: (page: number, size: number) => get(`/payment/link/list/${page}/${size}`),
      };
      this.account = {
        list: () => get("/account/list"),
        detail: (accountId: string) => get(`/account/detail/${id(accountId)}`),
      };
      this.capability = { all: () => send("GET", `${options.publicBaseUrl}/capabilities/all`) };
      this.webhook = {
        create: (body: unknown) => post("/webhook/create", body),
        update: (body: unknown) => post("/webhook/update", body),
        list: () => get("/webhook/list"),
        detail: (webhookId: string) => get(`/webhook/detail/${id(webhookId)}`),
        disable: (webhookId: string) => post("/webhook/disable", { webhookId }),
        enable: (webhookId: string) => post("/webhook/enable", { webhookId }),
        refreshKey: (webhookId: string) => post("/webhook/key/refresh", { webhookId }),
        remove: (webhookId: string) => post("/webhook/remove", { webhookId }),
      };
      this.checkoutSession = {
        create: (body: unknown) => post("/session/checkout/create", body),
        cancel: (sessionId: string) => post("/session/checkout/cancel", { sessionId }),
        detail: (sessionId: string) => get(`/session/${id(sessionId)}`),
      };
    }
  }
  return { GStableClient };
}
