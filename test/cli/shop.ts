/** Configurations for tests, as JSON: YAML reads that as well. */
export interface ShopConfig {
  readonly [key: string]: unknown;
  readonly products: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly paymentLinks: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Two products and two links that sell them; `changes` replace whole sections. */
export function shop(changes: Readonly<Record<string, unknown>> = {}): ShopConfig {
  return {
    version: 1,
    project: "acme-store",
    accounts: { treasury: { id: "acc_sandbox_main" } },
    defaults: {
      paymentLinks: { account: "treasury", settlementToken: "polygon::usdc", feeModel: "payer" },
    },
    products: { beans: product("Beans"), mug: product("Mug") },
    paymentLinks: { beans: link("beans", "$24"), mug: link("mug", "$12") },
    ...changes,
  };
}

export function product(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  return { name, commonPrices: ["$9.99"], ...changes };
}

/** A fixed link for one product. */
export function link(product: string, unitPrice: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    linkType: "fixed",
    linkName: `Page of ${product}`,
    lineItems: [{ product, quantity: 1, unitPrice }],
    ...changes,
  };
}

/** So many products, each with a link of its own. */
export function manyProducts(count: number): ShopConfig {
  const names = Array.from({ length: count }, (_, index) => `item-${String(index).padStart(4, "0")}`);
  return shop({
    products: Object.fromEntries(names.map((name) => [name, product(`Product ${name}`)])),
    paymentLinks: Object.fromEntries(names.map((name) => [name, link(name, "$9.99")])),
  });
}
