import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import type { CommandContext } from "../../src/commands/context.js";
import { verify } from "../../src/commands/verify.js";
import type { Fault } from "../../src/sandbox/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import { type VerifyDocument, verifyDocumentSchema } from "../../src/state/verify-document.js";
import { link, shop } from "../cli/shop.js";
import { openShop, type ShopScene } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const config = "gstable.config.yaml";
const linkPath = "/aipay/api/v1/payment/link/";

interface Applied extends ShopScene {
  readonly slept: number[];
  readonly commands: CommandContext;
  id(address: string): string;
  look(
    ...addresses: readonly string[]
  ): Promise<{ exitCode: number; document: VerifyDocument; text: string }>;
  applyAgain(): Promise<{ exitCode: number; document: ApplyDocument; text: string }>;
}

/** A shop that was applied, with a clock that waits for nobody. */
async function applied(catalogue: object = shop()): Promise<Applied> {
  const scene = openShop(catalogue);
  const { context: commands, slept, lock } = shopContext(scene);
  const run = await apply({ config, autoApprove: true }, commands);
  expect(run.exitCode).toBe(0);
  scene.sandbox.clearRequests();
  const look = { colour: false, unicode: true, width: 100 };
  return {
    ...scene,
    slept,
    commands,
    id: (address) => lock().entries[address]?.id ?? "",
    look: async (...addresses) => {
      const { GSTABLE_API_KEY: _, ...env } = commands.env;
      const { exitCode, document, render } = await verify(addresses, { config }, { ...commands, env });
      return { exitCode, document: document as VerifyDocument, text: render(look) };
    },
    applyAgain: async () => {
      const flags = { config, autoApprove: true, verify: true };
      const { exitCode, document, render } = await apply(flags, commands);
      return { exitCode, document: document as ApplyDocument, text: render(look) };
    },
  };
}

