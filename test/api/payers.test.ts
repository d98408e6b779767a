import { describe, expect, it } from "vitest";
import { createPayerApi } from "../../src/api/index.js";
import type { Call } from "../../src/state/call.js";
import { FakeClock, fakeServer, ok } from "./doubles.js";

const detail: Call<"paymentLink.detail"> = { method: "paymentLink.detail", args: ["lnk_1"] };
const capabilities: Call<"capability.all"> = { method: "capability.all", args: [] };
const view = { linkId: "lnk_1", lineItems: [], aiView: {} };

function open(options: Parameters<typeof createPayerApi>[0]) {
  const api = createPayerApi(options);
  if (!api.ok) throw new Error(JSON.stringify(api.diagnostics));
  return api.value;
}

describe("the way to the payers' host", () => {
  it.each([
    [{}, "https://aipay.gstable.io/api/v1", "https://api.gstable.io/public/api/v1"],
    [
      { baseUrl: "https://api.gstable.io/payment/v1" },
      "https://aipay.gstable.io/api/v1",
      "https://api.gstable.io/public/api/v1",
    ],
    [
      { baseUrl: "http://127.0.0.1:4010/api/v1" },
      "http://127.0.0.1:4010/aipay/api/v1",
      "http://127.0.0.1:4010/public/api/v1",
    ],
    [
      { payerBaseUrl: "https://payers.example/x/", publicBaseUrl: "https://open.example/y" },
      "https://payers.example/x",
      "https://open.example/y",
    ],
  ])("with %j leads to %s", async (options, payers, open_) => {
    const { fetch, sent } = fakeServer(ok(view));
    const api = open({ ...options, fetch });
    expect(api.baseUrl).toBe(payers);
    expect(await api.run(detail)).toEqual({ kind: "done", data: view });
    await api.run(capabilities);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${payers}/payment/link/lnk_1`,
      `GET ${open_}/capabilities/all`,
    ]);
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual([null, null]);
    expect(sent.map(({ redirect }) => redirect)).toEqual(["manual", "manual"]);
  });

  it("takes a view without an envelope for what it is", async () => {
    const { fetch } = fakeServer(new Response(JSON.stringify(view)));
    expect(await open({ fetch }).run(detail)).toEqual({ kind: "done", data: view });
  });

  it("takes no other JSON for a view", async () => {
    const { fetch } = fakeServer(new Response(JSON.stringify({ linkId: "lnk_1" })));
    expect(await open({ fetch }).run(detail)).toMatchObject({ kind: "unknown" });
  });

  it("asks again where that may help", async () => {
    const clock = new FakeClock();
    const { fetch, sent } = fakeServer(new Response("", { status: 502 }), ok(view));
    expect(await clock.run(open({ fetch, clock }).run(detail))).toMatchObject({ kind: "done" });
    expect(sent).toHaveLength(2);
  });

  it("refuses base URLs and limits that nothing could work with", () => {
    const api = createPayerApi({ payerBaseUrl: "http://payers.example", rps: -1 });
    expect(api.ok ? [] : api.diagnostics.map(({ code }) => code)).toEqual(["GS6002", "GS6007"]);
  });
});
