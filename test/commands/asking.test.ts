import { afterEach, describe, expect, it, vi } from "vitest";
import { link, shop } from "../cli/shop.js";
import { openAppliedMerchant } from "../spec/merchant.js";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Somebody at a terminal who answers after so many seconds; `meanwhile` happens before the answer. */
function answering(answer: string, { afterSeconds = 1, meanwhile = () => {} } = {}) {
  const asked: string[] = [];
  const ask = async (_question: string, shown: string) => {
    asked.push(shown);
    meanwhile();
    const now = Date.now() + afterSeconds * 1000;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    return answer;
  };
  return { ask, asked };
}

const asking = { autoApprove: false };

async function openChanged() {
  const merchant = await openAppliedMerchant();
  merchant.write(shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } }));
  return merchant;
}

describe("apply at a terminal", () => {
  it("shows the plan, and takes nothing but yes for yes", async () => {
    for (const answer of ["y", "YES", "", "no"]) {
      const merchant = await openChanged();
      const { ask, asked } = answering(answer);
      expect((await merchant.apply(asking, { ask })).exitCode, answer).toBe(4);
      expect(asked.join()).toContain("$24.00 → $25.00");
      // The question is what comes next, not another command.
      expect(asked.join()).not.toContain("gstable-sync apply --plan-hash");
      expect(merchant.written()).toEqual([]);
    }
    const merchant = await openChanged();
    const { ask } = answering(" yes\n");
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(0);
    expect(merchant.written()).toEqual(["payment/link/update"]);
  });

  it("asks nobody where nothing is to be done, or a guard refuses", async () => {
    const merchant = await openAppliedMerchant();
    const { ask, asked } = answering("yes");
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(0);
    merchant.write(shop({ paymentLinks: { beans: link("beans", "$240"), mug: link("mug", "$12") } }));
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(4);
    expect(asked).toEqual([]);
  });

  it("plans again after an answer that took more than a minute, and applies only what was shown", async () => {
    const merchant = await openChanged();
    const reads = () => merchant.sandbox.requests.filter(({ path }) => path.endsWith("/account/list")).length;
    const { ask } = answering("yes", { afterSeconds: 61 });
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(0);
    expect(reads()).toBe(2);
    expect(merchant.written()).toEqual(["payment/link/update"]);
  });

  it("writes nothing when the account moved while the answer took more than a minute", async () => {
    const merchant = await openChanged();
    const linkId = merchant.idOf("paymentLink.beans");
    const meanwhile = () => void merchant.sandbox.dashboard.editLink({ linkId, linkName: "Edited" });
    const { ask } = answering("yes", { afterSeconds: 61, meanwhile });
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(6);
    expect(merchant.written()).toEqual([]);
  });

  it("writes nothing when the configuration of the second plan cannot be applied any more", async () => {
    const merchant = await openChanged();
    const meanwhile = () =>
      merchant.sandbox.addFault({
        match: { path: "/account/list", times: 0 },
        do: { kind: "failBefore", with: { code: 400101 } },
      });
    const { ask } = answering("yes", { afterSeconds: 61, meanwhile });
    expect((await merchant.apply(asking, { ask })).exitCode).toBe(1);
    expect(merchant.written()).toEqual([]);
  });
});
