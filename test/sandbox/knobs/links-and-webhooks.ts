import { webhookBody } from "../client.js";
import {
  codeOf,
  type Effects,
  firstLink,
  linkOfArchivedProduct,
  made,
  pausedWebhook,
  updateLink,
} from "./effect.js";

export const linkEffects: Effects<
  | "disabledLinkStatus"
  | "updateDisabledLink"
  | "repeatedAction"
  | "archivedLinkDetail"
  | "linkTypeChange"
  | "accountChange"
  | "settlementTokenChange"
  | "updateWithArchivedProduct"
  | "productData"
  | "archivedProductInLink"
  | "removedAccountInLink"
  | "versionFrozen"
  | "versionChangesOnStatus"
  | "payerEmailDefault"
  | "createLineItems"
  | "detailNamesAccount"
  | "successUrlScheme"
  | "tokenOfAccount"
  | "unsupportedTokenCode"
  | "webhookKeyInList"
  | "refreshAnswersKey"
  | "webhookUrlCheck"
  | "duplicateWebhookUrls"
  | "disablePausedWebhook"
> = {
  disabledLinkStatus: {
    to: "disabled",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      await client.write("/payment/link/disable", { linkId });
      return (await firstLink(client)).status;
    },
    seen: "disabled",
  },
  updateDisabledLink: {
    to: "refused",
    look: async (client) => {
      const { link, body } = await client.shop();
      await client.write("/payment/link/disable", { linkId: link.linkId });
      return codeOf(client.post("/payment/link/update", { ...body, linkId: link.linkId }));
    },
    seen: 100103,
  },
  repeatedAction: {
    to: "refused",
    look: async (client) => {
      const { link, product } = await client.shop();
      const { webhookId } = await client.write("/webhook/create", webhookBody);
      return [
        await codeOf(client.post("/payment/link/enable", { linkId: link.linkId })),
        await codeOf(client.post("/product/unarchive", { productId: product.productId })),
        await codeOf(client.post("/webhook/enable", { webhookId })),
      ];
    },
    seen: [299004, 299004, 299004],
  },
  archivedLinkDetail: {
    to: "shown",
    look: async (client) => {
      const { linkId } = (await client.shop()).link;
      client.sandbox.dashboard.archiveLink({ linkId });
      return codeOf(client.get(`/payment/link/${linkId}`));
    },
    seen: 0,
  },
  linkTypeChange: {
    to: "refused",
    look: async (client) => {
      const { productId } = await made(client);
      const lineItems = [{ itemType: "user_priced", productId, quantity: 1 }];
      return updateLink(client, { linkType: "custom", lineItems });
    },
    seen: 400101,
  },
  accountChange: {
    to: "refused",
    look: (client) => {
      client.sandbox.ensureAccount({ accountId: "acc_02", settlementCurrencies: ["polygon::usdc"] });
      return updateLink(client, { accountId: "acc_02" });
    },
    seen: 400101,
  },
  settlementTokenChange: {
    to: "refused",
    look: (client) => updateLink(client, { settlementToken: "base::usdc" }),
    seen: 400101,
  },
  updateWithArchivedProduct: {
    to: "allowed",
    look: async (client) => {
      const { body } = await linkOfArchivedProduct(client);
      return codeOf(client.post("/payment/link/update", body));
    },
    seen: 0,
  },
  productData: {
    to: "live",
    look: async (client) => {
      const { link, product } = await client.shop();
      client.sandbox.dashboard.editProduct({ productId: product.productId, name: "Renamed" });
      return (await client.read(`/payment/link/${link.linkId}`)).lineItems.items[0].productData.productName;
    },
    seen: "Renamed",
  },
  archivedProductInLink: {
    to: "disablesLink",
    look: async (client) => linkOfArchivedProduct(client).then(async () => (await firstLink(client)).status),
    seen: "inactive",
  },
  removedAccountInLink: {
    to: "disablesLink",
    look: async (client) => {
      await client.shop();
      client.sandbox.dashboard.removeAccount({ accountId: "acc_sandbox_main" });
      return (await firstLink(client)).status;
    },
    seen: "inactive",
  },
  versionFrozen: {
    to: true,
    look: async (client) => {
      const { link, body } = await client.shop();
      await client.write("/payment/link/update", { ...body, linkId: link.linkId, linkName: "New" });
      return (await firstLink(client)).versionCode === link.versionCode;
    },
    seen: true,
  },
  versionChangesOnStatus: {
    to: true,
    look: async (client) => {
      const { link } = await client.shop();
      await client.write("/payment/link/disable", { linkId: link.linkId });
      return (await firstLink(client)).versionCode === link.versionCode;
    },
    seen: false,
  },
  payerEmailDefault: {
    to: "absent",
    look: async (client) => "payerEmailRequired" in (await client.shop()).link,
    seen: false,
  },
  createLineItems: {
    to: "deeper",
    look: async (client) => (await client.shop()).link.lineItems.lineItems.lineItems?.items.length,
    seen: 1,
  },
  detailNamesAccount: {
    to: false,
    look: async (client) =>
      (await client.read(`/payment/link/${(await client.shop()).link.linkId}`)).accountName,
    seen: undefined,
  },
  successUrlScheme: {
    to: "https",
    look: (client) => updateLink(client, { successUrl: "http://localhost:3000/" }),
    seen: 400101,
  },

  tokenOfAccount: {
    to: "unchecked",
    look: (client) => updateLink(client, { settlementToken: "ethereum::usdc" }),
    seen: 0,
  },
  unsupportedTokenCode: {
    to: 400203,
    look: (client) => updateLink(client, { settlementToken: "dogecoin::doge" }),
    seen: 400203,
  },

  webhookKeyInList: {
    to: false,
    look: async (client) => {
      await client.write("/webhook/create", webhookBody);
      return "key" in (await client.read("/webhook/list")).webhooks[0];
    },
    seen: false,
  },
  refreshAnswersKey: {
    to: true,
    look: async (client) => {
      const { webhookId } = await client.write("/webhook/create", webhookBody);
      return "key" in (await client.write("/webhook/key/refresh", { webhookId }));
    },
    seen: true,
  },
  webhookUrlCheck: {
    to: "unreachable",
    look: (client) => codeOf(client.post("/webhook/create", webhookBody)),
    seen: 299003,
  },
  duplicateWebhookUrls: {
    to: "refused",
    look: async (client) => {
      await client.write("/webhook/create", webhookBody);
      return codeOf(client.post("/webhook/create", webhookBody));
    },
    seen: 299003,
  },
  disablePausedWebhook: {
    to: "refused",
    look: async (client) =>
      codeOf(client.post("/webhook/disable", { webhookId: await pausedWebhook(client) })),
    seen: 299005,
  },
};
