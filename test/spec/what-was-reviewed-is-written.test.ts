import { describe, expect, it } from "vitest";
import type { StoredLink } from "../../src/sandbox/index.js";
import { link, product, shop } from "../cli/shop.js";
import { dearer, slipped } from "./catalogues.js";
import { type Merchant, openAppliedMerchant, openMerchant } from "./merchant.js";

/** A merchant with a plan in plan.json that changes one price. */
async function openReviewed(): Promise<Merchant> {
  const merchant = await openAppliedMerchant();
  merchant.write(dearer);
  await merchant.plan({ out: "plan.json" });
  return merchant;
}

const reviewed = { autoApprove: false, plan: "plan.json" };

describe("a plan", () => {
  // Depth: test/engine/plan.
  it("says of every change what it does, what that risks, and what becomes of the page's URL", async () => {
    const merchant = await openReviewed();
    expect((await merchant.plan()).document.changes).toMatchObject([
      {
        address: "paymentLink.beans",
        actions: ["update"],
        risks: ["price"],
        url: { kept: true },
        source: { file: "gstable.config.yaml" },
        fields: [{ path: "lineItems[0].unitPrice", before: "24.00", after: "25.00", cause: "config" }],
      },
    ]);
  });

  // Depth: test/render/buyers.
  it("says in plain words what buyers will see", async () => {
    const merchant = await openReviewed();
    expect((await merchant.plan()).text).toContain("It costs $25.00 instead of $24.00");
  });

  it("comes as the same bytes from the same inputs, and with another hash as soon as something moved", async () => {
    const merchant = await openReviewed();
    const [one, two] = [await merchant.plan(), await merchant.plan()];
    expect(two.document).toEqual(one.document);
    merchant.sandbox.dashboard.editLink({ linkId: merchant.idOf("paymentLink.beans"), linkName: "Edited" });
    expect((await merchant.plan()).document.hash).not.toBe(one.document.hash);
  });

  it("puts what is needed before what needs it", async () => {
    const merchant = openMerchant();
    const { document } = await merchant.plan();
    const addresses = document.changes?.map(({ address }) => address) ?? [];
    expect(addresses).not.toEqual([]);
    for (const { address, dependsOn } of document.changes ?? []) {
      for (const needed of dependsOn) expect(addresses).toContain(needed);
      expect(dependsOn).toEqual(address.startsWith("product.") ? [] : [`product.${address.split(".")[1]}`]);
    }
    await merchant.apply();
    const beans = merchant.written().indexOf("payment/link/create");
    expect(merchant.written().slice(0, beans)).toContain("product/create");
  });

  it("can be made of a part, and says that it is one", async () => {
    const merchant = openMerchant();
    const { document } = await merchant.plan({ target: ["paymentLink.beans"] });
    expect(document.partial).toBe(true);
    expect(document.changes?.map(({ address }) => address)).toEqual(["paymentLink.beans", "product.beans"]);
  });
});

describe("an apply of a reviewed plan", () => {
  // Depth: test/cli/review.
  it("writes what was reviewed, by the plan's file or by its hash", async () => {
    for (const how of ["file", "hash"]) {
      const merchant = await openReviewed();
      const { hash } = (await merchant.plan()).document;
      const review = how === "file" ? reviewed : { autoApprove: false, planHash: hash ?? "" };
      expect((await merchant.apply(review)).exitCode).toBe(0);
      expect(merchant.written()).toEqual(["payment/link/update"]);
    }
  });

  it("refuses everything else with exit code 6: the configuration or the account moved on", async () => {
    const merchant = await openReviewed();
    merchant.write(slipped);
    expect((await merchant.apply(reviewed)).exitCode).toBe(6);
    const { hash = "" } = JSON.parse(merchant.read("plan.json"));
    expect((await merchant.apply({ autoApprove: false, planHash: hash })).exitCode).toBe(6);
    merchant.write(dearer);
    merchant.sandbox.dashboard.editLink({ linkId: merchant.idOf("paymentLink.beans"), linkName: "Edited" });
    expect((await merchant.apply(reviewed)).exitCode).toBe(6);
    expect(merchant.written()).toEqual([]);
  });

  it("never takes the file for its contents", async () => {
    const merchant = await openReviewed();
    const plan = JSON.parse(merchant.read("plan.json"));
    plan.changes[0].actions = ["disable"];
    merchant.save("plan.json", JSON.stringify(plan));
    expect((await merchant.apply(reviewed)).exitCode).toBe(0);
    expect(merchant.written()).toEqual(["payment/link/update"]);
  });

  it("judges guards afresh, whatever was reviewed", async () => {
    const merchant = await openReviewed();
    merchant.write(slipped);
    await merchant.plan({ out: "plan.json", allow: ["price:paymentLink.beans"] });
    expect((await merchant.apply(reviewed)).exitCode).toBe(4);
    expect(merchant.written()).toEqual([]);
  });

  it("resumes with the same command after a part of it failed", async () => {
    const merchant = openMerchant();
    await merchant.plan({ out: "plan.json" });
    merchant.sandbox.addFault({
      match: { path: "/payment/link/create", body: "Page of mug" },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    expect((await merchant.apply(reviewed)).exitCode).toBe(5);
    expect((await merchant.apply(reviewed)).exitCode).toBe(0);
    expect(merchant.sandbox.snapshot().paymentLinks).toHaveLength(2);
  });
});

describe("without an approval", () => {
  it("nothing is written; what needs none is nothing to do", async () => {
    const merchant = await openReviewed();
    const unapproved = { autoApprove: false };
    expect((await merchant.apply(unapproved)).exitCode).toBe(4);
    expect(merchant.written()).toEqual([]);
    merchant.write(shop());
    expect((await merchant.apply(unapproved)).exitCode).toBe(0);
  });
});

describe("undo", () => {
  it("is the old configuration, applied again", async () => {
    const merchant = await openAppliedMerchant();
    const before = merchant.sandbox.snapshot().paymentLinks.map(terms);
    merchant.write(
      shop({
        products: { beans: product("Better beans"), mug: product("Mug") },
        paymentLinks: { beans: link("beans", "$30"), mug: link("mug", "$12", { enabled: false }) },
      }),
    );
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.sandbox.snapshot().paymentLinks.map(terms)).not.toEqual(before);
    merchant.write(shop());
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.sandbox.snapshot().paymentLinks.map(terms)).toEqual(before);
  });
});

/** What a page sells and asks for, and whether it is open. */
const terms = ({ linkId, status, lineItems }: StoredLink) => ({
  linkId,
  status,
  items: lineItems.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
});
