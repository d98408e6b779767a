import { productBody } from "../client.js";
import {
  archivedProduct,
  byIds,
  codeOf,
  type Effects,
  firstLink,
  firstProduct,
  image,
  made,
  names,
  removedProduct,
  tryProduct,
} from "./effect.js";

export const listEffects: Effects<
  | "listOrder"
  | "maxPageSize"
  | "oversizedPage"
  | "pageBeyondEnd"
  | "listOmits"
  | "listsArchivedProducts"
  | "listsRemovedProducts"
  | "listsArchivedLinks"
  | "byIdsMissing"
  | "byIdsArchived"
  | "byIdsRemoved"
  | "byIdsOrder"
  | "byIdsMax"
  | "image"
  | "hostedImageResubmitted"
  | "updateUsedProduct"
  | "updateArchivedProduct"
  | "archiveUsedProduct"
  | "zeroCommonPrice"
  | "duplicateCommonPrices"
  | "maxPrice"
> = {
  listOrder: { to: "oldest", look: (client) => names(client), seen: "abcdef" },
  maxPageSize: { to: 2, look: (client) => names(client), seen: "fe" },
  oversizedPage: { to: "refused", look: (client) => codeOf(client.get("/product/list/1/101")), seen: 400101 },
  pageBeyondEnd: { to: "refused", look: (client) => codeOf(client.get("/product/list/2/10")), seen: 400101 },
  listOmits: {
    to: ["successUrl"],
    look: async (client) => {
      await client.shop({ successUrl: "https://acme.example/" });
      return (await firstLink(client)).successUrl;
    },
    seen: undefined,
  },
  listsArchivedProducts: {
    to: false,
    look: async (client) =>
      archivedProduct(client).then(async () => (await client.read("/product/list/1/1")).total),
    seen: 0,
  },
  listsRemovedProducts: {
    to: true,
    look: async (client) =>
      removedProduct(client).then(async () => (await client.read("/product/list/1/1")).total),
    seen: 1,
  },
  listsArchivedLinks: {
    to: false,
    look: async (client) => {
      const { link } = await client.shop();
      client.sandbox.dashboard.archiveLink({ linkId: link.linkId });
      return (await client.read("/payment/link/list/1/1")).total;
    },
    seen: 0,
  },
  byIdsMissing: { to: "refused", look: (client) => codeOf(byIds(client, "prd_x")), seen: 100302 },
  byIdsArchived: {
    to: "refused",
    look: async (client) => codeOf(byIds(client, await archivedProduct(client))),
    seen: 100303,
  },
  byIdsRemoved: {
    to: "refused",
    look: async (client) => codeOf(byIds(client, await removedProduct(client))),
    seen: 100306,
  },
  byIdsOrder: {
    to: "catalogue",
    look: async (client) => {
      const early = await made(client, { name: "early" });
      client.sandbox.clock.advance(1000);
      const late = await made(client, { name: "late" });
      return (await byIds(client, late.productId, early.productId)).data.map(
        (each: { name: string }) => each.name,
      );
    },
    seen: ["early", "late"],
  },
  byIdsMax: { to: 1, look: (client) => codeOf(byIds(client, "prd_x", "prd_y")), seen: 400101 },

  image: {
    to: "asSent",
    look: async (client) => (await made(client, { imageUrl: image })).imageUrl,
    seen: image,
  },
  hostedImageResubmitted: {
    to: "rewritten",
    look: async (client) => {
      const { productId, imageUrl } = await made(client, { imageUrl: image });
      await client.write("/product/update", { ...productBody, productId, imageUrl });
      return (await firstProduct(client)).imageUrl === imageUrl;
    },
    seen: false,
  },
  updateUsedProduct: {
    to: "refused",
    look: async (client) => {
      const { productId } = (await client.shop()).product;
      return codeOf(client.post("/product/update", { ...productBody, productId }));
    },
    seen: 100305,
  },
  updateArchivedProduct: {
    to: "refused",
    look: async (client) => {
      const productId = await archivedProduct(client);
      return codeOf(client.post("/product/update", { ...productBody, productId }));
    },
    seen: 100304,
  },
  archiveUsedProduct: {
    to: "refused",
    look: async (client) =>
      codeOf(client.post("/product/archive", { productId: (await client.shop()).product.productId })),
    seen: 100305,
  },
  zeroCommonPrice: { to: "allowed", look: tryProduct({ commonPrices: [0] }), seen: 0 },
  duplicateCommonPrices: { to: "refused", look: tryProduct({ commonPrices: [1, 1] }), seen: 400101 },
  maxPrice: { to: 1000, look: tryProduct({}), seen: 400101 },
};
