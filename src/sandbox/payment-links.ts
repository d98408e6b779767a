import { z } from "zod";
import { payableAccount } from "./accounts.js";
import { numberOf } from "./answers.js";
import { parseBody, replaced } from "./body.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import { productDataOf, sellableProducts } from "./line-items.js";
import { createPager } from "./listing.js";
import { linkAnswer } from "./payment-link-answer.js";
import { type LinkFields, linkSchemas } from "./payment-link-body.js";
import type { StoredLineItem, StoredLink, StoredProduct } from "./state/state.js";
import type { Endpoint, World } from "./world.js";

const idBody = z.object({ linkId: z.string() });

/** POST /payment/link/create: open from the start, its products used for ever. */
export const createLink: Endpoint = ({ world, body }) => {
  const sent = parseBody(linkSchemas(world.knobs).create, body);
  payableAccount(world, sent);
  const products = sellableProducts(world, productIdsOf(sent));
  const nowMs = world.clock.nowMs();
  const link = write(world, sent, {
    products,
    identity: {
      linkId: world.newId("lnk", 32),
      status: "active",
      versionCode: world.newId("ver", 16),
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    },
  });
  return linkAnswer(world.knobs, world.store, { link, shape: "create" });
};

/** POST /payment/link/update: replaces every field; the status stays. */
export const updateLink: Endpoint = ({ world, body }) => {
  const { knobs } = world;
  const sent = parseBody(linkSchemas(knobs).update, body);
  const before = reachableLink(world, sent.linkId);
  if (before.status === "disabled" && knobs.updateDisabledLink === "refused") throw new ApiError(100103);
  refuseFrozenFields(knobs, before, sent);
  payableAccount(world, sent);
  const sold = new Set(before.lineItems.map((item) => item.productId));
  const products = sellableProducts(
    world,
    productIdsOf(sent),
    knobs.updateWithArchivedProduct === "allowed" ? sold : undefined,
  );
  write(world, sent, {
    products,
    before,
    identity: {
      linkId: before.linkId,
      status: before.status,
      versionCode: knobs.versionFrozen ? before.versionCode : world.newId("ver", 16),
      createdAtMs: before.createdAtMs,
      updatedAtMs: world.clock.nowMs(),
    },
  });
  return { success: true };
};

/** POST /payment/link/disable. */
export const disableLink: Endpoint = ({ world, body }) => {
  const link = reachableLink(world, parseBody(idBody, body).linkId);
  if (link.status === "disabled" && world.knobs.repeatedAction === "refused") throw new ApiError(100103);
  setStatus(world, link, "disabled");
  return { success: true };
};

/** POST /payment/link/enable. */
export const enableLink: Endpoint = ({ world, body }) => {
  const link = reachableLink(world, parseBody(idBody, body).linkId);
  if (link.status === "active" && world.knobs.repeatedAction === "refused") throw new ApiError(299004);
  setStatus(world, link, "active");
  return { success: true };
};

/** GET /payment/link/:linkId of the merchant API; an archived one is 100102 unless the knob shows it. */
export const linkDetail: Endpoint = ({ world, view, params }) => {
  const link = view.get("paymentLinks", params.linkId ?? "");
  if (link === undefined) throw new ApiError(100101);
  if (link.status === "archived" && world.knobs.archivedLinkDetail === "refused") throw new ApiError(100102);
  return linkAnswer(world.knobs, view, { link, shape: "detail" });
};

const pageOfLinks = createPager<StoredLink>({
  idOf: (link) => link.linkId,
  shows: (link, knobs) => link.status !== "archived" || knobs.listsArchivedLinks,
});

/** GET /payment/link/list/:page/:size; page and size are answered as texts. */
export const listLinks: Endpoint = ({ world, view, params }) => {
  const { total, page, size, items } = pageOfLinks(world, view.rows("paymentLinks"), params);
  return {
    links: items.map((link) => linkAnswer(world.knobs, view, { link, shape: "list" })),
    total: numberOf(world.knobs, total),
    page: String(page),
    size: String(size),
  };
};

/** A link that the API lets somebody change: archived is the end (100102). */
function reachableLink(world: World, linkId: string): StoredLink {
  const link = world.store.get("paymentLinks", linkId);
  if (link === undefined) throw new ApiError(100101);
  if (link.status === "archived") throw new ApiError(100102);
  return link;
}

function refuseFrozenFields(knobs: Knobs, before: StoredLink, sent: LinkFields): void {
  const frozen = [
    ["linkType", knobs.linkTypeChange],
    ["accountId", knobs.accountChange],
    ["settlementToken", knobs.settlementTokenChange],
  ] as const;
  for (const [field, rule] of frozen) {
    if (rule === "refused" && before[field] !== sent[field])
      throw new ApiError(400101, `${field}: cannot be changed`);
  }
}

interface Writing {
  readonly products: ReadonlyMap<string, StoredProduct>;
  readonly before?: StoredLink;
  readonly identity: Pick<StoredLink, "linkId" | "status" | "versionCode" | "createdAtMs" | "updatedAtMs">;
}

function write(world: World, sent: LinkFields, { products, before, identity }: Writing): StoredLink {
  const { knobs } = world;
  const rules = { knobs, empty: knobs.emptyInLinks };
  const link: StoredLink = {
    ...identity,
    linkType: sent.linkType,
    linkName: sent.linkName,
    accountId: sent.accountId,
    settlementToken: sent.settlementToken,
    feeModel: sent.feeModel,
    lineItems: sent.lineItems.map((item) => storedItem(world, item, products)),
    payerEmailRequired:
      sent.payerEmailRequired ?? (knobs.omittedOptional === "keep" ? before?.payerEmailRequired : undefined),
    successUrl: replaced(sent.successUrl, before?.successUrl, rules),
    customSuccessText: replaced(sent.customSuccessText, before?.customSuccessText, rules),
    customDisabledText: replaced(sent.customDisabledText, before?.customDisabledText, rules),
  };
  world.store.put("paymentLinks", link);
  for (const product of products.values()) {
    if (!product.used) world.store.put("products", { ...product, used: true });
  }
  return link;
}

function storedItem(
  world: World,
  item: LinkFields["lineItems"][number],
  products: ReadonlyMap<string, StoredProduct>,
): StoredLineItem {
  const product = products.get(item.productId);
  if (product === undefined) throw new ApiError(100301);
  return {
    lineItemId: world.newId("li", 16),
    itemType: item.itemType,
    productId: item.productId,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    productData: productDataOf(product),
  };
}

function setStatus(world: World, link: StoredLink, status: "active" | "disabled"): void {
  if (link.status === status) return;
  const versionCode = world.knobs.versionChangesOnStatus ? world.newId("ver", 16) : link.versionCode;
  world.store.put("paymentLinks", { ...link, status, versionCode, updatedAtMs: world.clock.nowMs() });
}

function productIdsOf(sent: LinkFields): readonly string[] {
  return sent.lineItems.map((item) => item.productId);
}
