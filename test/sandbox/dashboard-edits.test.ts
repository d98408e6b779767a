import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";

describe("an edit in the dashboard", () => {
  it("leaves an archived product archived and a used one used", () => {
    const sandbox = createSandbox();
    const { productId } = sandbox.dashboard.createProduct({ name: "Beans" });
    const { linkId } = sandbox.dashboard.createLink({ lineItems: [{ productId, unitPrice: 1_000_000 }] });
    sandbox.dashboard.archiveProduct({ productId });
    const before = sandbox.snapshot().products[0];
    sandbox.dashboard.editProduct({ productId, description: "New" });
    expect(sandbox.snapshot().products[0]).toEqual({ ...before, description: "New" });

    sandbox.dashboard.disableLink({ linkId });
    sandbox.dashboard.editLink({ linkId, linkName: "Beans, two" });
    expect(sandbox.snapshot().paymentLinks[0]).toMatchObject({ linkName: "Beans, two", status: "disabled" });
  });

  it("leaves a paused webhook paused", () => {
    const sandbox = createSandbox();
    const { webhookId } = sandbox.dashboard.createWebhook({ webhookUrl: "https://acme.example/hook" });
    sandbox.dashboard.pauseWebhook({ webhookId });
    sandbox.dashboard.editWebhook({ webhookId, webhookName: "Other" });
    expect(sandbox.snapshot().webhooks[0]).toMatchObject({ webhookName: "Other", status: "paused" });
  });
});
