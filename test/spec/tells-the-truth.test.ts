import { describe, expect, it } from "vitest";
import { validateConfig } from "../../src/index.js";
import { link, product, shop } from "../cli/shop.js";
import { dearer } from "./catalogues.js";
import { configFile, openAppliedMerchant, openMerchant } from "./merchant.js";

describe("the configuration", () => {
  // Depth: test/config (each problem), test/render/outputs (how they are shown).
  it("is told every problem at once, each with its place, a stable code and what to write instead", async () => {
    const merchant = openMerchant();
    merchant.save(
      configFile,
      [
        "version: 1",
        "project: acme-store",
        "products:",
        "  beans: { nmae: Beans, commonPrices: [9.99] }",
        "paymentLinks:",
        "  beans: { linkType: fixed, lineItems: [{ product: baens, quantity: 1, unitPrice: 10 }] }",
      ].join("\n"),
    );
    const { diagnostics } = await validateConfig({}, { cwd: merchant.cwd });
    const told = diagnostics.map(({ code, source, remedy = "", detail = "" }) => ({
      at: `${source?.file}:${source?.line}:${source?.column}`,
      code,
      help: remedy + detail,
    }));
    expect(told.length).toBeGreaterThan(4);
    for (const { at, code } of told) {
      expect(at).toMatch(/^gstable\.config\.yaml:\d+:\d+$/);
      expect(code).toMatch(/^GS1\d{3}$/);
    }
    const helpAt = (at: string) => told.filter((one) => one.at.endsWith(at)).map(({ help }) => help);
    expect(helpAt(":4:12").join()).toContain("name");
    expect(helpAt(":4:40").join()).toContain("$9.99");
    expect(helpAt(":6:83").join()).toContain("$0.00001");
  });
});

describe("a plan", () => {
  it("names both places of what does not fit together, as `validate` does", async () => {
    const twice = { beans: link("beans", "$24"), again: link("beans", "$25", { linkName: "Again" }) };
    const merchant = openMerchant(shop({ paymentLinks: twice }));
    const { document } = await merchant.plan();
    const told = document.diagnostics?.find(({ code }) => code === "GS1510");
    expect(told?.source?.file).toBe(configFile);
    expect(told?.detail).toMatch(/the other price: gstable\.config\.yaml:\d+:\d+/);
  });

  // Depth: test/engine/diff.
  it("says who moved each field: the configuration, somebody outside, or both", async () => {
    const text = (words: string) =>
      shop({ paymentLinks: { beans: link("beans", "$24", { customSuccessText: words }) } });
    const merchant = await openAppliedMerchant(text("Thanks"));
    const causeOf = async () =>
      (await merchant.plan({ refresh: "full" })).document.changes?.flatMap(({ fields }) =>
        fields.map(({ path, cause }) => `${path} ${cause}`),
      );
    merchant.write(text("Thank you"));
    expect(await causeOf()).toEqual(["customSuccessText config"]);
    const linkId = merchant.idOf("paymentLink.beans");
    merchant.sandbox.dashboard.editLink({ linkId, customSuccessText: "Merry Christmas" });
    expect(await causeOf()).toEqual(["customSuccessText conflict"]);
    merchant.write(text("Thanks"));
    expect(await causeOf()).toEqual(["customSuccessText drift"]);
  });

  // Depth: test/sandbox/knobs, test/engine/apply/knobs (every position of every knob).
  it("is empty after an apply, although the API rewrites pictures, texts and the order of lists", async () => {
    const products = {
      beans: product("Beans", { imageUrl: "https://acme.example/b.png" }),
      mug: product("Mug"),
    };
    const merchant = await openAppliedMerchant(shop({ products }), { knobs: { lineItemsOrder: "shuffled" } });
    expect(merchant.sandbox.snapshot().products.map(({ imageUrl }) => imageUrl)).not.toContain(
      "https://acme.example/b.png",
    );
    expect((await merchant.plan({ refresh: "full" })).document).toMatchObject({ changes: [], drift: [] });
  });

  it("shows the same value in every form", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(dearer);
    const planned = await merchant.plan();
    const [change] = planned.document.changes ?? [];
    expect(change?.fields).toMatchObject([
      { path: "lineItems[0].unitPrice", before: "24.00", after: "25.00" },
    ]);
    expect(planned.text).toContain("lineItems[0].unitPrice  $24.00 → $25.00");
  });

  it("escapes what strangers wrote, in the medium where it is shown", async () => {
    const merchant = await openAppliedMerchant();
    merchant.sandbox.dashboard.createProduct({ name: "\u001b[2Jgone\u202e" });
    const planned = await merchant.plan();
    expect(planned.text).toContain("\\u{1b}[2Jgone\\u{202e}");
    for (const character of ["\u001b", "\u202e"]) expect(planned.text).not.toContain(character);
  });
});

describe("drift", () => {
  // Depth: test/commands/accept, test/cli/accept.
  it("finds what was changed outside, also what lists do not show, and changes nothing", async () => {
    const merchant = await openAppliedMerchant();
    const linkId = merchant.idOf("paymentLink.mug");
    merchant.sandbox.dashboard.editLink({ linkId, successUrl: "https://evil.example/" });
    expect(await merchant.drift()).toMatchObject({
      exitCode: 2,
      document: {
        drift: [
          { address: "paymentLink.mug", fields: [{ path: "successUrl", cause: "drift", risk: "exit" }] },
        ],
      },
    });
    expect(merchant.written()).toEqual([]);
  });
});

describe("an apply", () => {
  // Depth: test/engine/apply/cases ("after a failure").
  it("ends in three lists: done, failed with the reason, and not attempted; then the same command resumes", async () => {
    const merchant = openMerchant();
    merchant.sandbox.addFault({
      match: { path: "/product/create", body: "Mug" },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    const { exitCode, document } = await merchant.apply();
    expect(exitCode).toBe(5);
    expect(document.done?.map(({ address }) => address)).toEqual(["paymentLink.beans", "product.beans"]);
    expect(document.failed).toMatchObject([
      { address: "product.mug", error: { code: 400101, outcome: "refused" } },
    ]);
    expect(document.notAttempted).toMatchObject([{ address: "paymentLink.mug" }]);
    expect((await merchant.apply()).document.summary).toMatchObject({ done: 2, failed: 0 });
  });

  it("reads back what it wrote, and does not call done what the API made something else of", async () => {
    const products = { beans: product("Beans", { description: "<b>All</b>" }) };
    const merchant = openMerchant(shop({ products, paymentLinks: {} }), { knobs: { texts: "stripped" } });
    expect(await merchant.apply()).toMatchObject({
      exitCode: 5,
      document: { done: [], failed: [{ address: "product.beans", error: { outcome: "differs" } }] },
    });
  });

  it("writes nothing the second time", async () => {
    const merchant = await openAppliedMerchant();
    expect((await merchant.apply()).document.summary).toMatchObject({ done: 0, writes: 0 });
    expect(merchant.written()).toEqual([]);
  });
});

describe("verify", () => {
  // Depth: test/commands/verify, test/engine/verify.
  it("looks as payers do, and disagrees where a page is not what was applied", async () => {
    const merchant = await openAppliedMerchant();
    expect((await merchant.verify()).exitCode).toBe(0);
    merchant.sandbox.dashboard.disableLink({ linkId: merchant.idOf("paymentLink.mug") });
    const looked = await merchant.verify();
    expect(looked.exitCode).toBe(5);
    expect(looked.document.links?.map(({ address, state }) => [address, state])).toEqual([
      ["paymentLink.beans", "agrees"],
      ["paymentLink.mug", "disagrees"],
    ]);
  });
});
