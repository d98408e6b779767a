import { describe, expect, it } from "vitest";
import { createClient, productBody, webhookBody } from "./client.js";
import { createReceiver, localWebhook, signatureOf } from "./receiver.js";

const noRepeats = { knobs: { deliveryRetriesMs: [] } };
const typesOf = (received: readonly { event: { eventType: string } }[]) =>
  received.map(({ event }) => event.eventType);

describe("webhooks of the sandbox", () => {
  it("tell of a payment, stage by stage, signed with the key of the webhook", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    const { key } = localWebhook(client, "session.created", "session.paid", "session.completed");
    const { link } = await client.shop();
    const { sessionId } = client.sandbox.pay({ linkId: link.linkId });
    await client.sandbox.deliveriesSettled();
    expect(typesOf(received)).toEqual(["session.created", "session.paid", "session.completed"]);
    const [created, , completed] = received;
    expect(created?.event).toMatchObject({
      eventId: expect.stringMatching(/^evt_[A-Za-z0-9]{16}$/),
      businessType: "session",
      occurrence: "2026-01-02 03:04:05",
      isSubscribable: true,
      payload: {
        sessionData: { sessionId, status: "initialized", currency: "polygon::usdc" },
        transaction: null,
      },
    });
    expect(completed?.event.payload).toMatchObject({
      sessionData: { status: "completed" },
      transaction: { netValue: 9_990_000 },
    });
    for (const one of received) expect(one.signature).toBe(signatureOf(one, key));
    expect(received[0]?.timestamp).toBe(String(Date.UTC(2026, 0, 2, 3, 4, 5) / 1000));
    expect(new Set(received.map(({ event }) => event.eventId)).size).toBe(3);
  });

  it("tell of products, links and accounts in the shape of the API's answers", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    const families = {
      product: ["created", "updated", "archived", "unarchived", "removed"],
      "payment.link": ["created", "updated", "disabled", "enabled"],
      account: ["created", "updated", "removed"],
    };
    localWebhook(
      client,
      ...Object.entries(families).flatMap(([of, verbs]) => verbs.map((verb) => `${of}.${verb}`)),
    );
    const { link, body, product } = await client.shop();
    const { productId } = product;
    const { linkId } = link;
    await client.write("/product/update", { ...productBody, productId, name: "New" });
    await client.write("/product/archive", { productId });
    await client.write("/product/unarchive", { productId });
    const { productId: other } = await client.write("/product/create", productBody);
    await client.write("/product/remove", { productId: other });
    await client.write("/payment/link/update", { ...body, linkId });
    await client.write("/payment/link/disable", { linkId });
    await client.write("/payment/link/enable", { linkId });
    client.sandbox.dashboard.archiveLink({ linkId });
    client.sandbox.dashboard.addAccount({ accountId: "acc_new" });
    client.sandbox.dashboard.renameAccount({ accountId: "acc_new", accountName: "New" });
    client.sandbox.dashboard.removeAccount({ accountId: "acc_new" });
    await client.sandbox.deliveriesSettled();
    expect(typesOf(received)).toEqual([
      "product.created",
      "payment.link.created",
      "product.updated",
      "product.archived",
      "product.unarchived",
      "product.created",
      "product.removed",
      "payment.link.updated",
      "payment.link.disabled",
      "payment.link.enabled",
      "account.created",
      "account.updated",
      "account.removed",
    ]);
    const [first] = received;
    expect(first?.event.payload.productData).toEqual(product);
    expect(received[1]?.event).toMatchObject({
      businessType: "payment_link",
      payload: { linkData: { linkId } },
    });
    expect(received.at(-1)?.event.payload.accountData).toMatchObject({ accountId: "acc_new" });
  });

  it("tell of sessions that are cancelled or over", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    localWebhook(client, "session.cancelled", "session.expired");
    const { link } = await client.shop();
    const { sessionId } = client.sandbox.startSession({ linkId: link.linkId });
    client.sandbox.startSession({ linkId: link.linkId });
    await client.write("/session/checkout/cancel", { sessionId });
    client.sandbox.clock.advance(30 * 60_000);
    await client.read("/session/list/all/1/10");
    await client.sandbox.deliveriesSettled();
    expect(typesOf(received)).toEqual(["session.cancelled", "session.expired"]);
  });

  it("are sent nowhere but to this machine, and kept", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    for (const webhookUrl of [
      "https://api.acme.example/hooks",
      "https://127.0.0.1.acme.example/",
      "https://localhost.acme.example/",
      "https://10.0.0.1/",
    ]) {
      await client.write("/webhook/create", { ...webhookBody, webhookUrl });
    }
    const { link } = await client.shop();
    client.sandbox.pay({ linkId: link.linkId, until: "paid" });
    await client.sandbox.deliveriesSettled();
    expect(received).toEqual([]);
    expect(client.sandbox.deliveries.map(({ state, attempts }) => [state, attempts.length])).toEqual(
      Array(4).fill(["kept", 0]),
    );
  });

  it("go to a receiver that stands for every host, with the path of each webhook", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send, receiver: "http://127.0.0.1:3000" });
    for (const path of ["/hooks?a=b", "//evil.example/x"]) {
      await client.write("/webhook/create", {
        ...webhookBody,
        webhookUrl: `https://api.acme.example${path}`,
      });
    }
    const { link } = await client.shop();
    client.sandbox.pay({ linkId: link.linkId, until: "paid" });
    await client.sandbox.deliveriesSettled();
    expect(received.map(({ url }) => url)).toEqual([
      "http://127.0.0.1:3000/hooks?a=b",
      "http://127.0.0.1:3000//evil.example/x",
    ]);
    expect(() => client.sandbox.sendWebhooks({ receiver: "127.0.0.1:3000/hooks" })).toThrow(
      "write scheme, host",
    );
    expect(() => client.sandbox.sendWebhooks({ receiver: "http://127.0.0.1:3000/hooks" })).toThrow(
      "write scheme",
    );
  });

  it("are tried again with the same event and a fresh signature, until they are accepted", async () => {
    const client = createClient({ knobs: { deliveryRetriesMs: [0, 0] } });
    const { received, send } = createReceiver(500, 302, 204);
    client.sandbox.sendWebhooks({ send });
    localWebhook(client);
    const { link } = await client.shop();
    client.sandbox.pay({ linkId: link.linkId, until: "paid" });
    await client.sandbox.deliveriesSettled();
    expect(new Set(received.map(({ event }) => event.eventId)).size).toBe(1);
    const [delivery] = client.sandbox.deliveries;
    expect(delivery?.state).toBe("delivered");
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 302, 204]);
  });

  it("are paused after repeated failures and told again once enabled; a success in between counts anew", async () => {
    const client = createClient({ knobs: { deliveryRetriesMs: [], pauseAfterFailures: 2 } });
    const { received, send } = createReceiver(500, 200, 500, 500, 200);
    client.sandbox.sendWebhooks({ send });
    const { webhookId } = localWebhook(client, "product.created");
    const status = async () => (await client.read(`/webhook/detail/${webhookId}`)).status;
    const seen: unknown[] = [];
    for (let made = 0; made < 5; made += 1) {
      await client.write("/product/create", productBody);
      await client.sandbox.deliveriesSettled();
      seen.push(await status());
    }
    expect(seen).toEqual(["active", "active", "active", "paused", "paused"]);
    expect(received).toHaveLength(4);
    await client.write("/webhook/enable", { webhookId });
    await client.write("/product/create", productBody);
    await client.sandbox.deliveriesSettled();
    expect(received).toHaveLength(5);
    expect(await status()).toBe("active");
  });

  it("drop what waits for a repeat when their webhook is closed meanwhile", async () => {
    const client = createClient({ knobs: { deliveryRetriesMs: [0] } });
    const { webhookId } = localWebhook(client, "product.created");
    client.sandbox.sendWebhooks({
      send: async () => {
        client.sandbox.dashboard.disableWebhook({ webhookId });
        return new Response(null, { status: 500 });
      },
    });
    await client.write("/product/create", productBody);
    await client.sandbox.deliveriesSettled();
    expect(client.sandbox.deliveries).toMatchObject([{ state: "dropped", attempts: [{ status: 500 }] }]);
  });

  it("sign with the new key as soon as it is refreshed", async () => {
    const client = createClient(noRepeats);
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    const { webhookId, key } = localWebhook(client, "product.created");
    await client.write("/webhook/key/refresh", { webhookId });
    await client.write("/product/create", productBody);
    await client.sandbox.deliveriesSettled();
    const fresh = (await client.read(`/webhook/detail/${webhookId}`)).key;
    expect(received.map(({ signature }) => signature)).toEqual(
      received.map((one) => signatureOf(one, fresh)),
    );
    expect(received.map(({ signature }) => signature)).not.toEqual(
      received.map((one) => signatureOf(one, key)),
    );
  });

  it("survive a receiver that gives no answer, and say why", async () => {
    const client = createClient(noRepeats);
    client.sandbox.sendWebhooks({
      send: async () => {
        throw new TypeError("fetch failed", {
          cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
        });
      },
    });
    localWebhook(client, "product.created");
    await client.write("/product/create", productBody);
    await client.sandbox.deliveriesSettled();
    expect(client.sandbox.deliveries).toMatchObject([
      { state: "failed", attempts: [{ error: "fetch failed: ECONNREFUSED" }] },
    ]);
  });

  it("say nothing of what was seeded", async () => {
    const client = createClient();
    localWebhook(client, "product.created", "account.created");
    client.sandbox.seed({ products: [{ ...productBody, productId: "prd_seed" }] });
    client.sandbox.ensureAccount({ accountId: "acc_01" });
    expect(client.sandbox.deliveries).toEqual([]);
  });
});

