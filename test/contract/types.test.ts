import { describe, expectTypeOf, it } from "vitest";
import type { apply, checkout, GStableClientLike, plan } from "../../src/index.js";

/**
 * The shape of `GStableClient` of gstable-js 0.1.0 in what it takes, which is narrower than what we ask for: its own
 * body types, and a private part. Written out, because the package is not there to be imported. `npm run types` checks.
 */
declare class SdkClient {
  private readonly http: unknown;
  readonly product: {
    create(body: ProductBody): Promise<{ productId: string; name: string }>;
    update(body: ProductBody & { productId: string }): Promise<{ success: boolean }>;
    list(page: number, size: number): Promise<{ total: number; page: string; products: object[] }>;
    listByIds(body: { productIds: string[] }): Promise<object[]>;
    archive(productId: string): Promise<{ success: boolean }>;
    unarchive(productId: string): Promise<{ success: boolean }>;
    remove(productId: string): Promise<{ success: boolean }>;
  };
  readonly paymentLink: {
    create(body: LinkBody): Promise<{ linkId: string }>;
    update(body: LinkBody & { linkId: string }): Promise<{ success: boolean }>;
    disable(linkId: string): Promise<{ success: boolean }>;
    enable(linkId: string): Promise<{ success: boolean }>;
    detail(linkId: string): Promise<{ linkId: string }>;
    list(page: number, size: number): Promise<{ links: object[] }>;
  };
  readonly account: {
    list(): Promise<{ accountId: string }[]>;
    detail(accountId: string): Promise<{ accountId: string }>;
  };
  readonly capability: { all(): Promise<{ supportedTokens: object[] }> };
  readonly webhook: {
    create(body: WebhookBody): Promise<{ webhookId: string; key: string }>;
    update(body: WebhookBody & { webhookId: string }): Promise<{ success: boolean }>;
    list(): Promise<{ webhooks: object[] }>;
    detail(webhookId: string): Promise<{ webhookId: string; key: string }>;
    disable(webhookId: string): Promise<{ success: boolean }>;
    enable(webhookId: string): Promise<{ success: boolean }>;
    refreshKey(webhookId: string): Promise<{ success: boolean }>;
    remove(webhookId: string): Promise<{ success: boolean }>;
  };
  readonly checkoutSession: {
    create(body: SessionBody): Promise<{ sessionId: string; paymentUrl: string }>;
    cancel(sessionId: string): Promise<{ success: boolean }>;
    detail(sessionId: string): Promise<{ session: object; transaction?: object }>;
    listAll(page: number, size: number): Promise<object>;
  };
}

interface ProductBody {
  name: string;
  commonPrices: number[];
  description?: string;
  attributes?: { name: string; value: string }[];
}

interface LinkBody {
  linkType: "fixed" | "custom";
  linkName: string;
  accountId: string;
  feeModel: 1 | 2;
  lineItems: { itemType: "product" | "user_priced"; productId: string; quantity: number }[];
}

interface WebhookBody {
  webhookName: string;
  webhookUrl: string;
  subscribedEvents: string[];
}

interface SessionBody {
  accountId: string;
  settlementToken: string;
  lineItems: { itemType: "product"; productId: string; quantity: number; unitPrice: number }[];
  feeModel?: 1 | 2;
  metadata?: Record<string, unknown>;
}

describe("a GStableClient of gstable-js", () => {
  it("is a client that can be handed in", () => {
    expectTypeOf<SdkClient>().toExtend<GStableClientLike>();
    type Given = { gstableClient: SdkClient; baseUrl: string };
    expectTypeOf<Given>().toExtend<NonNullable<Parameters<typeof plan>[1]>>();
    expectTypeOf<Given>().toExtend<NonNullable<Parameters<typeof apply>[1]>>();
    expectTypeOf<Given>().toExtend<NonNullable<Parameters<typeof checkout>[2]>>();
  });

  it("is not one when it lacks a call", () => {
    expectTypeOf<Omit<SdkClient, "checkoutSession">>().not.toExtend<GStableClientLike>();
    type Older = Omit<SdkClient, "webhook"> & { webhook: Omit<SdkClient["webhook"], "refreshKey"> };
    expectTypeOf<Older>().not.toExtend<GStableClientLike>();
  });
});
