import { describe, expect, it } from "vitest";
import { manyProducts, shop } from "../cli/shop.js";
import { dearer } from "./catalogues.js";
import { openAppliedMerchant } from "./merchant.js";

/** Calls to the merchant's API, by the first words of their path. */
const isList = (path: string) => /\/(product|payment\/link)\/list\/\d+\/\d+$/.test(path);

// Depth: test/engine/reading (the cost of a plan), test/performance (work grows with the catalogue, and no faster),
// test/architecture/start (what a start loads), npm run bench (beside a script).
describe("a plan costs pages, not objects", () => {
  it("without changes: a call for each 100 products or links, and two more", async () => {
    const merchant = await openAppliedMerchant(manyProducts(150));
    const { document } = await merchant.plan();
    expect(document).toMatchObject({ changes: [], summary: { unchanged: 300 } });
    const paths = merchant.sandbox.requests.map(({ path }) => path);
    expect(paths.filter(isList)).toHaveLength(4);
    expect(paths.filter((path) => !isList(path)).map((path) => path.replace("/api/v1/", ""))).toEqual(
      expect.arrayContaining(["account/list", "webhook/list"]),
    );
    expect(paths).toHaveLength(6);
    expect(document.summary?.apiCalls).toBe(6);
  });

  it("with a link that would change: one more, so that what is shown as live was read", async () => {
    const merchant = await openAppliedMerchant();
    await merchant.plan();
    const unchanged = merchant.sandbox.requests.length;
    merchant.sandbox.clearRequests();
    merchant.write(dearer);
    await merchant.plan();
    expect(merchant.sandbox.requests.map(({ path }) => path)).toContain(
      `/api/v1/payment/link/${merchant.idOf("paymentLink.beans")}`,
    );
    // The capabilities, which only a change needs, are the other one.
    expect(merchant.sandbox.requests).toHaveLength(unchanged + 2);
  });

  it("and the same again for an apply that has nothing to do", async () => {
    const merchant = await openAppliedMerchant(shop());
    await merchant.plan();
    const planned = merchant.sandbox.requests.length;
    await merchant.apply();
    expect(merchant.sandbox.requests).toHaveLength(2 * planned);
  });
});
