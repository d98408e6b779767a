import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type Served, serveSandbox } from "../../src/sandbox/index.js";
import { type Data, linkBody, productBody, webhookBody } from "./client.js";

let sandbox: Sandbox;
let served: Served;
beforeAll(async () => {
  sandbox = createSandbox();
  served = await serveSandbox(sandbox);
});
afterAll(async () => {
  await served.close();
  await sandbox.close();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${served.url}${path}`, { ...init, headers: { Authorization: "Bearer sk_live_a", ...init.headers } });

async function tell(path: string, body: unknown = {}): Promise<{ status: number; json: Data }> {
  const answer = await ask(path, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, json: await answer.json() };
}

describe("a served sandbox", () => {
  it("answers on loopback, a free port, with what it answers in process", async () => {
    expect(served.url).toBe(`http://127.0.0.1:${served.port}`);
    const overHttp = await (await ask("/api/v1/account/list?x=1")).json();
    const inProcess = await sandbox.fetch("http://x.example/payment/v1/account/list", {
      headers: { Authorization: "Bearer sk_live_a" },
    });
    expect(overHttp).toEqual(await inProcess.json());
    expect((await ask("/")).status).toBe(404);
  });

  it("breaks off the connection where a fault says so, and goes on", async () => {
    sandbox.addFault({ do: { kind: "refuse" } });
    sandbox.addFault({ match: { nth: 2 }, do: { kind: "loseAnswer" } });
    const before = sandbox.snapshot().products.length;
    await expect(tell("/api/v1/product/create", productBody)).rejects.toThrow("fetch failed");
    expect(sandbox.snapshot().products).toHaveLength(before);
    await expect(tell("/api/v1/product/create", productBody)).rejects.toThrow("fetch failed");
    expect(sandbox.snapshot().products).toHaveLength(before + 1);
    expect((await tell("/api/v1/product/create", productBody)).json.code).toBe(0);
  });

  it("can be closed while a request hangs", async () => {
    const other = await serveSandbox(sandbox);
    sandbox.addFault({ do: { kind: "hang" } });
    const going = fetch(`${other.url}/api/v1/account/list`);
    const failing = expect(going).rejects.toThrow("fetch failed");
    while (!sandbox.requests.some((request) => request.status === 0 && request.method === "GET")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await other.close();
    await failing;
  });
});

describe("the side-door of a served sandbox", () => {
  it("turns knobs and scripts faults", async () => {
    expect((await tell("/_sandbox/knobs", { httpStatus: "mirrored" })).json.httpStatus).toBe("mirrored");
    expect((await ask("/api/v1/payment/link/lnk_x")).status).toBe(404);
    await tell("/_sandbox/knobs", { httpStatus: "always200" });
    await tell("/_sandbox/faults", [
      { do: { kind: "tooMany", status: 429 } },
      { do: { kind: "delay", ms: 1 } },
    ]);
    expect((await ask("/api/v1/account/list")).status).toBe(429);
    await tell("/_sandbox/faults", { match: { times: 0 }, do: { kind: "tooMany" } });
    await tell("/_sandbox/faults/clear");
    expect(((await (await ask("/api/v1/account/list")).json()) as Data).code).toBe(0);
  });

  it("acts in the dashboard", async () => {
    const product = (await tell("/_sandbox/dashboard/createProduct", { ...productBody, description: "All" }))
      .json;
    const { json } = await tell(
      "/api/v1/payment/link/create",
      linkBody(product.productId, { successUrl: "https://a.example/" }),
    );
    const { linkId } = json.data;
    const edited = await tell("/_sandbox/dashboard/editLink", {
      linkId,
      successUrl: null,
      linkName: "Edited",
    });
    expect(edited).toMatchObject({ status: 200, json: { linkName: "Edited" } });
    expect(edited.json).not.toHaveProperty("successUrl");
    await tell("/_sandbox/dashboard/disableLink", { linkId });
    await tell("/_sandbox/dashboard/enableLink", { linkId });
    expect((await tell("/_sandbox/dashboard/archiveLink", { linkId })).json.status).toBe("archived");
    expect((await tell("/_sandbox/dashboard/eraseLink", { linkId })).json).toEqual({ done: true });
    const lineItems = [{ productId: product.productId, unitPrice: 1_000_000 }];
    const drawn = (await tell("/_sandbox/dashboard/createLink", { linkName: "Drawn", lineItems })).json;
    expect(drawn).toMatchObject({
      linkName: "Drawn",
      status: "active",
      lineItems: [{ itemType: "product", quantity: 1 }],
    });
    const hook = (await tell("/_sandbox/dashboard/createWebhook", webhookBody)).json;
    expect(hook).toMatchObject({ status: "active", webhookName: "Ledger" });
    const { webhookId } = hook;
    const renamed = await tell("/_sandbox/dashboard/editWebhook", { webhookId, webhookName: "B" });
    expect(renamed.json.webhookName).toBe("B");
  });

  it("says what is wrong with a mistake, and changes nothing", async () => {
    const { status, json } = await tell("/_sandbox/dashboard/archiveLink", { linkId: "lnk_x" });
    expect(status).toBe(400);
    expect(json.error).toContain("lnk_x");
    expect((await tell("/_sandbox/dashboard/nope")).json.error).toContain("archiveLink");
    expect((await tell("/_sandbox/knobs", { nope: 1 })).status).toBe(400);
    expect((await ask("/_sandbox/seed", { method: "POST", body: "{" })).status).toBe(400);
    expect((await tell("/_sandbox/nope")).json.routes).toContain("GET /_sandbox/state");
  });

  it("moves the clock", async () => {
    expect((await tell("/_sandbox/clock", { freezeAt: "2030-01-01T00:00:00Z" })).json.now).toBe(
      "2030-01-01T00:00:00.000Z",
    );
    expect((await tell("/_sandbox/clock", { advanceMs: 60_000 })).json.now).toBe("2030-01-01T00:01:00.000Z");
    expect((await tell("/_sandbox/clock", { run: true })).json.now).not.toContain("2030");
  });

  it("shows state and requests, takes a seed, and starts over", async () => {
    await tell("/_sandbox/reset");
    await tell("/_sandbox/seed", {
      products: [{ productId: "prd_seed", name: "Seeded", commonPrices: [1] }],
    });
    const state = (await (await ask("/_sandbox/state")).json()) as Data;
    expect(state.products).toMatchObject([{ productId: "prd_seed", status: "active", used: false }]);
    await ask("/api/v1/account/list");
    expect(await (await ask("/_sandbox/requests")).json()).toMatchObject([
      { path: "/api/v1/account/list", code: 0 },
    ]);
    await tell("/_sandbox/requests/clear");
    expect(await (await ask("/_sandbox/requests")).json()).toEqual([]);
    expect(((await (await ask("/_sandbox")).json()) as Data).dashboard).toContain("changeAccountAddress");
    expect(((await (await ask("/_sandbox/knobs")).json()) as Data).listOrder).toBe("newest");
  });

  it("is not for web pages", async () => {
    const answer = await ask("/_sandbox/reset", {
      method: "POST",
      headers: { Origin: "https://evil.example" },
    });
    expect(answer.status).toBe(403);
  });
});