describe("verify", () => {
  it("agrees with what was just applied, and sends no key", async () => {
    const shopScene = await applied();
    const keys: (string | null)[] = [];
    const watched: typeof fetch = (input, init) => {
      keys.push(new Headers(init?.headers).get("authorization"));
      return shopScene.sandbox.fetch(input, init);
    };
    const { exitCode, document } = await verify([], { config }, { ...shopScene.commands, fetch: watched });
    expect(exitCode).toBe(0);
    const parsed = verifyDocumentSchema.parse(document);
    expect(parsed.summary).toEqual({ agree: 2, disagree: 0, unseen: 0, notApplied: 0 });
    expect(parsed.links.map(({ address }) => address)).toEqual(["paymentLink.beans", "paymentLink.mug"]);
    expect(parsed.links[0]?.tokens.map(({ tokenId }) => tokenId)).toContain("polygon::usdc");
    expect(keys).toEqual([null, null, null]);
    const { requests } = shopScene.sandbox;
    expect(requests.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
    expect(shopScene.slept).toEqual([]);
  });

  it("tells a price that was changed in the dashboard, and looks again before it does", async () => {
    const { sandbox, id, look, slept } = await applied();
    const productId = id("product.beans");
    const lineItems = [{ productId, quantity: 1, unitPrice: 2_400_000 }];
    sandbox.dashboard.editLink({ linkId: id("paymentLink.beans"), lineItems });
    const { exitCode, document, text } = await look();
    expect(exitCode).toBe(5);
    expect(document.summary).toMatchObject({ agree: 1, disagree: 1 });
    expect(document.diagnostics.map(({ code }) => code)).toEqual(["GS2301"]);
    const paths = document.links[0]?.differences.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["lineItems[0].unitPrice", "version"]));
    expect(text).toContain("lineItems[0].unitPrice  $24.00 applied → payers see $2.40");
    // Every token asks for another amount now, for the one reason that stands above.
    expect(
      text.match(/^ *amountInUSD of \d+ tokens {2}\$24\.00 applied → payers see \$2\.40$/gm),
    ).toHaveLength(1);
    expect(text).not.toMatch(/amountInToken|tokens\[/);
    expect(slept).toEqual([250, 500, 1000, 2000, 4000]);
    // Only the page that disagreed was looked at again.
    const mug = sandbox.requests.filter(({ path }) => path.endsWith(id("paymentLink.mug")));
    expect(mug).toHaveLength(1);
  });

  it("tells a page that was closed or archived outside, and one that was opened", async () => {
    const links = { beans: link("beans", "$24"), mug: link("mug", "$12", { enabled: false }) };
    const { sandbox, id, look } = await applied(shop({ paymentLinks: links }));
    expect((await look()).document.links.map(({ seen, state }) => [seen, state])).toEqual([
      ["open", "agrees"],
      ["closed", "agrees"],
    ]);
    sandbox.dashboard.archiveLink({ linkId: id("paymentLink.beans") });
    sandbox.dashboard.enableLink({ linkId: id("paymentLink.mug") });
    const { exitCode, document } = await look();
    expect(exitCode).toBe(5);
    expect(document.links.map(({ differences }) => differences[0])).toMatchObject([
      { path: "enabled", expected: "open", seen: expect.stringContaining("100102") },
      { path: "enabled", expected: "closed", seen: "open: it can be paid" },
    ]);
  });

  it.each<[string, Fault["do"]]>([
    ["a page", { kind: "html200" }],
    ["half an answer", { kind: "truncate" }],
    ["an error", { kind: "failBefore", with: { status: 502, html: true } }],
    ["no answer", { kind: "loseAnswer" }],
    ["a string for a code", { kind: "stringCode" }],
    ["nothing inside", { kind: "noData" }],
    ["a code that says nothing", { kind: "failBefore", with: { code: 999999 } }],
    ["nobody let in", { kind: "failBefore", with: { status: 403, html: true } }],
  ])("takes %s for no agreement", async (_, fault) => {
    const { sandbox, look } = await applied();
    sandbox.addFault({ match: { path: linkPath, times: 0 }, do: fault });
    const { exitCode, document, text } = await look("beans");
    expect(exitCode).toBe(1);
    expect(document).toMatchObject({
      summary: { agree: 0, unseen: 1 },
      links: [{ state: "unseen", seen: null }],
      diagnostics: [{ code: "GS2302" }],
    });
    expect(text).toContain("could not be seen");
  });

  it("says 5, not 1, when one page disagrees and another cannot be seen", async () => {
    const { sandbox, id, look } = await applied();
    sandbox.dashboard.disableLink({ linkId: id("paymentLink.beans") });
    sandbox.addFault({ match: { path: id("paymentLink.mug"), times: 0 }, do: { kind: "html200" } });
    expect((await look()).exitCode).toBe(5);
  });

  it("is patient with a view that lags behind, and with one that is broken for a moment", async () => {
    const { sandbox, id, look } = await applied();
    sandbox.dashboard.disableLink({ linkId: id("paymentLink.beans") });
    sandbox.dashboard.enableLink({ linkId: id("paymentLink.beans") });
    const path = linkPath + id("paymentLink.beans");
    sandbox.addFault({ match: { path }, do: { kind: "stale", writes: 1 } });
    sandbox.addFault({ match: { path, nth: 2 }, do: { kind: "html200" } });
    expect((await look()).exitCode).toBe(0);
  });

  it("looks at named links only, by address or name, and refuses what has no page", async () => {
    const { look, sandbox } = await applied();
    expect((await look("mug", "paymentLink.mug")).document.links.map(({ address }) => address)).toEqual([
      "paymentLink.mug",
    ]);
    sandbox.clearRequests();
    const unknown = await look("mugg", "product.mug");
    expect(unknown.exitCode).toBe(1);
    expect(unknown.document.diagnostics.map(({ code }) => code)).toEqual(["GS7011", "GS2305"]);
    expect(unknown.document.diagnostics[0]?.remedy).toContain("paymentLink.mug");
    expect(sandbox.requests).toEqual([]);
  });

  it("looks at a retired link as well, and tells what was never applied", async () => {
    const { look, write, commands, sandbox, id } = await applied();
    const links = { beans: link("beans", "$24"), cup: link("mug", "$9") };
    const old = id("paymentLink.mug");
    write(shop({ paymentLinks: { beans: link("beans", "$24") } }));
    expect((await apply({ config, autoApprove: true }, commands)).exitCode).toBe(0);
    write(shop({ paymentLinks: links }));
    const { exitCode, document, text } = await look();
    expect(exitCode).toBe(0);
    expect(document.notApplied).toEqual(["paymentLink.cup"]);
    expect(document.links[1]).toMatchObject({
      address: "paymentLink.mug",
      expected: "closed",
      seen: "closed",
    });
    expect(text).toContain("never applied");
    sandbox.dashboard.enableLink({ linkId: old });
    expect((await look("mug")).exitCode).toBe(5);
  });

  it("notes a product that the page shows as it was when the link was written", async () => {
    const { look, write, commands } = await applied();
    write(
      shop({
        products: { beans: { name: "Fine beans", commonPrices: ["$9.99"] }, mug: shop().products.mug },
      }),
    );
    expect((await apply({ config, autoApprove: true }, commands)).exitCode).toBe(0);
    const { exitCode, document, text } = await look("beans");
    expect(exitCode).toBe(0);
    expect(document.links[0]?.renamed).toEqual([
      { path: "lineItems[0].product", expected: "Fine beans", seen: "Beans" },
    ]);
    expect(text).toContain('lineItems[0].product  "Fine beans" applied → payers see "Beans"');
    expect(document.diagnostics).toMatchObject([{ code: "GS2303", severity: "warning" }]);
  });

  it("reads a bare answer as well, and capabilities that cannot be read are no agreement", async () => {
    const { commands, sandbox } = await applied();
    const bare: typeof fetch = async (input, init) => {
      const answer = await sandbox.fetch(input, init);
      if (!String(input).includes("/aipay/")) return answer;
      const { data } = (await answer.json()) as { data: unknown };
      return new Response(JSON.stringify(data));
    };
    expect((await verify([], { config }, { ...commands, fetch: bare })).exitCode).toBe(0);
    sandbox.addFault({ match: { path: "/capabilities/all", times: 0 }, do: { kind: "html200" } });
    const blind = await verify([], { config }, commands);
    expect(blind).toMatchObject({ exitCode: 1, document: { links: [{ unseen: [{ path: "tokens" }] }, {}] } });
  });

  it("ends with 130 when it is interrupted", async () => {
    const { commands } = await applied();
    expect((await verify([], { config }, { ...commands, signal: AbortSignal.abort() })).exitCode).toBe(130);
  });
});

