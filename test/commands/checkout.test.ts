import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import { type CheckoutAction, type CheckoutOptions, checkout } from "../../src/commands/checkout.js";
import type { CommandContext } from "../../src/commands/context.js";
import type { Fault } from "../../src/sandbox/index.js";
import { type CheckoutDocument, checkoutDocumentSchema } from "../../src/state/checkout-document.js";
import { link, shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const config = "gstable.config.yaml";
const createPath = "/session/checkout/create";

const catalogue = shop({
  paymentLinks: {
    beans: link("beans", "$24", {
      successUrl: "https://acme.example/thanks",
      payerEmailRequired: true,
      lineItems: [
        { product: "beans", quantity: 2, unitPrice: "$24" },
        { product: "mug", quantity: 1, unitPrice: "$0.000001" },
      ],
    }),
    tip: {
      linkType: "custom",
      linkName: "Tips",
      feeModel: "merchant",
      lineItems: [{ product: "mug", quantity: 1 }],
    },
    trio: { linkType: "custom", linkName: "Three", lineItems: [{ product: "mug", quantity: 3 }] },
    shut: link("mug", "$12", { linkName: "Shut", enabled: false }),
  },
});

async function applied() {
  const scene = openShop(catalogue);
  const { context, slept, lock } = shopContext(scene);
  expect((await apply({ config, autoApprove: true }, context)).exitCode).toBe(0);
  scene.sandbox.clearRequests();
  const run = async (
    action: CheckoutAction,
    options: Partial<CheckoutOptions> = {},
    changes: Partial<CommandContext> = {},
  ) => {
    const { exitCode, document, render } = await checkout(
      action,
      { config, ...options },
      { ...context, ...changes },
    );
    return { exitCode, document: document as CheckoutDocument, text: render(context.look) };
  };
  return {
    ...scene,
    ...{ context, slept, lock, run },
    open: (name: string, options?: Partial<CheckoutOptions>, changes?: Partial<CommandContext>) =>
      run({ do: "open", link: name }, options, changes),
    status: (session: string) => run({ do: "status", session }),
    cancel: (session: string) => run({ do: "cancel", session }),
    sessions: () => scene.sandbox.snapshot().sessions,
    writes: () => scene.sandbox.requests.filter(({ write }) => write),
  };
}

describe("checkout", () => {
  it("opens a session with the applied terms, and says where to pay and until when", async () => {
    const { open, sessions, lock, writes } = await applied();
    const { exitCode, document, text } = await open("paymentLink.beans");
    expect(exitCode).toBe(0);
    expect(checkoutDocumentSchema.parse(document)).toEqual(document);
    const [session] = sessions();
    const { entries } = lock();
    expect(document.request).toEqual({
      accountId: "acc_sandbox_main",
      settlementToken: "polygon::usdc",
      feeModel: 2,
      payerEmailRequired: 1,
      lineItems: [
        { itemType: "product", productId: entries["product.beans"]?.id, quantity: 2, unitPrice: 24_000_000 },
        { itemType: "product", productId: entries["product.mug"]?.id, quantity: 1, unitPrice: 1 },
      ],
      successUrl: "https://acme.example/thanks",
    });
    expect(document).toMatchObject({
      outcome: "done",
      session: { id: session?.sessionId, amount: "48.000001", status: "initialized" },
    });
    expect(document.session?.expiresAt).toBe(new Date((session?.expirationTime ?? 0) * 1000).toISOString());
    expect(text).toContain(document.session?.paymentUrl);
    expect(writes()).toHaveLength(1);
    expect(JSON.stringify(document)).not.toContain(session?.clientCode);
  });

  it("writes the amount as every other output does", async () => {
    const { open } = await applied();
    const { document, text } = await open("tip", { amount: "$1250" });
    expect(document).toMatchObject({ session: { amount: "1250.00" } });
    expect(text).toContain("amount        $1,250.00\n");
  });

  it("shows with --dry-run what it would send, without a key, and sends nothing", async () => {
    const { open, sandbox, sessions, context } = await applied();
    const { GSTABLE_API_KEY: _, ...keyless } = context.env;
    const { exitCode, document, text } = await open("beans", { dryRun: true }, { env: keyless });
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ outcome: "notSent", session: null });
    expect(text).toContain('"unitPrice": 24000000');
    expect(sandbox.requests).toEqual([]);
    const { document: sent } = await open("beans");
    expect(sent.request).toEqual(document.request);
    expect(sessions()).toHaveLength(1);
  });

  it.each([
    ["tip", "$5", 5_000_000],
    ["tip", "1,250 USD", 1_250_000_000],
    ["tip", "2500000", 2_500_000],
    ["trio", "$9.99", 3_330_000],
  ])("takes --amount for %s: %s", async (name, amount, unitPrice) => {
    const { open } = await applied();
    const { exitCode, document } = await open(name, { amount });
    expect(exitCode).toBe(0);
    expect(document.request?.lineItems.map((item) => item.unitPrice)).toEqual([unitPrice]);
  });

  it.each([
    ["beans", "$5"],
    ["tip", undefined],
    ["tip", "5"],
    ["tip", "9.99"],
    ["tip", "$0"],
    ["tip", "-$5"],
    ["tip", "$0.0000001"],
    ["tip", "five"],
    ["trio", "$10"],
  ])("refuses for %s the amount %s", async (name, amount) => {
    const { open, sandbox } = await applied();
    const ended = await open(name, amount === undefined ? {} : { amount });
    expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2402" }] } });
    expect(sandbox.requests).toEqual([]);
  });

  it("sells nothing that is closed, retired, never applied, or no link", async () => {
    const { open, write, context, sandbox } = await applied();
    expect(await open("shut")).toMatchObject({
      exitCode: 4,
      document: { diagnostics: [{ code: "GS2401" }] },
    });
    expect(await open("shut", { dryRun: true })).toMatchObject({ exitCode: 4 });
    expect(await open("product.mug")).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS2305" }] },
    });
    expect(await open("tips")).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS7011" }] },
    });
    const { beans } = catalogue.paymentLinks;
    write(shop({ paymentLinks: { beans, shut: catalogue.paymentLinks.shut, new: link("mug", "$1") } }));
    expect(await open("new")).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2401" }] } });
    const allow = ["retire:config"];
    expect((await apply({ config, autoApprove: true, allow }, context)).exitCode).toBe(0);
    sandbox.clearRequests();
    expect(await open("tip", { amount: "$5" })).toMatchObject({ exitCode: 4 });
    expect(sandbox.requests).toEqual([]);
  });

  it("does not pay into an account whose address was changed outside, or that cannot be read", async () => {
    const { open, sandbox, writes } = await applied();
    sandbox.addFault({ match: { path: "/account/detail" }, do: { kind: "html200" } });
    expect(await open("beans")).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS2403" }] },
    });
    const [account] = sandbox.snapshot().accounts;
    if (account === undefined) throw new Error("the sandbox has no account");
    sandbox.seed({ accounts: [{ ...account, accountAddress: `0x${"9".repeat(40)}` }] });
    const moved = await open("beans");
    expect(moved).toMatchObject({ exitCode: 4, document: { diagnostics: [{ code: "GS2403" }] } });
    expect(moved.text).toContain("9".repeat(40));
    expect(writes()).toEqual([]);
  });

  it.each<[string, Fault["do"]]>([
    ["a lost answer", { kind: "loseAnswer" }],
    ["half an answer", { kind: "truncate" }],
    ["a page", { kind: "html200" }],
    ["an error", { kind: "failAfter", with: { status: 502, html: true } }],
    ["no data", { kind: "noData" }],
  ])("says after %s that a session may exist, and asks for no second one", async (_, fault) => {
    const { open, sandbox, writes, sessions } = await applied();
    sandbox.addFault({ match: { path: createPath, times: 0 }, do: fault });
    const { exitCode, document, text } = await open("beans");
    expect(exitCode).toBe(5);
    expect(document).toMatchObject({ outcome: "unknown", session: null, diagnostics: [{ code: "GS2405" }] });
    expect(text).toContain("A session may exist");
    // No code was given: a number here would be looked up in vain.
    expect(text).not.toContain("(code ");
    expect(writes()).toHaveLength(1);
    expect(sessions()).toHaveLength(1);
  });

  it.each<[string, Fault["do"]]>([
    ["a refusal", { kind: "failBefore", with: { code: 400203 } }],
    ["too many requests", { kind: "tooMany" }],
    ["a key that may only read", { kind: "failBefore", with: { status: 403, html: true } }],
    ["no connection", { kind: "refuse" }],
  ])("says after %s that nothing was carried out", async (_, fault) => {
    const { open, sandbox, sessions } = await applied();
    sandbox.addFault({ match: { path: createPath, times: 0 }, do: fault });
    const ended = await open("beans");
    expect(ended).toMatchObject({
      exitCode: 1,
      document: { outcome: "refused", diagnostics: [{ code: "GS2404" }] },
    });
    expect(sessions()).toEqual([]);
  });

  it("compares what GStable answers with what was asked for", async () => {
    const { open, sandbox } = await applied();
    const twisted: typeof fetch = async (input, init) => {
      const answer = await sandbox.fetch(input, init);
      if (!String(input).endsWith(createPath)) return answer;
      const body = (await answer.json()) as { data: object };
      const data = { ...body.data, amount: 480, recipient: "0xEvil", settlementToken: "base::usdc" };
      return new Response(JSON.stringify({ ...body, data }));
    };
    const { exitCode, document } = await open("beans", {}, { fetch: twisted });
    expect(exitCode).toBe(5);
    expect(document.outcome).toBe("differs");
    const [{ summary, remedy } = { summary: "", remedy: "" }] = document.diagnostics;
    for (const part of ["$0.00048", "0xEvil", "base::usdc"]) expect(summary).toContain(part);
    expect(remedy).toContain(`checkout cancel ${document.session?.id}`);
  });

  it("needs a key, and a lockfile of this server", async () => {
    const { open, context } = await applied();
    expect(await open("beans", {}, { env: {} })).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS6001" }] },
    });
    const env = { ...context.env, GSTABLE_BASE_URL: "https://other.example/api/v1" };
    expect(await open("beans", {}, { env })).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS3007" }] },
    });
  });

  it("ends with 130 when it is interrupted, and tells what had been done", async () => {
    const { open, sandbox, sessions } = await applied();
    expect((await open("beans", {}, { signal: AbortSignal.abort() })).exitCode).toBe(130);
    expect(sessions()).toEqual([]);
    const controller = new AbortController();
    const late: typeof fetch = async (input, init) => {
      const answer = await sandbox.fetch(input, init);
      if (String(input).endsWith(createPath)) controller.abort();
      return answer;
    };
    const ended = await open("beans", {}, { fetch: late, signal: controller.signal });
    expect(ended).toMatchObject({
      exitCode: 130,
      document: { outcome: "done", session: { id: sessions()[0]?.sessionId } },
    });
  });
});

