import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { link, shop } from "../cli/shop.js";
import { lockfile, type Merchant, openAppliedMerchant, openMerchant } from "../spec/merchant.js";

const journal = `${lockfile}.journal`;

/** The way to the account, on which something happens right before the n-th request of a path. */
function before(
  { sandbox }: Merchant,
  { path, nth = 1 }: { path: string; nth?: number },
  happen: () => void,
) {
  let seen = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (String(input).includes(path)) {
      seen += 1;
      if (seen === nth) happen();
    }
    return sandbox.fetch(input, init);
  };
  return { fetch };
}

describe("a disk that fails in the middle of an apply", () => {
  it("stops it before the first write: what cannot be written down is not sent", async () => {
    const merchant = openMerchant();
    const world = before(merchant, { path: "/product/list" }, () => mkdirSync(join(merchant.cwd, journal)));
    expect(await merchant.apply({}, world)).toMatchObject({
      exitCode: 1,
      document: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS3010" })]) },
    });
    expect(merchant.written()).toEqual([]);
  });

  it("at its end leaves the journal, which has every id", async () => {
    const merchant = openMerchant();
    // What lies there is no lockfile that could be replaced.
    const world = before(merchant, { path: "/payment/link/create", nth: 2 }, () =>
      mkdirSync(join(merchant.cwd, lockfile)),
    );
    const applied = await merchant.apply({}, world);
    expect(applied.exitCode).toBe(5);
    const { products, paymentLinks } = merchant.sandbox.snapshot();
    const text = merchant.read(journal);
    for (const id of [...products.map((one) => one.productId), ...paymentLinks.map((one) => one.linkId)]) {
      expect(text).toContain(id);
    }
    rmSync(join(merchant.cwd, lockfile), { recursive: true });
    merchant.sandbox.clearRequests();
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.written()).toEqual([]);
    expect(Object.keys(merchant.lock().entries)).toHaveLength(4);
  });
});

describe("a lock that another machine takes over while this one sleeps", () => {
  it("ends the run before the next write; what was made is in the journal that the other run goes on with", async () => {
    const merchant = openMerchant();
    const theirs = '{"host":"another-machine","pid":1,"startedAt":"2026-01-01","token":"theirs"}\n';
    const world = before(merchant, { path: "/product/create", nth: 2 }, () =>
      merchant.save(`${lockfile}.lock`, theirs),
    );
    expect(await merchant.apply({ parallelism: 1 }, world)).toMatchObject({
      exitCode: 5,
      document: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS3017" })]) },
    });
    expect(merchant.written()).toEqual(["product/create", "product/create"]);
    expect(merchant.has(lockfile)).toBe(false);
    expect(merchant.read(`${lockfile}.lock`)).toBe(theirs);
    rmSync(join(merchant.cwd, `${lockfile}.lock`));
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.sandbox.snapshot().products).toHaveLength(2);
    expect(merchant.sandbox.snapshot().paymentLinks).toHaveLength(2);
  });
});

describe("a lockfile that somebody changes during the run", () => {
  it("is not overwritten; what the run did is in the journal, and the next run puts both together", async () => {
    const merchant = await openAppliedMerchant();
    merchant.write(shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } }));
    const foreign = `${merchant.read(lockfile)}\n`;
    const world = before(merchant, { path: "/payment/link/update" }, () => merchant.save(lockfile, foreign));
    expect(await merchant.apply({}, world)).toMatchObject({
      exitCode: 5,
      document: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS3012" })]) },
    });
    expect(merchant.read(lockfile)).toBe(foreign);
    expect((await merchant.plan()).document.changes).toEqual([]);
    expect((await merchant.apply()).exitCode).toBe(0);
    expect(merchant.has(journal)).toBe(false);
  });
});

describe("a key that may not write", () => {
  it("is told at the first refusal, and nothing more is sent", async () => {
    const merchant = openMerchant();
    const reading = { env: { ...merchant.context.env, GSTABLE_API_KEY: "rk_live_0123456789abcdef" } };
    const applied = await merchant.apply({ parallelism: 1 }, reading);
    expect(applied.exitCode).toBe(1);
    expect(applied.document.diagnostics).toContainEqual(expect.objectContaining({ code: "GS2007" }));
    expect(merchant.sandbox.requests.filter(({ write }) => write)).toHaveLength(1);
    expect(merchant.sandbox.snapshot().products).toEqual([]);
  });
});

describe("a write that never leaves this machine", () => {
  it("is not counted as one", async () => {
    const merchant = openMerchant();
    const fault = { match: { method: "POST", path: "/create", times: 0 }, do: { kind: "refuse" } } as const;
    merchant.sandbox.addFault(fault);
    expect(await merchant.apply()).toMatchObject({
      exitCode: 1,
      document: { summary: { done: 0, failed: 2, writes: 0 } },
    });
  });
});

describe("an object that cannot be read", () => {
  it.each([
    ["that the list lacks is not taken for gone", "eraseLink"],
    ["that the list shows changed is not guessed at", "editLink"],
  ] as const)("%s: there is no plan to act upon", async (_what, happens) => {
    const merchant = await openAppliedMerchant();
    const linkId = merchant.idOf("paymentLink.mug");
    if (happens === "eraseLink") merchant.sandbox.dashboard.eraseLink({ linkId });
    else merchant.sandbox.dashboard.editLink({ linkId, linkName: "Edited" });
    merchant.sandbox.addFault({
      match: { path: linkId, times: 0 },
      do: { kind: "failBefore", with: { code: 999999 } },
    });
    expect(await merchant.plan()).toMatchObject({
      exitCode: 1,
      document: {
        complete: false,
        guards: [],
        diagnostics: expect.arrayContaining([
          expect.objectContaining({ code: "GS2006", summary: expect.stringContaining(linkId) }),
        ]),
      },
    });
    expect((await merchant.apply({ allow: ["missing:paymentLink.mug"] })).exitCode).toBe(1);
    expect(merchant.written()).toEqual([]);
  });
});
