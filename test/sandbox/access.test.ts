import { describe, expect, it } from "vitest";
import { apiBase, createClient, productBody, send } from "./client.js";

describe("access to the sandbox", () => {
  it("answers merchants under both prefixes, whatever the host", async () => {
    const client = createClient();
    for (const url of [
      "https://api.gstable.io/payment/v1/account/list",
      "http://a.example/api/v1/account/list",
    ]) {
      expect(await client.get(url)).toMatchObject({ status: 200, code: 0, message: "success" });
    }
  });

  it("answers an unknown path with a 404 page", async () => {
    const client = createClient();
    const reply = await client.get("/payments");
    expect(reply).toMatchObject({ status: 404, code: null });
    expect(reply.text).toContain("<!DOCTYPE html>");
    expect(await client.get("https://x.example/aipay/api/v1/payment/prepare")).toMatchObject({ status: 404 });
    expect(await client.get("/payment/link/%E0%A4%A")).toMatchObject({ status: 404 });
  });

  it.each(["", "Bearer", "Bearer  sk_live_a", "bearer sk_live_a", "Bearer pk_live_a", "sk_live_a"])(
    "refuses the header `%s`",
    async (Authorization) => {
      const { sandbox } = createClient();
      const reply = await send(sandbox, "/account/list", { method: "GET", headers: { Authorization } });
      expect(reply).toMatchObject({ status: 401, code: 299401 });
    },
  );

  it.each(["sk_live_a", "sk_sandbox_a", "sk_sandbox", "rk_live_a", "rk_sandbox"])(
    "lets the key `%s` read",
    async (key) => {
      const { sandbox } = createClient();
      const headers = { Authorization: `Bearer ${key}` };
      expect(await send(sandbox, "/account/list", { method: "GET", headers })).toMatchObject({ code: 0 });
      const byIds = { method: "POST", headers, body: '{"productIds":[]}' };
      expect(await send(sandbox, "/product/list/by/ids", byIds)).toMatchObject({ code: 0 });
    },
  );

  it("lets a restricted key read only", async () => {
    const { sandbox } = createClient();
    const write = {
      method: "POST",
      headers: { Authorization: "Bearer rk_live_a" },
      body: JSON.stringify(productBody),
    };
    expect(await send(sandbox, "/product/create", write)).toMatchObject({ status: 403, code: 299403 });
    expect(sandbox.snapshot().products).toEqual([]);
  });

  it("refuses a body that is no JSON, after the key and before the fields", async () => {
    const { sandbox } = createClient();
    expect(await send(sandbox, "/product/create", { method: "POST", body: "{" })).toMatchObject({
      code: 400101,
    });
    expect(await send(sandbox, "/product/create", { method: "POST", body: "[]" })).toMatchObject({
      code: 400101,
    });
    const wrong = { method: "POST", body: "{", headers: { Authorization: "x" } };
    expect(await send(sandbox, "/product/create", wrong)).toMatchObject({ status: 401 });
  });

  it("tells the capabilities without a key", async () => {
    const { sandbox } = createClient();
    const headers = { Authorization: "" };
    const { data } = await send(sandbox, "https://x.example/public/api/v1/capabilities/all", {
      method: "GET",
      headers,
    });
    expect(data.supportedTokens).toHaveLength(7);
    const routes = data.paymentCapabilities["polygon::usdc"];
    const fees = Object.values(routes).flat() as {
      tokenId: string;
      crosschain: boolean;
      feeRatePPM: number;
    }[];
    expect(fees.find((route) => route.tokenId === "polygon::usdc")).toMatchObject({
      feeRatePPM: 2000,
      crosschain: false,
    });
    expect(fees.find((route) => route.tokenId === "polygon::usdt")).toMatchObject({
      feeRatePPM: 3000,
      crosschain: false,
    });
    expect(fees.find((route) => route.tokenId === "base::usdc")).toMatchObject({
      feeRatePPM: 6000,
      crosschain: true,
    });
  });

  it("logs every request with its answer, and no secret", async () => {
    const client = createClient();
    await client.post("/product/create", {
      ...productBody,
      description: "my key is sk_live_secret",
      key: "wkk_a",
    });
    await client.get("/nowhere");
    expect(client.sandbox.requests).toEqual([
      {
        method: "POST",
        path: "/api/v1/product/create",
        body: { ...productBody, description: "my key is (secret)", key: "(secret)" },
        status: 200,
        code: 0,
        write: true,
        executions: 1,
      },
      {
        method: "GET",
        path: "/api/v1/nowhere",
        body: undefined,
        status: 404,
        code: null,
        write: false,
        executions: 0,
      },
    ]);
    client.sandbox.clearRequests();
    expect(client.sandbox.requests).toEqual([]);
  });

  it("gives up waiting when the client does", async () => {
    const { sandbox } = createClient();
    sandbox.addFault({ do: { kind: "hang" } });
    const giveUp = new AbortController();
    const going = sandbox.fetch(`${apiBase}/account/list`, { signal: giveUp.signal });
    giveUp.abort();
    await expect(going).rejects.toThrow(/abort/);
  });
});
