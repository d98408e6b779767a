import { describe, expect, it } from "vitest";
import { type Client, createClient, type Data } from "./client.js";

const payer = `0x${"a".repeat(40)}`;
const oneTime = {
  itemType: "one_time",
  quantity: 2,
  unitPrice: 1_500_000,
  productData: { productName: "Donation" },
};
const terms = { accountId: "acc_sandbox_main", settlementToken: "base::usdc", lineItems: [oneTime] };

const checkout = (client: Client, changes: object = {}): Promise<Data> =>
  client.write("/session/checkout/create", { ...terms, ...changes });
const detail = (client: Client, sessionId: string): Promise<Data> => client.read(`/session/${sessionId}`);

describe("paying in the sandbox", () => {
  it("takes a checkout session through paid and settling to completed, with a transaction", async () => {
    const client = createClient();
    const { sessionId } = await checkout(client);
    expect(await detail(client, sessionId)).not.toHaveProperty("transaction");
    const seen: unknown[] = [];
    for (const until of ["paid", "settling", "completed"] as const) {
      client.sandbox.clock.advance(1000);
      client.sandbox.pay({ sessionId, payer, until });
      const { session } = await detail(client, sessionId);
      seen.push([session.status, session.paymentSucceededTime, session.settlementSucceededTime]);
    }
    expect(seen).toEqual([
      ["paid", "2026-01-02 03:04:06", null],
      ["settling", "2026-01-02 03:04:06", null],
      ["completed", "2026-01-02 03:04:06", "2026-01-02 03:04:08"],
    ]);
    const { session, transaction } = await detail(client, sessionId);
    expect(session).toMatchObject({
      payer,
      paidToken: "base::usdc",
      signedOnce: 1,
      businessType: "merchant",
    });
    // 0.2 % of $3, which the merchant bears.
    expect(transaction).toMatchObject({
      from: payer,
      to: session.recipient,
      totalValue: 3_000_000,
      feeValue: 6_000,
      netValue: 2_994_000,
      sourceTx: session.initiateTx,
      targetTx: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    });
    expect(await client.read("/session/list/completed/1/10")).toMatchObject({
      total: 1,
      sessions: [{ session: { sessionId }, transaction: { orderId: session.receiptId } }],
    });
    expect(() => client.sandbox.pay({ sessionId })).toThrow("Session is paid");
  });

  it("holds a settlement back, and completes it later", async () => {
    const client = createClient();
    const { sessionId } = await checkout(client);
    client.sandbox.pay({ sessionId, until: "settlement_pending" });
    expect(await client.read("/session/list/settlement/pending/1/10")).toMatchObject({ total: 1 });
    expect(client.sandbox.pay({ sessionId }).status).toBe("completed");
  });

  it("pays a link on its page: a session of its own, with the fee on top where the payer bears it", async () => {
    const client = createClient();
    const { link } = await client.shop({ payerEmailRequired: 1, successUrl: "https://acme.example/thanks" });
    expect(() => client.sandbox.pay({ linkId: link.linkId })).toThrow("payerEmail: this session requires it");
    const { sessionId } = client.sandbox.pay({
      linkId: link.linkId,
      payerEmail: "a@b.example",
      token: "ethereum::usdt",
    });
    const { session, transaction } = await detail(client, sessionId);
    expect(session).toMatchObject({
      businessId: link.linkId,
      businessType: "payment_link",
      amount: 9_990_000,
      paidToken: "ethereum::usdt",
      payerEmail: "a@b.example",
      successUrl: "https://acme.example/thanks",
      status: "completed",
    });
    // Another chain: 0.6 %.
    expect(transaction).toMatchObject({ totalValue: 10_049_940, feeValue: 59_940, netValue: 9_990_000 });
  });

  it("takes what the payer of a custom link gives, and asks for it", async () => {
    const client = createClient();
    const { product } = await client.shop();
    const { link } = await client.shop({
      linkType: "custom",
      lineItems: [{ itemType: "user_priced", productId: product.productId, quantity: 1 }],
    });
    expect(() => client.sandbox.pay({ linkId: link.linkId })).toThrow("amount");
    const { sessionId } = client.sandbox.pay({ linkId: link.linkId, amount: 5_000_000 });
    expect((await detail(client, sessionId)).session).toMatchObject({
      amount: 5_000_000,
      lineItems: { items: [{ itemType: "user_priced", unitPrice: 5_000_000 }] },
    });
  });

  it("keeps the terms of a session when its link changes or closes afterwards", async () => {
    const client = createClient();
    const { link, body } = await client.shop();
    const { sessionId } = client.sandbox.startSession({ linkId: link.linkId });
    const lineItems = [{ ...body.lineItems[0], unitPrice: 1_000_000 }];
    await client.write("/payment/link/update", { ...body, linkId: link.linkId, lineItems });
    await client.write("/payment/link/disable", { linkId: link.linkId });
    expect(client.sandbox.pay({ sessionId })).toMatchObject({ status: "completed", amount: 9_990_000 });
    expect(() => client.sandbox.startSession({ linkId: link.linkId })).toThrow("Payment link is not active");
  });

  it.each([
    ["an unknown session", async () => ({ sessionId: "sess_x" }), "Session not found"],
    ["an unknown link", async () => ({ linkId: "lnk_x" }), "Payment link not found"],
    [
      "an expired session",
      async (client: Client) => {
        const { sessionId } = await checkout(client);
        client.sandbox.clock.advance(30 * 60_000);
        return { sessionId };
      },
      "Session is expired",
    ],
    [
      "a cancelled session",
      async (client: Client) => {
        const { sessionId } = await checkout(client);
        await client.write("/session/checkout/cancel", { sessionId });
        return { sessionId };
      },
      "Session is cancelled",
    ],
    [
      "another payer than the preset one",
      async (client: Client) => {
        const { link } = await client.shop();
        const { sessionId } = client.sandbox.startSession({
          linkId: link.linkId,
          payer: `0x${"b".repeat(40)}`,
        });
        return { sessionId, payer };
      },
      "Session payer mismatch",
    ],
    [
      "a token that nobody knows",
      async (client: Client) => ({ sessionId: (await checkout(client)).sessionId, token: "solana::usdc" }),
      "Unsupported currency",
    ],
    ["neither session nor link", async () => ({}), "either sessionId or linkId"],
  ])("refuses %s, and nothing is paid", async (_, build, message) => {
    const client = createClient();
    const payment = await build(client);
    const before = client.sandbox.snapshot();
    expect(() => client.sandbox.pay(payment)).toThrow(message);
    expect(client.sandbox.snapshot()).toEqual(before);
  });

  it("cannot cancel what somebody has paid", async () => {
    const client = createClient();
    const { sessionId } = await checkout(client);
    client.sandbox.pay({ sessionId, until: "paid" });
    expect(await client.post("/session/checkout/cancel", { sessionId })).toMatchObject({ code: 100204 });
  });

  it("is done at the side-door, which names the code that a payer would get", async () => {
    const client = createClient();
    const { sessionId } = await checkout(client);
    const pay = async (body: object) => {
      const answer = await client.sandbox.fetch("http://x.example/_sandbox/pay", {
        method: "POST",
        body: JSON.stringify(body),
      });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    expect(await pay({ sessionId, until: "paid" })).toMatchObject({ status: "paid", sessionId });
    expect(await pay({ sessionId, until: "paid" })).toEqual({
      status: 400,
      error: "Session is paid",
      apiCode: 100204,
    });
    expect(await pay({ sessionId, untill: "paid" })).toMatchObject({
      error: expect.stringContaining("untill"),
    });
  });
});
