import type { GStableClientLike } from "../../src/index.js";

/** A client with a fetch and a key of its own, as somebody's program might have built it; `asked` tells what ran. */
export function givenClient(ownFetch: typeof fetch, asked: string[]): GStableClientLike {
  const send = async (path: string, body?: object): Promise<unknown> => {
    asked.push(path);
    const answer = await ownFetch(`https://api.gstable.example/api/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: "Bearer sk_live_of_its_own" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { code, message, data } = (await answer.json()) as { code: number; message: string; data: unknown };
    if (code !== 0) throw Object.assign(new Error(message), { code });
    return data;
  };
  return {
    product: {
      create: (body) => send("/product/create", body),
      update: (body) => send("/product/update", body),
      list: (page, size) => send(`/product/list/${page}/${size}`),
      listByIds: (body) => send("/product/list/by/ids", body),
      archive: (productId) => send("/product/archive", { productId }),
      unarchive: (productId) => send("/product/unarchive", { productId }),
      remove: (productId) => send("/product/remove", { productId }),
    },
    paymentLink: {
      create: (body) => send("/payment/link/create", body),
      update: (body) => send("/payment/link/update", body),
      disable: (linkId) => send("/payment/link/disable", { linkId }),
      enable: (linkId) => send("/payment/link/enable", { linkId }),
      detail: (linkId) => send(`/payment/link/${linkId}`),
      list: (page, size) => send(`/payment/link/list/${page}/${size}`),
    },
    account: { list: () => send("/account/list"), detail: (id) => send(`/account/detail/${id}`) },
    capability: { all: () => send("/capabilities/all") },
    webhook: {
      create: (body) => send("/webhook/create", body),
      update: (body) => send("/webhook/update", body),
      list: () => send("/webhook/list"),
      detail: (id) => send(`/webhook/detail/${id}`),
      disable: (webhookId) => send("/webhook/disable", { webhookId }),
      enable: (webhookId) => send("/webhook/enable", { webhookId }),
      refreshKey: (webhookId) => send("/webhook/key/refresh", { webhookId }),
      remove: (webhookId) => send("/webhook/remove", { webhookId }),
    },
    checkoutSession: {
      create: (body) => send("/session/checkout/create", body),
      cancel: (sessionId) => send("/session/checkout/cancel", { sessionId }),
      detail: (sessionId) => send(`/session/${sessionId}`),
    },
  };
}