describe("deliveries at the side-door", () => {
  const ask = async (client: ReturnType<typeof createClient>, path: string, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await client.sandbox.fetch(`http://x.example/_sandbox${path}`, init)).json();
  };

  it("can be looked at, sent again and emptied", async () => {
    const client = createClient();
    const { received, send } = createReceiver();
    client.sandbox.sendWebhooks({ send });
    localWebhook(client, "product.created");
    await client.write("/product/create", productBody);
    await client.sandbox.deliveriesSettled();
    const [delivery] = (await ask(client, "/deliveries")) as { deliveryId: string }[];
    expect(delivery).toMatchObject({ eventType: "product.created", state: "delivered" });
    expect(JSON.stringify(delivery)).not.toContain("wkk_");
    await ask(client, `/deliveries/${delivery?.deliveryId}/redeliver`, {});
    await client.sandbox.deliveriesSettled();
    expect(received).toHaveLength(2);
    expect(received[1]?.event.eventId).toBe(received[0]?.event.eventId);
    expect(await ask(client, "/deliveries/dlv_x/redeliver", {})).toMatchObject({
      error: expect.stringContaining("dlv_x"),
    });
    await ask(client, "/deliveries/clear", {});
    expect(await ask(client, "/deliveries")).toEqual([]);
  });

  it("can be sent to a receiver on this machine, and to no other", async () => {
    const client = createClient();
    expect(await ask(client, "/receiver", { url: "http://localhost:3000/" })).toEqual({
      receiver: "http://localhost:3000",
    });
    expect(await ask(client, "/receiver", { url: "https://evil.example" })).toEqual({
      error:
        "`https://evil.example` is not on this machine: start the sandbox with `--deliver-to https://evil.example`",
    });
    expect(client.sandbox.webhookReceiver).toBe("http://localhost:3000");
    expect(await ask(client, "/receiver", { url: null })).toEqual({ receiver: null });
  });
});
