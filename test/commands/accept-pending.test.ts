import { afterEach, describe, expect, it } from "vitest";
import { type AcceptScene, CONFIG, openAcceptScene } from "./accept-scene.js";

const shop = `version: 1
project: acme
accounts: { treasury: { id: acc_01 } }
products:
  a: { name: A, commonPrices: [$1] }
  b: { name: B, commonPrices: [$1] }
  c: { name: C, commonPrices: [$1] }
paymentLinks:
  set:
    linkType: fixed
    linkName: Set
    account: treasury
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems:
    - { product: a, quantity: 1, unitPrice: $1 } # a
    - { product: b, quantity: 1, unitPrice: $2 } # b
`;

let scene: AcceptScene | undefined;
afterEach(() => scene?.close());

async function applied(): Promise<AcceptScene> {
  scene = openAcceptScene({ [CONFIG]: shop });
  await scene.apply();
  return scene;
}

function edits(one: AcceptScene, items: readonly (readonly [name: string, dollars: number])[]): void {
  one.sandbox.dashboard.editLink({
    linkId: one.id("paymentLink.set"),
    lineItems: items.map(([name, dollars]) => ({
      productId: one.id(`product.${name}`),
      quantity: 1,
      unitPrice: dollars * 1_000_000,
    })),
  });
}

describe("changes of one's own that wait to be applied", () => {
  it("wait on, beside what is accepted in the same list", async () => {
    const one = await applied();
    one.write(CONFIG, shop.replace("unitPrice: $1 }", "unitPrice: $7 }"));
    edits(one, [
      ["a", 1],
      ["b", 9],
      ["c", 3],
    ]);
    expect((await one.accept()).accepted).toEqual([
      { address: "paymentLink.set", fields: ["lineItems[1].unitPrice", "lineItems[2]"] },
    ]);
    expect(one.read(CONFIG)).toBe(
      `${shop.replace("unitPrice: $1 }", "unitPrice: $7 }").replace("unitPrice: $2 }", "unitPrice: $9 }")}    - { product: c, quantity: 1, unitPrice: $3 }\n`,
    );
    const { changes, drift } = await one.plan();
    expect(drift).toEqual([]);
    expect(changes.flatMap(({ fields }) => fields)).toMatchObject([
      { path: "lineItems[0].unitPrice", cause: "config", before: "1.00", after: "7.00" },
    ]);
  });

  it("an order of one's own waits too", async () => {
    const one = await applied();
    const lines = shop.split("\n");
    const [a = "", b = ""] = lines.splice(15, 2);
    lines.splice(15, 0, b, a);
    one.write(CONFIG, lines.join("\n"));
    edits(one, [
      ["a", 1],
      ["b", 9],
    ]);
    expect((await one.accept()).exitCode).toBe(0);
    expect(one.read(CONFIG)).toBe(lines.join("\n").replace("$2 }", "$9 }"));
    const { changes, drift } = await one.plan();
    expect(drift).toEqual([]);
    expect(changes.flatMap(({ fields }) => fields)).toMatchObject([{ path: "lineItems", cause: "config" }]);
  });

  it("a removed item that was changed outside comes back", async () => {
    const one = await applied();
    one.write(CONFIG, shop.replace(/.*# b\n/, ""));
    edits(one, [
      ["a", 1],
      ["b", 9],
    ]);
    expect(await one.accept()).toMatchObject({ exitCode: 0 });
    expect(await one.plan()).toMatchObject({ changes: [], drift: [] });
    expect(one.read(CONFIG)).toBe(
      shop.replace(/.*# b\n/, "    - { product: b, quantity: 1, unitPrice: $9 }\n"),
    );
  });

  it("a retired link that was opened again is left: it has no place in the configuration", async () => {
    const one = await applied();
    one.write(CONFIG, shop.slice(0, shop.indexOf("paymentLinks:")));
    await one.apply();
    one.sandbox.dashboard.enableLink({ linkId: one.id("paymentLink.set") });
    expect(await one.accept()).toMatchObject({
      exitCode: 2,
      accepted: [],
      left: [{ address: "paymentLink.set", fields: ["enabled"] }],
    });
  });

  it("of one product sold twice the first stays the first, wherever the new one is live", async () => {
    const one = await applied();
    edits(one, [
      ["b", 2],
      ["a", 1],
      ["b", 5],
    ]);
    expect(await one.accept()).toMatchObject({ exitCode: 0 });
    expect(await one.plan()).toMatchObject({ changes: [], drift: [] });
    expect(one.read(CONFIG)).toBe(`${shop}    - { product: b, quantity: 1, unitPrice: $5 }\n`);
  });
});