describe("where verify looks", () => {
  const asked = async (env: Readonly<Record<string, string>>) => {
    const { commands, sandbox } = await applied();
    const urls: string[] = [];
    const watched: typeof fetch = (input, init) => {
      urls.push(String(input));
      return sandbox.fetch(input, init);
    };
    const { exitCode, document } = await verify(["mug"], { config }, { ...commands, env, fetch: watched });
    return { exitCode, document, hosts: [...new Set(urls.map((url) => new URL(url).host))].sort() };
  };

  it("is the payers' host of the server that was applied to", async () => {
    const env = { GSTABLE_BASE_URL: "https://api.gstable.example/api/v1" };
    expect(await asked(env)).toMatchObject({ exitCode: 0, hosts: ["api.gstable.example"] });
  });

  it("is GSTABLE_PAYER_BASE_URL, also without the merchant's", async () => {
    const env = { GSTABLE_PAYER_BASE_URL: "https://aipay.gstable.example/aipay/api/v1/" };
    expect(await asked(env)).toMatchObject({
      exitCode: 0,
      hosts: ["aipay.gstable.example", "api.gstable.example"],
    });
  });

  it("is never another server's than the lockfile's", async () => {
    for (const env of [{}, { GSTABLE_BASE_URL: "https://other.example/api/v1" }]) {
      expect(await asked(env as Record<string, string>)).toMatchObject({
        exitCode: 1,
        hosts: [],
        document: { diagnostics: [{ code: "GS3007" }] },
      });
    }
  });

  it.each(["http://payers.example/api/v1", "no url", "https://user:word@payers.example"])(
    "is never %s",
    async (url) => {
      const answer = await asked({ GSTABLE_PAYER_BASE_URL: url });
      expect(answer).toMatchObject({
        exitCode: 1,
        hosts: [],
        document: { diagnostics: [{ code: "GS6002" }] },
      });
      expect(JSON.stringify(answer.document)).not.toContain("word");
    },
  );
});

describe("apply --verify", () => {
  const dearer = shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } });

  it("looks at what changed, and at nothing else", async () => {
    const { write, applyAgain } = await applied();
    write(dearer);
    const { exitCode, document, text } = await applyAgain();
    expect(exitCode).toBe(0);
    expect(document.verification?.links.map(({ address, state }) => [address, state])).toEqual([
      ["paymentLink.beans", "agrees"],
    ]);
    expect(text).toContain("As payers see what changed");
  });

  it("ends with 5 when payers see something else", async () => {
    const { write, applyAgain, sandbox } = await applied();
    write(dearer);
    sandbox.addFault({ match: { path: linkPath, times: 0 }, do: { kind: "stale", writes: 1 } });
    const { exitCode, document, text } = await applyAgain();
    expect(exitCode).toBe(5);
    expect(document).toMatchObject({ exitCode: 5, failed: [], verification: { summary: { disagree: 1 } } });
    expect(document.diagnostics.map(({ code }) => code)).toContain("GS2301");
    expect(text).toContain("$25.00 applied → payers see $24.00");
  });

  it("ends with 5 when it cannot see, and waits for a view that lags", async () => {
    const { write, applyAgain, sandbox } = await applied();
    write(dearer);
    sandbox.addFault({ match: { path: linkPath, times: 2 }, do: { kind: "stale", writes: 1 } });
    expect((await applyAgain()).exitCode).toBe(0);
    write(shop());
    sandbox.addFault({ match: { path: linkPath, times: 0 }, do: { kind: "html200" } });
    expect((await applyAgain()).exitCode).toBe(5);
  });

  it("has nothing to look at where nothing changed", async () => {
    const { applyAgain, sandbox } = await applied();
    expect(await applyAgain()).toMatchObject({ exitCode: 0, document: { verification: { links: [] } } });
    expect(sandbox.requests.filter(({ path }) => path.startsWith("/aipay"))).toEqual([]);
  });

  it("does not write when it would not know where to look", async () => {
    const { write, commands, sandbox } = await applied();
    write(dearer);
    const env = { ...commands.env, GSTABLE_PAYER_BASE_URL: "http://payers.example" };
    const ended = await apply({ config, autoApprove: true, verify: true }, { ...commands, env });
    expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS6002" }] } });
    expect(sandbox.requests.filter((request) => request.write)).toEqual([]);
  });
});
