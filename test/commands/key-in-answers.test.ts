import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import { checkout } from "../../src/commands/checkout.js";
import type { CommandContext, CommandResult } from "../../src/commands/context.js";
import { drift } from "../../src/commands/drift.js";
import { importObjects } from "../../src/commands/import.js";
import { plan } from "../../src/commands/plan.js";
import { renderResult } from "../../src/commands/print.js";
import { verify } from "../../src/commands/verify.js";
import { webhook } from "../../src/commands/webhook.js";
import { shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const config = "gstable.config.yaml";
/** No pattern knows it for a key. */
const key = 'odd<Key>0123/"456&789';
const hook = { webhookName: "L", webhookUrl: "https://acme.example/l", subscribedEvents: ["session.paid"] };

/** A shop whose server says the key in every text that it can. */
async function echoing() {
  const scene = openShop(shop({ webhooks: { ledger: hook } }), { knobs: { acceptedKeys: [key] } });
  const { context } = shopContext(scene);
  const env = { ...context.env, GSTABLE_API_KEY: key };
  expect((await apply({ config, autoApprove: true }, { ...context, env })).exitCode).toBe(0);
  const [webhook] = scene.sandbox.snapshot().webhooks;
  scene.sandbox.dashboard.pauseWebhook({ webhookId: webhook?.webhookId ?? "" });
  scene.sandbox.dashboard.createProduct({ name: `Stranger ${key}`, commonPrices: [1_000_000] });
  const texts = ["name", "linkName", "webhookName", "accountName", "status", "linkUrl", "paymentUrl"];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const text = await (await scene.sandbox.fetch(input, init)).text();
    const echo = (name: string, value: unknown) => {
      const isState = ["active", "normal"].includes(String(value));
      return texts.includes(name) && typeof value === "string" && !isState ? `${value} ${key}` : value;
    };
    return new Response(JSON.stringify(JSON.parse(text, echo)));
  };
  return { ...scene, context: { ...context, env, fetch } satisfies CommandContext };
}

const runs: readonly (readonly [string, (context: CommandContext) => Promise<CommandResult>])[] = [
  ["plan", (context) => plan({ config }, context)],
  ["drift", (context) => drift({ config, unmanaged: true }, context)],
  ["import", (context) => importObjects([], { config, all: true }, context)],
  ["checkout", (context) => checkout({ do: "open", link: "beans" }, { config }, context)],
  ["verify", (context) => verify([], { config }, context)],
  ["webhook resume", (context) => webhook({ do: "resume", name: "ledger" }, { config }, context)],
  ["apply", (context) => apply({ config, autoApprove: true, settleMs: 1 }, context)],
];

describe("a server that echoes a key of whatever form", () => {
  it.each(runs)("has it masked in every output of %s", async (_, run) => {
    const { context } = await echoing();
    const result = await run(context);
    const look = { ...context.look, width: 10_000 };
    for (const format of ["text", "json", "markdown", "html", "github"] as const) {
      const how = { format, looks: { out: look, err: look }, context };
      const { stdout, stderr } = await renderResult(result, how);
      // What a medium escapes in it is escaped: its beginning and its end are not.
      expect(stdout + stderr, format).not.toMatch(/odd\W+Key|456\W+789|456&amp;789/);
    }
    expect(JSON.stringify(result.document)).toContain("[secret]");
  });

  it("has it masked where somebody chooses what to import", async () => {
    const { context } = await echoing();
    const shown: string[] = [];
    const ask: CommandContext["ask"] = async (_, text) => {
      shown.push(text);
      return "";
    };
    await importObjects([], { config }, { ...context, ask });
    expect(shown.join()).toContain("Stranger [secret]");
  });
});
