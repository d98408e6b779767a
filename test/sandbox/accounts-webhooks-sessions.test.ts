import { describe, expect, it } from "vitest";
import { createClient, productBody, webhookBody } from "./client.js";

describe("accounts in the sandbox", () => {
  it("has a main account from the start, in a bare list", async () => {
    const client = createClient();
    const [main, ...others] = await client.read("/account/list");
    expect(others).toEqual([]);
    expect(main).toMatchObject({
      accountId: "acc_sandbox_main",
      accountName: "Sandbox main",
      accountType: "EVM::ADDR",
      settlementCurrencies: ["polygon::usdt", "polygon::usdc", "base::usdc"],
      status: "normal",
    });
    expect(await client.read("/account/detail/acc_sandbox_main")).toEqual(main);
    expect(await client.get("/account/detail/acc_x")).toMatchObject({ code: 299101 });
  });

  it("takes on the accounts that a configuration names, with their pins and tokens", async () => {
    const accountAddress = "0x1111111111111111111111111111111111111111";
    const client = createClient({
      accounts: [{ accountId: "acc_01", accountAddress }, { accountId: "acc_02" }],
    });
    client.sandbox.ensureAccount({ accountId: "acc_01", settlementCurrencies: ["base::usdc"] });
    client.sandbox.ensureAccount({ accountId: "acc_02", accountAddress });
    expect(await client.read("/account/detail/acc_01")).toMatchObject({
      accountAddress,
      settlementCurrencies: ["base::usdc"],
    });
    expect(await client.read("/account/detail/acc_02")).toMatchObject({ accountAddress });
  });

  it("lets the dashboard rename, move, restrict and remove an account", async () => {
    const client = createClient();
    const { dashboard } = client.sandbox;
    const accountId = "acc_sandbox_main";
    const before = await client.read(`/account/detail/${accountId}`);
    dashboard.renameAccount({ accountId, accountName: "Other" });
    dashboard.changeAccountAddress({ accountId, accountAddress: `0x${"2".repeat(40)}` });
    dashboard.setAccountCurrencies({ accountId, settlementCurrencies: ["base::usdc"] });
    dashboard.setAccountStatus({ accountId, status: "frozen" });
    const after = await client.read(`/account/detail/${accountId}`);
    expect(after).toMatchObject({
      accountName: "Other",
      status: "frozen",
      settlementCurrencies: ["base::usdc"],
    });
    expect(after.version).not.toBe(before.version);
    dashboard.removeAccount({ accountId });
    client.sandbox.ensureAccount({ accountId });
    expect(await client.read("/account/list")).toEqual([]);
    dashboard.addAccount({ accountId });
    expect(await client.read("/account/list")).toHaveLength(1);
  });
});

describe("webhooks in the sandbox", () => {
  it("creates, shows, changes and removes a webhook", async () => {
    const client = createClient();
    const made = await client.write("/webhook/create", { ...webhookBody, webhookDescription: "Books" });
    expect(made).toMatchObject({ ...webhookBody, webhookDescription: "Books", status: "active" });
    expect(made).toMatchObject({
      webhookId: expect.stringMatching(/^wkid_/),
      key: expect.stringMatching(/^wkk_/),
    });
    const { webhookId } = made;
    expect(await client.write("/webhook/update", { ...webhookBody, webhookId, webhookName: "B" })).toEqual({
      success: true,
    });
    const detail = await client.read(`/webhook/detail/${webhookId}`);
    expect(detail).toMatchObject({ webhookName: "B", key: made.key });
    expect(detail).not.toHaveProperty("webhookDescription");
    await client.write("/webhook/key/refresh", { webhookId });
    expect((await client.read(`/webhook/detail/${webhookId}`)).key).not.toBe(made.key);
    await client.write("/webhook/remove", { webhookId });
    expect(await client.read("/webhook/list")).toEqual({ webhooks: [] });
    expect(await client.get(`/webhook/detail/${webhookId}`)).toMatchObject({ code: 299002 });
  });

  it("disables, pauses and enables", async () => {
    const client = createClient();
    const { webhookId } = await client.write("/webhook/create", webhookBody);
    const status = async () => (await client.read(`/webhook/detail/${webhookId}`)).status;
    await client.write("/webhook/disable", { webhookId });
    expect(await status()).toBe("inactive");
    client.sandbox.dashboard.pauseWebhook({ webhookId });
    expect(await status()).toBe("paused");
    await client.write("/webhook/enable", { webhookId });
    expect(await status()).toBe("active");
  });

  it("refuses the eleventh, with a code that says it is the sandbox's own", async () => {
    const client = createClient();
    for (let made = 0; made < 10; made += 1) await client.write("/webhook/create", webhookBody);
    const reply = await client.post("/webhook/create", webhookBody);
    expect(reply).toMatchObject({ code: 299001, message: expect.stringContaining("a code of the sandbox") });
  });

  it.each([
    ["plain http", { webhookUrl: "http://acme.example" }],
    ["a URL over 1000 characters", { webhookUrl: `https://acme.example/${"x".repeat(1000)}` }],
    ["a name over 100 characters", { webhookName: "x".repeat(101) }],
    ["an event outside the documented ones", { subscribedEvents: ["payment.completed"] }],
    ["no events", { subscribedEvents: [] }],
  ])("refuses %s with 400101", async (_, change) => {
    expect(await createClient().post("/webhook/create", { ...webhookBody, ...change })).toMatchObject({
      code: 400101,
    });
  });
});

