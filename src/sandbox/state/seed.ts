import { accountWith, mainAccount } from "../accounts.js";
import { checked, InputError, type InputIssue, unknown } from "../input/checked.js";
import { completeItem } from "../line-items.js";
import { findToken, tokens } from "../tokens.js";
import type { World } from "../world.js";
import { type CheckedSeed, type SandboxSeed, seedSchema } from "./seed-schema.js";
import { type StoredLink, type StoredProduct, storedLink } from "./state.js";

type SeedLink = NonNullable<CheckedSeed["paymentLinks"]>[number];

/**
 * Puts objects beside or over what is there, as though they had been there from the start: all of them, or none and an
 * InputError that says what is wrong. A product that a link sells counts as used.
 */
export function seedState(world: World, seed: SandboxSeed): void {
  const state = checked(seedSchema, seed);
  world.store.refresh();
  const issues = referenceIssues(world, state);
  if (issues.length > 0) throw new InputError(issues);
  for (const account of state.accounts ?? [])
    world.store.put("accounts", { ...accountWith(world, account), ...set(account) });
  for (const product of state.products ?? []) world.store.put("products", product);
  for (const link of state.paymentLinks ?? []) world.store.put("paymentLinks", completeLink(world, link));
  for (const webhook of state.webhooks ?? []) world.store.put("webhooks", completeWebhook(world, webhook));
  for (const session of state.sessions ?? []) world.store.put("sessions", session);
  markUsed(world);
  world.commitAsInitial();
}

function referenceIssues(world: World, state: CheckedSeed): readonly InputIssue[] {
  const productIds = idsOf(world.store.rows("products"), state.products, "productId");
  const accountIds = idsOf(world.store.rows("accounts"), state.accounts, "accountId");
  return (state.paymentLinks ?? []).flatMap((link, index) => {
    if (wholeLink(link) !== undefined) return [];
    const at = ["paymentLinks", index] as const;
    const { accountId = mainAccount.accountId, settlementToken } = link;
    const items = link.lineItems.flatMap((item, itemIndex) =>
      productIds.has(item.productId)
        ? []
        : [
            {
              path: [...at, "lineItems", itemIndex, "productId"],
              message: unknown("product", item.productId, productIds),
            },
          ],
    );
    return [
      ...items,
      ...(accountIds.has(accountId)
        ? []
        : [{ path: [...at, "accountId"], message: unknown("account", accountId, accountIds) }]),
      ...(settlementToken === undefined || findToken(settlementToken) !== undefined
        ? []
        : [
            {
              path: [...at, "settlementToken"],
              message: unknown(
                "token",
                settlementToken,
                tokens.map(({ tokenId }) => tokenId),
              ),
            },
          ]),
    ];
  });
}

function idsOf<K extends string>(
  there: readonly Readonly<Record<K, string>>[],
  seeded: readonly Readonly<Record<K, string>>[] | undefined,
  id: K,
): ReadonlySet<string> {
  return new Set([...there, ...(seeded ?? [])].map((row) => row[id]));
}

/** A link as the sandbox itself shows it. What it refers to may be gone by now, as in a real account. */
function wholeLink(link: SeedLink): StoredLink | undefined {
  return storedLink.safeParse(link).data;
}

function completeLink(world: World, link: SeedLink): StoredLink {
  const whole = wholeLink(link);
  if (whole !== undefined) return whole;
  const isCustom = link.lineItems.every((item) => !item.unitPrice);
  const { lineItems, ...given } = link;
  return {
    linkType: isCustom ? "custom" : "fixed",
    accountId: mainAccount.accountId,
    settlementToken: "polygon::usdc",
    feeModel: 1,
    status: "active",
    versionCode: world.newId("ver", 16),
    createdAtMs: 0,
    updatedAtMs: 0,
    ...set(given),
    linkId: link.linkId,
    linkName: link.linkName,
    lineItems: lineItems.map((item) => completeItem(world, item, soldProduct(world, item.productId))),
  };
}

/** There, for the references were checked. */
function soldProduct(world: World, productId: string): StoredProduct {
  const product = world.store.get("products", productId);
  if (product === undefined) throw new Error(`the sandbox lost the product ${productId} of its seed`);
  return product;
}

function completeWebhook(world: World, webhook: NonNullable<CheckedSeed["webhooks"]>[number]) {
  return {
    webhookName: webhook.webhookId,
    key: world.newId("wkk", 32),
    status: "active",
    createdAtMs: 0,
    updatedAtMs: 0,
    ...set(webhook),
    webhookId: webhook.webhookId,
    webhookUrl: webhook.webhookUrl,
    subscribedEvents: webhook.subscribedEvents,
  };
}

function markUsed(world: World): void {
  const sold = new Set(
    world.store.rows("paymentLinks").flatMap((link) => link.lineItems.map((item) => item.productId)),
  );
  for (const product of world.store.rows("products")) {
    if (sold.has(product.productId) && !product.used) world.store.put("products", { ...product, used: true });
  }
}

/** Only what somebody wrote: a key with undefined would undo what follows by itself. */
function set<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Keys with undefined are gone, which the type of `fromEntries` cannot say.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
