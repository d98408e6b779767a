// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import { desiredOf, load, ROOT, validate } from "./memory-files.js";

const example = `version: 1
project: acme-store            # names the owner of the lockfile
include: [catalog/*.yaml]
variables: { site: https://acme.example }

accounts:
  treasury:
    id: acc_01
    address: "0x1111111111111111111111111111111111111111"

defaults:
  paymentLinks: { account: treasury, settlementToken: polygon::usdc, feeModel: payer }

products:
  premium-plan:
    name: Premium Plan
    description: Everything, every month
    imageUrl: \${site}/premium.png
    commonPrices: [$9.99, $99]
    attributes: [{ name: Duration, value: 1 Month }]
    archived: false

paymentLinks:
  premium-monthly:
    linkType: fixed
    linkName: Premium Membership
    account: treasury
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems: [{ product: premium-plan, quantity: 1, unitPrice: $9.99 }]
    payerEmailRequired: true
    successUrl: https://acme.example/thanks
    customSuccessText: Welcome!
    customDisabledText: Back soon.
    enabled: true
    lifecycle: { protect: true, ignoreChanges: [customSuccessText], onRemove: disable }

webhooks:
  ledger:
    webhookName: Ledger
    webhookUrl: https://api.acme.example/hooks/gstable
    webhookDescription: Books every payment
    subscribedEvents: [session.paid, session.completed]
    enabled: true

imports:
  - { to: paymentLink.premium-monthly, id: lnk_1 }
moved:
  - { from: paymentLink.premium, to: paymentLink.premium-monthly }

policy:
  maxPriceChange: 50%
  maxRetire: 20%
  priceRange: [$0.01, $100000]
  allowedHosts: [acme.example, "*.acme.example"]
  allow: ["price:paymentLink.premium-monthly=12.99"]
`;
const files = { "catalog/more.yaml": "products:\n  extra: { name: Extra, commonPrices: [1000000] }\n" };

describe("the documented example", () => {
  it("is read as it says", async () => {
    const desired = await desiredOf(example, { files });
    expect(desired).toMatchObject({
      project: "acme-store",
      environment: null,
      apiKeyEnv: "GSTABLE_API_KEY",
      apiKeyEnvNamed: false,
      lockfile: "gstable.lock.json",
      otherLockfiles: [],
      client: "builtin",
      imports: [{ to: "paymentLink.premium-monthly", id: "lnk_1" }],
      moved: [{ from: "paymentLink.premium", to: "paymentLink.premium-monthly" }],
      policy: {
        maxPriceChangeBp: 5000,
        maxRetireBp: 2000,
        priceRangeMicroUsd: [10_000, 100_000_000_000],
        allowedHosts: ["acme.example", "*.acme.example"],
        allow: [{ guard: "price", address: "paymentLink.premium-monthly", value: "12.99", origin: "policy" }],
      },
    });
    expect([...desired.entries.keys()]).toEqual([
      "paymentLink.premium-monthly",
      "product.extra",
      "product.premium-plan",
      "webhook.ledger",
    ]);
    expect(desired.entries.get("product.premium-plan")).toMatchObject({
      values: {
        name: "Premium Plan",
        description: "Everything, every month",
        imageUrl: "https://acme.example/premium.png",
        commonPrices: [9_990_000, 99_000_000],
        attributes: [{ name: "Duration", value: "1 Month" }],
      },
      open: true,
      lifecycle: { protect: false, ignoreChanges: [], onRemove: "archive" },
    });
    expect(desired.entries.get("product.premium-plan")?.placeOf()).toMatchObject({
      file: ROOT,
      line: 15,
      column: 3,
      lineText: "  premium-plan:",
    });
    expect(desired.entries.get("paymentLink.premium-monthly")).toMatchObject({
      values: {
        linkType: "fixed",
        account: "treasury",
        lineItems: [{ product: "premium-plan", quantity: 1, unitPrice: 9_990_000 }],
        payerEmailRequired: true,
      },
      open: true,
      lifecycle: { protect: true, ignoreChanges: ["customSuccessText"], onRemove: "disable" },
    });
    expect(desired.entries.get("webhook.ledger")?.values.subscribedEvents).toEqual([
      "session.completed",
      "session.paid",
    ]);
  });

  it("knows where each value was written", async () => {
    const { entries } = await desiredOf(example, { files });
    const link = entries.get("paymentLink.premium-monthly");
    expect(link?.placeOf("lineItems[0].unitPrice")).toMatchObject({ line: 30, column: 66, endColumn: 71 });
    expect(link?.placeOf("customSuccessText")).toMatchObject({ line: 33 });
    expect(link?.placeOf("lineItems[7].unitPrice")).toEqual(link?.placeOf());
    expect(entries.get("product.extra")?.placeOf("description")).toEqual(
      entries.get("product.extra")?.placeOf(),
    );
    expect(entries.get("product.extra")?.placeOf()).toMatchObject({
      file: "catalog/more.yaml",
      line: 2,
      column: 3,
    });
  });

  it("is the same in JSON, also from standard input", async () => {
    const json = JSON.stringify(
      {
        version: 1,
        project: "acme",
        products: { plan: { name: 'A "plan" 😀/', commonPrices: ["$9.99", 1_000_000], archived: true } },
      },
      undefined,
      "\t",
    );
    for (const path of ["-", "gstable.config.json"]) {
      const product = (await desiredOf(json, { path })).entries.get("product.plan");
      expect(product?.values).toMatchObject({ name: 'A "plan" 😀/', commonPrices: [9_990_000, 1_000_000] });
      expect(product?.open).toBe(false);
      expect(product?.placeOf()).toMatchObject({ file: path === "-" ? "<stdin>" : path, line: 5, column: 3 });
    }
  });

  it("counts what validate has looked at", async () => {
    expect(await validate(example, { files })).toMatchObject({
      diagnostics: [],
      summary: { entries: { product: 2, paymentLink: 1, webhook: 1 }, environments: [] },
    });
  });

  it("may be without entries: the plan judges that", async () => {
    const result = await load("version: 1\nproject: acme\n");
    expect(result).toMatchObject({ ok: true, value: { project: "acme" }, diagnostics: [] });
  });
});
