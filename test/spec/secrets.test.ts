// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { link, shop } from "../cli/shop.js";
import { dearer } from "./catalogues.js";
import { lockfile, type Merchant, openAppliedMerchant, openMerchant } from "./merchant.js";

const key = "sk_live_canary0123456789ABCDEFcanary";

const withKey = ({ context }: Merchant) => ({ env: { ...context.env, GSTABLE_API_KEY: key } });

/** Everything that a merchant's directory holds. */
const everyFile = ({ cwd }: Merchant) =>
  readdirSync(cwd).map((name) => [name, readFileSync(join(cwd, name), "utf8")] as const);

const webhooks = {
  ledger: {
    webhookName: "Ledger",
    webhookUrl: "https://api.acme.example/hooks",
    subscribedEvents: ["session.paid"],
  },
};

describe("the API key", () => {
  // Depth: test/cli/key (every command, every flag), test/api/requests, test/render/terminal-text.
  it("is in no output, no plan, no lockfile and no journal, whether all goes well or nothing does", async () => {
    const merchant = openMerchant();
    const world = withKey(merchant);
    const said = [await merchant.plan({ out: "plan.json" }, world), await merchant.apply({}, world)];
    merchant.write(dearer);
    merchant.sandbox.addFault({
      match: { path: "/payment/link/update" },
      do: { kind: "failBefore", with: { status: 502, html: true } },
    });
    said.push(await merchant.apply({ debug: true }, world));
    expect(said.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    merchant.sandbox.setKnobs({ acceptedKeys: ["sk_live_another"] });
    said.push(await merchant.plan({ debug: true }, world));
    expect(said.at(-1)?.exitCode).toBe(1);
    expect(JSON.stringify(said)).not.toContain(key);
    for (const [name, text] of everyFile(merchant)) expect(text, name).not.toContain(key);
  });

  it("that strayed into the catalogue ends the run: no request carries it as data", async () => {
    const paymentLinks = { beans: link("beans", "$24", { customSuccessText: `Call us: ${key}` }) };
    const merchant = openMerchant(shop({ paymentLinks }));
    const applied = await merchant.apply({}, withKey(merchant));
    expect(applied.exitCode).toBe(1);
    expect(JSON.stringify(applied)).not.toContain(key);
    expect(JSON.stringify(merchant.sandbox.snapshot())).not.toContain(key);
  });

  it("goes to GStable alone: payers' pages and public capabilities are read without it", async () => {
    const merchant = await openAppliedMerchant();
    const keyed = new Set<string>();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (new Headers(init?.headers).has("authorization")) keyed.add(new URL(String(input)).pathname);
      return merchant.sandbox.fetch(input, init);
    };
    await merchant.apply({ verify: true }, { fetch });
    await merchant.verify({}, { fetch });
    expect(keyed.size).toBeGreaterThan(0);
    for (const path of keyed) expect(path).toMatch(/^\/api\/v1\//);
  });

  it("cannot be named by the configuration: `${env:NAME}` reads GSTABLE_VAR_NAME and nothing else", async () => {
    const paymentLinks = { beans: link("beans", "$24", { customSuccessText: "${env:GSTABLE_API_KEY}" }) };
    const merchant = openMerchant(shop({ paymentLinks }));
    const planned = await merchant.plan({}, withKey(merchant));
    expect(planned.exitCode).toBe(3);
    expect(JSON.stringify(planned)).not.toContain(key);
  });
});

describe("a webhook's signing key", () => {
  // Depth: test/cli/webhook-keys, test/commands/webhook.
  it("goes into the file that was named for it, for its owner alone, and nowhere else", async () => {
    const merchant = openMerchant(shop({ webhooks }));
    const applied = await merchant.apply({ webhookKeys: "keys.json" });
    expect(applied.exitCode).toBe(0);
    const { "webhook.ledger": signing = "" } = JSON.parse(merchant.read("keys.json"));
    expect(signing).toBe(merchant.sandbox.snapshot().webhooks[0]?.key);
    expect(signing.length).toBeGreaterThan(8);
    expect(statSync(join(merchant.cwd, "keys.json")).mode & 0o777).toBe(0o600);
    expect(merchant.read(lockfile)).not.toContain(signing);
    expect(JSON.stringify(applied)).not.toContain(signing);
  });
});