describe("checkout status and cancel", () => {
  it("tell what has become of a session", async () => {
    const { open, status, cancel, writes } = await applied();
    const id = (await open("beans")).document.session?.id ?? "";
    expect(await status(id)).toMatchObject({
      exitCode: 0,
      document: { outcome: "done", session: { status: "initialized" } },
    });
    expect(await cancel(id)).toMatchObject({
      exitCode: 0,
      document: { outcome: "done", session: { status: "cancelled" } },
    });
    expect((await status(id)).text).toContain("cancelled");
    expect(writes()).toHaveLength(2);
    expect(await cancel(id)).toMatchObject({ exitCode: 0, document: { diagnostics: [{ code: "GS2407" }] } });
  });

  it("count an expired session as over", async () => {
    const { open, cancel, sandbox } = await applied();
    const id = (await open("beans")).document.session?.id ?? "";
    sandbox.clock.advance(3_600_000);
    expect(await cancel(id)).toMatchObject({ exitCode: 0, document: { diagnostics: [{ code: "GS2407" }] } });
  });

  it("count one as over that expired while the answer was lost", async () => {
    const { open, cancel, sandbox } = await applied();
    const id = (await open("beans")).document.session?.id ?? "";
    sandbox.clock.advance(3_600_000);
    const lost = { kind: "failBefore", with: { status: 502, html: true } } as const;
    sandbox.addFault({ match: { path: "/session/checkout/cancel" }, do: lost });
    expect(await cancel(id)).toMatchObject({
      exitCode: 0,
      document: { session: { status: "expired" }, diagnostics: [{ code: "GS2407" }] },
    });
  });

  it("say that there is no such session", async () => {
    const { status, cancel } = await applied();
    expect(await status("sess_none")).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS2408" }] },
    });
    expect(await cancel("sess_none")).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS2404" }] },
    });
    expect(await status("..")).toMatchObject({ exitCode: 1 });
  });

  it("find out what a lost answer meant", async () => {
    const { open, cancel, sandbox } = await applied();
    const id = (await open("beans")).document.session?.id ?? "";
    sandbox.addFault({ match: { path: "/checkout/cancel" }, do: { kind: "loseAnswer" } });
    expect(await cancel(id)).toMatchObject({ exitCode: 0, document: { outcome: "done" } });
  });

  it("never claim that a session is cancelled that still shows as open", async () => {
    const { open, cancel, sandbox, slept, writes } = await applied();
    const id = (await open("beans")).document.session?.id ?? "";
    sandbox.addFault({
      match: { path: "/checkout/cancel" },
      do: { kind: "failBefore", with: { code: 999999 } },
    });
    expect(await cancel(id)).toMatchObject({
      exitCode: 5,
      document: { outcome: "unknown", diagnostics: [{ code: "GS2405" }] },
    });
    expect(slept).toEqual([250, 500, 1000, 2000, 4000]);
    expect(writes()).toHaveLength(2);
  });

  it("show the transaction of a paid session, and neither the payer's e-mail nor what else it holds", async () => {
    const { run, sandbox } = await applied();
    const paid: typeof fetch = async (input, init) => {
      if (!String(input).includes("/session/sess_1")) return sandbox.fetch(input, init);
      const session = {
        ...{ sessionId: "sess_1", status: "completed", amount: "24000000", payer: "0xPayer" },
        ...{ payerEmail: "ann@payer.example", clientCode: "cc_secret", expirationTime: 1_900_000_000 },
        paymentSucceededTime: "2026-11-21 12:00:00",
      };
      const transaction = { sourceTx: "0xabc", netValue: 23_952_000, metaData: { note: "private" } };
      return new Response(JSON.stringify({ code: 0, message: "success", data: { session, transaction } }));
    };
    const { document, text } = await run({ do: "status", session: "sess_1" }, {}, { fetch: paid });
    expect(document).toMatchObject({
      session: {
        status: "completed",
        amount: "24.00",
        payer: "0xPayer",
        expiresAt: "2030-03-17T17:46:40.000Z",
      },
      transaction: { sourceTx: "0xabc", netValue: "23952000" },
    });
    for (const hidden of ["ann@", "cc_secret", "private"]) {
      expect(JSON.stringify(document)).not.toContain(hidden);
      expect(text).not.toContain(hidden);
    }
  });
});
