import { vi } from "vitest";
import { linkBody, productBody, send, webhookBody } from "../client.js";
import {
  byIds,
  codeOf,
  type Effects,
  firstLink,
  firstProduct,
  made,
  tryProduct,
  updateLink,
} from "./effect.js";

export const fieldEffects: Effects<
  | "mountedPrefixes"
  | "httpStatus"
  | "acceptedKeys"
  | "authErrorBody"
  | "authErrorStatus"
  | "restrictedKeyWrites"
  | "numbers"
  | "timestamps"
  | "latencyMs"
  | "readLag"
  | "omittedOptional"
  | "clearedReadsAs"
  | "emptyInProducts"
  | "emptyInLinks"
  | "emptyInWebhooks"
  | "nullInBody"
  | "texts"
  | "textUnit"
  | "undocumentedTextLimit"
  | "attributesOrder"
  | "lineItemsOrder"
  | "eventsOrder"
  | "commonPricesOrder"
  | "duplicateEvents"
  | "unknownEvents"
> = {
  mountedPrefixes: {
    to: ["/payment/v1"],
    look: async (client) => (await client.get("/account/list")).status,
    seen: 404,
  },
  httpStatus: {
    to: "mirrored",
    look: async (client) => (await client.get("/payment/link/lnk_x")).status,
    seen: 404,
  },
  acceptedKeys: {
    to: ["sk_live_other"],
    look: async (client) => (await client.get("/account/list")).status,
    seen: 401,
  },
  authErrorBody: {
    to: "html",
    look: async ({ sandbox }) =>
      (await send(sandbox, "/account/list", { method: "GET", headers: { Authorization: "x" } })).text.slice(
        0,
        9,
      ),
    seen: "<!DOCTYPE",
  },
  authErrorStatus: {
    to: 403,
    look: async ({ sandbox }) =>
      (await send(sandbox, "/account/list", { method: "GET", headers: { Authorization: "x" } })).status,
    seen: 403,
  },
  restrictedKeyWrites: {
    to: "allowed",
    look: async ({ sandbox }) => {
      const headers = { Authorization: "Bearer rk_live_a" };
      return (
        await send(sandbox, "/product/create", { method: "POST", headers, body: JSON.stringify(productBody) })
      ).code;
    },
    seen: 0,
  },
  numbers: {
    to: "strings",
    look: async (client) => (await made(client)).commonPrices,
    seen: ["9990000", "99000000"],
  },
  timestamps: {
    to: "plus8",
    look: async (client) => (await made(client)).createAt,
    seen: "2026-01-02 11:04:05",
  },
  latencyMs: {
    to: 5,
    look: async (client) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      try {
        let isAnswered = false;
        let timers = 0;
        const answer = client.get("/account/list").then(() => {
          isAnswered = true;
        });
        while (!isAnswered) {
          timers += vi.getTimerCount();
          vi.advanceTimersByTime(5);
          await new Promise(setImmediate);
        }
        await answer;
        return timers > 0;
      } finally {
        vi.useRealTimers();
      }
    },
    seen: true,
  },
  readLag: {
    to: 2,
    look: async (client) => {
      const { productId } = await made(client);
      const seen: number[] = [];
      for (let look = 0; look < 3; look += 1) seen.push((await byIds(client, productId)).data.length);
      return seen;
    },
    seen: [0, 0, 1],
  },

  omittedOptional: {
    to: "keep",
    look: async (client) => {
      const { productId } = await made(client, { description: "All" });
      await client.write("/product/update", { ...productBody, productId });
      return (await firstProduct(client)).description;
    },
    seen: "All",
  },
  clearedReadsAs: { to: "null", look: async (client) => (await made(client)).description, seen: null },
  emptyInProducts: { to: "refused", look: tryProduct({ description: "" }), seen: 400101 },
  emptyInLinks: { to: "refused", look: (client) => updateLink(client, { successUrl: "" }), seen: 400101 },
  emptyInWebhooks: {
    to: "keep",
    look: async (client) => {
      const { webhookId } = await client.write("/webhook/create", {
        ...webhookBody,
        webhookDescription: "Old",
      });
      await client.write("/webhook/update", { ...webhookBody, webhookId, webhookDescription: "" });
      return (await client.read(`/webhook/detail/${webhookId}`)).webhookDescription;
    },
    seen: "Old",
  },
  nullInBody: { to: "empty", look: tryProduct({ description: null, attributes: null }), seen: 0 },
  texts: { to: "trimmed", look: async (client) => (await made(client, { name: " a " })).name, seen: "a" },
  textUnit: { to: "bytes", look: tryProduct({ name: "ä".repeat(60) }), seen: 400101 },
  undocumentedTextLimit: {
    to: 7,
    look: (client) => updateLink(client, { linkName: "A longer name" }),
    seen: 400101,
  },
  attributesOrder: {
    to: "shuffled",
    look: async (client) => {
      const attributes = ["a", "b"].map((name) => ({ name, value: "x" }));
      return (await made(client, { attributes })).attributes.map(
        (attribute: { name: string }) => attribute.name,
      );
    },
    seen: ["b", "a"],
  },
  lineItemsOrder: {
    to: "shuffled",
    look: async (client) => {
      const { productId } = await made(client);
      const item = { itemType: "product", productId, unitPrice: 1 };
      const lineItems = [1, 2].map((quantity) => ({ ...item, quantity }));
      await client.write("/payment/link/create", linkBody(productId, { lineItems }));
      return (await firstLink(client)).lineItems.items.map((one: { quantity: number }) => one.quantity);
    },
    seen: [2, 1],
  },
  eventsOrder: {
    to: "shuffled",
    look: async (client) => (await client.write("/webhook/create", webhookBody)).subscribedEvents,
    seen: ["session.completed", "session.paid"],
  },
  commonPricesOrder: {
    to: "shuffled",
    look: async (client) => (await made(client)).commonPrices,
    seen: [99_000_000, 9_990_000],
  },
  duplicateEvents: {
    to: "dropped",
    look: async (client) => {
      const subscribedEvents = ["session.paid", "session.paid"];
      return (await client.write("/webhook/create", { ...webhookBody, subscribedEvents })).subscribedEvents;
    },
    seen: ["session.paid"],
  },
  unknownEvents: {
    to: "allowed",
    look: (client) =>
      codeOf(client.post("/webhook/create", { ...webhookBody, subscribedEvents: ["payment.completed"] })),
    seen: 0,
  },
};
