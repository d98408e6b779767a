import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSandbox, InputError, seedJsonSchema } from "../../src/sandbox/index.js";
import { clientOf, createClient, type Data, productBody, webhookBody } from "./client.js";

const page = readFileSync(new URL("../../docs/sandbox.md", import.meta.url), "utf8");
const documentedSeed: Data = JSON.parse(/```json\n(\{\n {2}"accounts"[\s\S]*?)```/.exec(page)?.[1] ?? "null");

/** What a seed is refused for. */
function issuesOf(seed: Data): readonly string[] {
  try {
    createSandbox().seed(seed);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  }
}

describe("a seed of the sandbox", () => {
  it("is as short as the documented one, and becomes a shop that sells", async () => {
    const client = createClient();
    client.sandbox.seed(documentedSeed);
    const { links } = await client.read("/payment/link/list/1/10");
    expect(links).toMatchObject([
      { linkId: "lnk_donation", linkType: "custom", status: "active", feeModel: 1 },
      { linkId: "lnk_premium", linkType: "fixed", amount: 9_990_000, accountId: "acc_01" },
    ]);
    const detail = await client.read("/payment/link/lnk_premium");
    expect(detail.lineItems.items[0].productData.productName).toBe("Premium Plan");
    expect(client.sandbox.pay({ linkId: "lnk_premium" }).status).toBe("completed");
    expect(await client.post("/product/remove", { productId: "prd_premium" })).toMatchObject({
      code: 100305,
    });
    expect((await client.read("/webhook/list")).webhooks).toMatchObject([{ key: "wkk_for_my_receiver" }]);
  });

  it("can be what another sandbox shows as its state, sessions and all", async () => {
    const one = createClient();
    const { link } = await one.shop();
    await one.write("/webhook/create", webhookBody);
    one.sandbox.pay({ linkId: link.linkId, until: "paid" });
    const dump = JSON.parse(JSON.stringify(one.sandbox.snapshot()));
    const other = clientOf(createSandbox());
    other.sandbox.seed(dump);
    expect(JSON.parse(JSON.stringify(other.sandbox.snapshot()))).toEqual(dump);
  });

  it("can hold links whose product or account is gone, as a dump of them does", async () => {
    const one = createClient();
    const { link, product } = await one.shop();
    one.sandbox.dashboard.eraseProduct({ productId: product.productId });
    const { paymentLinks } = one.sandbox.snapshot();
    const other = createClient();
    other.sandbox.seed({ paymentLinks: paymentLinks.map((each) => ({ ...each, accountId: "acc_gone" })) });
    expect((await other.read(`/payment/link/${link.linkId}`)).accountId).toBe("acc_gone");
  });

  it("is refused as a whole, with every mistake, its place and what was meant", () => {
    const { sandbox } = createClient();
    const before = sandbox.snapshot();
    const seed: Data = {
      products: [{ productId: "prd_a", name: "A", commonPrices: [1], statsu: "active" }],
      paymentLinks: [{ linkId: "lnk_a", linkName: "A" }],
      webhook: [],
    };
    expect(() => sandbox.seed(seed)).toThrow(InputError);
    expect(sandbox.snapshot()).toEqual(before);
    expect(issuesOf(seed)).toEqual([
      "products.0 no key `statsu`; did you mean `status`?",
      "paymentLinks.0.lineItems missing",
      " no key `webhook`; did you mean `webhooks`?",
    ]);
  });

  it.each<[string, Data, string]>([
    [
      "a product that is not there",
      { linkId: "lnk_a", linkName: "A", lineItems: [{ productId: "prd_premum" }] },
      "paymentLinks.0.lineItems.0.productId no product `prd_premum`; did you mean `prd_premium`?",
    ],
    [
      "an account that is not there",
      { linkId: "lnk_a", linkName: "A", accountId: "acc_x", lineItems: [{ productId: "prd_premium" }] },
      "paymentLinks.0.accountId no account `acc_x`",
    ],
    [
      "a token that nobody knows",
      {
        linkId: "lnk_a",
        linkName: "A",
        settlementToken: "polygon::usd",
        lineItems: [{ productId: "prd_premium" }],
      },
      "paymentLinks.0.settlementToken no token `polygon::usd`; did you mean `polygon::usdt`?",
    ],
    [
      "a word where there are few",
      { linkId: "lnk_a", linkName: "A", status: "enabled", lineItems: [{ productId: "prd_premium" }] },
      "paymentLinks.0.status `enabled` is none of `active`, `disabled`, `archived`",
    ],
    [
      "a missing id",
      { linkName: "A", lineItems: [{ productId: "prd_premium" }] },
      "paymentLinks.0.linkId missing",
    ],
  ])("names %s", (_, link, issue) => {
    expect(issuesOf({ products: documentedSeed.products, paymentLinks: [link] })).toEqual([issue]);
  });

  it("has a JSON Schema for editors; `npm run generate` writes it", async () => {
    await expect(`${JSON.stringify(seedJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      "../../sandbox-seed.schema.json",
    );
  });
});

describe("a misspelt name", () => {
  it.each<[string, (sandbox: Data) => unknown, string]>([
    [
      "of a knob",
      (sandbox) => sandbox.setKnobs({ listorder: "oldest" }),
      "no knob `listorder`; did you mean `listOrder`?",
    ],
    [
      "of a knob's value",
      (sandbox) => sandbox.setKnobs({ listOrder: "oldes" }),
      "listOrder: `oldes` is none of `newest`, `oldest`, `shuffled`, `unstable`; did you mean `oldest`?",
    ],
    [
      "of a fault",
      (sandbox) => sandbox.addFault({ do: { kind: "loseAnswr" } }),
      "did you mean `loseAnswer`?",
    ],
    [
      "in what a fault matches",
      (sandbox) => sandbox.addFault({ match: { pth: "/product" }, do: { kind: "doubled" } }),
      "match: no key `pth`; did you mean `path`?",
    ],
    [
      "in a dashboard's action",
      (sandbox) => sandbox.dashboard.createProduct({ nmae: "A" }),
      "no key `nmae`; did you mean `name`?",
    ],
    [
      "in a payment",
      (sandbox) => sandbox.pay({ sesionId: "sess_x" }),
      "no key `sesionId`; did you mean `sessionId`?",
    ],
  ])("%s is refused with what was probably meant", (_, act, message) => {
    expect(() => act(createSandbox())).toThrow(message);
  });

  it("is refused for what cannot be guessed, too", () => {
    expect(() => createSandbox({ knobs: JSON.parse('{"zzz":1}') })).toThrow(/^no knob `zzz`$/);
    expect(() => createSandbox().seed({ products: [{ ...productBody }] as never })).toThrow(
      "products[0].productId: missing",
    );
  });
});
