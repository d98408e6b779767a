import { describe, expect, it } from "vitest";
import { type Client, createClient, type Data } from "./client.js";
import { openPaymentSession, otherPayer, payer, payerHost, preparePayment } from "./payer.js";

async function openShop(
  changes: Record<string, unknown> = {},
): Promise<{ client: Client; linkId: string; body: Data }> {
  const client = createClient();
  const { link, body } = await client.shop(changes);
  return { client, linkId: link.linkId, body };
}

describe("the payer host of the sandbox", () => {
  it("takes a payer's agent from the link to a paid session, with real signatures", async () => {
    const { client, linkId } = await openShop();
    const opened = await openPaymentSession(client, linkId);
    expect(opened).toMatchObject({
      code: 0,
      data: {
        sessionType: "ai_checkout",
        sessionExpiresAt: Date.UTC(2026, 0, 2, 3, 34, 5) / 1000,
        aiView: { workflow: { stage: "session_ready", nextAction: { action: "prepare_payment" } } },
      },
    });
    const { sessionId, aiView } = opened.data;
    const view = await client.read(`${payerHost}/session/${sessionId}`);
    expect(view).toMatchObject({
      sessionType: "ai_checkout",
      aiView,
      lineItems: [{ unitPriceInUSD: "9.99" }],
    });
    expect(() => client.sandbox.pay({ sessionId })).toThrow("not prepared");

    const prepared = await preparePayment(client, view.aiView.preparePaymentRequirement);
    expect(prepared).toMatchObject({
      code: 0,
      data: {
        executionChainId: "137",
        aiView: {
          paymentExecutionGuide: {
            authorizationRequired: false,
            executionRequest: { sessionId, txRequest: { chainId: "137", data: prepared.data.calldata } },
          },
        },
      },
    });
    expect(await client.post("/session/checkout/cancel", { sessionId })).toMatchObject({ code: 299201 });
    client.sandbox.pay({ sessionId });
    expect((await client.read(`/session/${sessionId}`)).session).toMatchObject({
      status: "completed",
      payer: payer.address,
      businessId: linkId,
      paidToken: "polygon::usdt",
    });
    expect(await client.get(`${payerHost}/session/${sessionId}`)).toMatchObject({ code: 100204 });
  });

  it("says what is to be signed as the documentation does, field by field", async () => {
    const { client, linkId } = await openShop();
    const link = await client.read(`${payerHost}/payment/link/${linkId}`);
    const { data } = await openPaymentSession(client, linkId);
    const specs = [
      link.aiView.createPaymentSessionRequirement.authorizationSpec,
      data.aiView.preparePaymentRequirement.authorizationSpec,
    ];
    const written = (fields: Data) => fields.map(({ name, type }: Data) => `${type} ${name}`).join(",");
    expect(
      specs.flatMap(({ types }) =>
        Object.entries(types).map(([name, fields]) => `${name}(${written(fields)})`),
      ),
    ).toEqual([
      "PaymentSessionCreationAuthorization(string purpose,string linkId,string linkVersion,string merchantId,address payer,uint256 paymentChainId,address paymentToken,uint256 amount,bytes32 authorizationNonce,uint256 authorizationExpiresAt)",
      "PreparePaymentAuthorization(string purpose,string sessionId,string merchantId,uint256 paymentChainId,address paymentToken,address payer,string payerEmail,bytes32 authorizationNonce,uint256 authorizationExpiresAt)",
    ]);
    expect(specs.map(({ type, domain }) => [type, domain.name, domain.version])).toEqual([
      ["eip712", "aipay.gstable.io", "1"],
      ["eip712", "aipay.gstable.io", "1"],
    ]);
  });

  it.each<[string, Parameters<typeof openPaymentSession>[2], number]>([
    ["signed by somebody else", { privateKey: otherPayer.privateKey }, 299302],
    ["changed after it was signed", { sent: { payer: `0x${"a".repeat(40)}` } }, 299302],
    ["signed for another chain", { domainChainId: "1" }, 299302],
    ["signed for a chain that nobody can pay on", { signed: { paymentChainId: "5" } }, 400202],
    ["for a token of another chain", { signed: { paymentToken: `0x${"1".repeat(40)}` } }, 400201],
    ["for an older version of the link", { signed: { linkVersion: "ver_old" } }, 100104],
    ["for a link that nobody knows", { signed: { linkId: "lnk_x" } }, 100101],
    ["for another merchant", { signed: { merchantId: "0".repeat(64) } }, 400101],
    ["for another amount", { signed: { amount: "1" } }, 400101],
    ["for another purpose", { signed: { purpose: "prepare_payment" } }, 400101],
    ["over its time", { signed: { authorizationExpiresAt: "1767323045" } }, 299301],
    ["with a number instead of a decimal string", { sent: { amount: 1 } }, 400101],
  ])("refuses to open a session on an authorization %s", async (_, signing, code) => {
    const { client, linkId } = await openShop();
    const before = client.sandbox.snapshot();
    expect(await openPaymentSession(client, linkId, signing)).toMatchObject({ code });
    expect(client.sandbox.snapshot()).toEqual(before);
  });

  it("refuses the version that an update has replaced, closed links, and a nonce for the second time", async () => {
    const { client, linkId, body } = await openShop();
    const { linkVersion } = await client.read(`${payerHost}/payment/link/${linkId}`);
    expect(await openPaymentSession(client, linkId)).toMatchObject({ code: 0 });
    expect(await openPaymentSession(client, linkId)).toMatchObject({ code: 299303 });
    await client.write("/payment/link/update", { ...body, linkId });
    expect(await openPaymentSession(client, linkId, { signed: { linkVersion } })).toMatchObject({
      code: 100104,
    });
    const view = await client.read(`${payerHost}/payment/link/${linkId}`);
    await client.write("/payment/link/disable", { linkId });
    const late = { message: { ...view }, signature: "0x" };
    expect(await client.get(`${payerHost}/payment/link/${linkId}`)).toMatchObject({ code: 100103 });
    expect(await client.post(`${payerHost}/payment/session/create`, late)).toMatchObject({ code: 400101 });
  });

  it.each(["0x", "no signature", `0x${"0".repeat(130)}`, `0x${"f".repeat(130)}`])(
    "takes %s for no signature",
    async (signature) => {
      const { client, linkId } = await openShop();
      const view = await client.read(`${payerHost}/payment/link/${linkId}`);
      const [token] = view.aiView.supportedPaymentTokens;
      const message = {
        purpose: "create_payment_session",
        linkId,
        linkVersion: view.linkVersion,
        merchantId: view.merchantId,
        payer: payer.address,
        paymentChainId: token.chainId,
        paymentToken: token.tokenAddress,
        amount: token.amountInToken,
        authorizationNonce: `0x${"0".repeat(64)}`,
        authorizationExpiresAt: "1900000000",
      };
      expect(await client.post(`${payerHost}/payment/session/create`, { message, signature })).toMatchObject({
        code: 299302,
      });
    },
  );

  it.each<[string, Parameters<typeof preparePayment>[2], number]>([
    ["by another payer than the session's", { signed: { payer: `0x${"b".repeat(40)}` } }, 100206],
    ["signed by somebody else", { privateKey: otherPayer.privateKey }, 299302],
    ["with another token", { signed: { paymentChainId: "1" } }, 400201],
    ["for a session that nobody knows", { signed: { sessionId: "sess_x" } }, 100201],
    ["without the e-mail that the link requires", { signed: { payerEmail: "" } }, 400101],
    ["over its time", { signed: { authorizationExpiresAt: "0" } }, 299301],
  ])("refuses to prepare a payment %s", async (_, signing, code) => {
    const { client, linkId } = await openShop({ payerEmailRequired: 1 });
    const { data } = await openPaymentSession(client, linkId);
    const signed = { payerEmail: "a@b.example", ...signing?.signed };
    expect(
      await preparePayment(client, data.aiView.preparePaymentRequirement, { ...signing, signed }),
    ).toMatchObject({ code });
  });

  it("prepares nothing for a session that is over, cancelled, or has no payer", async () => {
    const { client, linkId } = await openShop();
    const { data } = await openPaymentSession(client, linkId);
    const requirement = data.aiView.preparePaymentRequirement;
    const waiting = client.sandbox.startSession({ linkId });
    expect(
      await preparePayment(client, requirement, { signed: { sessionId: waiting.sessionId } }),
    ).toMatchObject({ code: 299304 });
    expect((await client.read(`${payerHost}/session/${waiting.sessionId}`)).aiView).toMatchObject({
      completePaymentSessionGuide: { missing: ["payer", "paymentToken"] },
    });
    await client.write("/session/checkout/cancel", { sessionId: waiting.sessionId });
    expect(
      await preparePayment(client, requirement, { signed: { sessionId: waiting.sessionId } }),
    ).toMatchObject({ code: 100205 });
    client.sandbox.clock.advance(31 * 60_000);
    expect(await preparePayment(client, requirement)).toMatchObject({ code: 100203 });
  });

  it("needs no key, and shows no signature in its log", async () => {
    const { client, linkId } = await openShop();
    await openPaymentSession(client, linkId);
    const logged = JSON.stringify(client.sandbox.requests.at(-1));
    expect(logged).toContain("/payment/session/create");
    expect(logged).toContain('"signature":"(secret)"');
  });
});
