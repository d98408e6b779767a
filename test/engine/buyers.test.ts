import { expect, test } from "vitest";
import { Shop } from "./apply/drive.js";
import { item, link, product, usd, wants } from "./builders.js";

test("a plan says of each page what buyers get now and afterwards", async () => {
  const shop = new Shop();
  await shop.apply(wants([product("plan"), link("a"), link("b", { linkName: "B" })]));
  const next = [
    product("plan", { name: "Better Plan" }),
    link("a", { lineItems: [item("plan", 2, usd(12))], successUrl: "https://acme.example/next" }),
    link("b", { linkName: "B" }, { open: false }),
    link("c", { linkName: "C" }),
  ];
  const { document } = (await shop.plan(wants(next))).plan;
  const byAddress = Object.fromEntries((document.buyers ?? []).map((one) => [one.address, one]));
  expect(Object.keys(byAddress).sort()).toEqual(["paymentLink.a", "paymentLink.b", "paymentLink.c"]);
  expect(byAddress["paymentLink.a"]).toMatchObject({
    number: document.changes.find(({ address }) => address === "paymentLink.a")?.number,
    before: { open: true, items: [{ quantity: 1 }] },
    after: {
      open: true,
      items: [{ product: "Better Plan", quantity: 2, unitPrice: "12.00" }],
      total: "24.00",
      sendsTo: "https://acme.example/next",
      payout: expect.stringMatching(/^0x/),
    },
  });
  expect(byAddress["paymentLink.a"]?.before?.items[0]?.product).not.toBe("Better Plan");
  expect(byAddress["paymentLink.b"]).toMatchObject({ before: { open: true }, after: { open: false } });
  expect(byAddress["paymentLink.c"]).toMatchObject({ url: null, before: null, after: { open: true } });
});