describe("checkout sessions in the sandbox", () => {
  const oneTime = {
    itemType: "one_time",
    quantity: 2,
    unitPrice: 1_500_000,
    productData: { productName: "Donation" },
  };
  const sessionBody = { accountId: "acc_sandbox_main", settlementToken: "base::usdc", lineItems: [oneTime] };

  it("creates a session of half an hour, shows and cancels it", async () => {
    const client = createClient();
    const session = await client.write("/session/checkout/create", {
      ...sessionBody,
      metadata: { order: 7 },
    });
    expect(session).toMatchObject({
      sessionId: expect.stringMatching(/^sess_/),
      status: "initialized",
      amount: 3_000_000,
      feeModel: 1,
      expirationTime: Date.UTC(2026, 0, 2, 3, 34, 5) / 1000,
      metadata: { order: 7 },
      lineItems: { items: [{ itemType: "one_time", productData: { productName: "Donation" } }] },
    });
    expect((await client.read(`/session/${session.sessionId}`)).session).toEqual(session);
    await client.write("/session/checkout/cancel", { sessionId: session.sessionId });
    const again = await client.post("/session/checkout/cancel", { sessionId: session.sessionId });
    expect(again).toMatchObject({ code: 100205 });
    expect(await client.read("/session/list/cancelled/1/10")).toMatchObject({ total: 1, page: 1, size: 10 });
    expect(await client.get("/session/sess_x")).toMatchObject({ code: 100201 });
  });

  it("lets a session expire by the clock", async () => {
    const client = createClient();
    const { sessionId } = await client.write("/session/checkout/create", sessionBody);
    client.sandbox.clock.advance(30 * 60_000);
    expect((await client.read(`/session/${sessionId}`)).session.status).toBe("expired");
    expect(await client.post("/session/checkout/cancel", { sessionId })).toMatchObject({ code: 100203 });
  });

  it("lists sessions by status", async () => {
    const client = createClient();
    for (const status of ["paid", "settling", "settlement_pending", "completed"] as const) {
      const { sessionId } = await client.write("/session/checkout/create", sessionBody);
      client.sandbox.dashboard.setSessionStatus({ sessionId, status });
      const list = await client.read(`/session/list/${status.replace("_", "/")}/1/5`);
      expect(
        list.sessions.map((entry: { session: { sessionId: string } }) => entry.session.sessionId),
      ).toEqual([sessionId]);
      expect(await client.post("/session/checkout/cancel", { sessionId })).toMatchObject({ code: 100204 });
    }
    expect((await client.read("/session/list/all/1/10")).total).toBe(4);
  });

  it("checks products and expiry, and shows an open session to its payer", async () => {
    const client = createClient();
    const { productId } = await client.write("/product/create", productBody);
    const lineItems = [{ itemType: "product", productId, quantity: 1, unitPrice: 1_000_000 }];
    const { sessionId } = await client.write("/session/checkout/create", { ...sessionBody, lineItems });
    const view = await client.read(`https://x.example/aipay/api/v1/session/${sessionId}`);
    expect(view).toMatchObject({ sessionId, aiView: { workflow: { stage: "session_ready" } } });
    const gone = [{ ...lineItems[0], productId: "prd_x" }];
    expect(await client.post("/session/checkout/create", { ...sessionBody, lineItems: gone })).toMatchObject({
      code: 100301,
    });
    const hasty = { ...sessionBody, expirationTime: Date.UTC(2026, 0, 2, 3, 10) / 1000 };
    expect(await client.post("/session/checkout/create", hasty)).toMatchObject({ code: 400101 });
  });
});
