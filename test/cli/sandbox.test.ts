import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const cli = new URL("../../dist/cli.js", import.meta.url).pathname;
const page = readFileSync(new URL("../../docs/sandbox.md", import.meta.url), "utf8");
const documentedReceiver = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

let directory = "";
let processes: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sandbox-cli-"));
});
afterEach(() => {
  for (const each of processes) each.kill("SIGKILL");
  processes = [];
  rmSync(directory, { recursive: true });
});

/** A process whose output can be waited for. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  processes.push(child);
  let output = "";
  const listeners = new Set<() => void>();
  const heard = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output);
        if (match === null) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      child.once("exit", (code) => reject(new Error(`ended with ${code}: ${output}`)));
      look();
    });
  return { child, says, output: () => output };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are picked apart by the test
async function ask(url: string, body?: object): Promise<any> {
  const answer = await fetch(url, {
    headers: { Authorization: "Bearer sk_sandbox_me" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  return await answer.json();
}

describe("a served sandbox, from its documentation alone", () => {
  it("sells: a product, a link, a checkout, a payment, and signed webhooks at the documented receiver", async () => {
    const served = start([cli, "sandbox", "--state", "shop.json"]);
    const [, url] = await served.says(/at (http:\S+)/);
    const api = `${url}/api/v1`;
    const { data: webhook } = await ask(`${api}/webhook/create`, {
      webhookName: "Ledger",
      webhookUrl: "https://api.acme.example/hooks",
      subscribedEvents: ["session.paid", "session.completed"],
    });
    writeFileSync(join(directory, "receiver.mjs"), documentedReceiver);
    const receiver = start(["receiver.mjs"], { PORT: "0", WEBHOOK_KEY: webhook.key });
    const [, port] = await receiver.says(/listening (\d+)/);
    await ask(`${url}/_sandbox/receiver`, { url: `http://127.0.0.1:${port}` });

    const { data: product } = await ask(`${api}/product/create`, { name: "Plan", commonPrices: [9_990_000] });
    const lineItems = [
      { itemType: "product", productId: product.productId, quantity: 1, unitPrice: 9_990_000 },
    ];
    const terms = { accountId: "acc_sandbox_main", settlementToken: "polygon::usdc", feeModel: 1, lineItems };
    const { data: link } = await ask(`${api}/payment/link/create`, {
      ...terms,
      linkType: "fixed",
      linkName: "Plan",
    });
    const { data: session } = await ask(`${api}/session/checkout/create`, terms);
    await ask(`${url}/_sandbox/pay`, { sessionId: session.sessionId });
    await ask(`${url}/_sandbox/pay`, { linkId: link.linkId });

    await receiver.says(new RegExp(`session.paid ${session.sessionId}`));
    await receiver.says(/(session\.completed sess_\w+[\s\S]*){2}/);
    const deliveries = await ask(`${url}/_sandbox/deliveries`);
    expect(deliveries).toHaveLength(4);
    const { data: detail } = await ask(`${api}/session/${session.sessionId}`);
    expect(detail).toMatchObject({ session: { status: "completed" }, transaction: { netValue: 9_970_020 } });
  });

  it("carries the whole story of a catalogue: applied, verified, checked out, paid, and told to the ledger", async () => {
    const served = start([cli, "sandbox", "--state", "shop.json"]);
    const [, url] = await served.says(/at (http:\S+)/);
    const env = { GSTABLE_BASE_URL: `${url}/api/v1`, GSTABLE_API_KEY: "sk_live_0123456789abcdef" };
    const sync = async (...args: string[]) => {
      const { child, output } = start([cli, ...args, "--json", "--quiet"], env);
      const code = await new Promise((resolve) => child.once("close", resolve));
      return { code, ...JSON.parse(output()) };
    };
    const item = { product: "plan", quantity: 1, unitPrice: "$9.99" };
    const terms = { account: "main", settlementToken: "polygon::usdc", feeModel: "merchant" };
    const link = { linkType: "fixed", linkName: "Plan", ...terms, lineItems: [item] };
    const config = {
      version: 1,
      project: "story",
      accounts: { main: { id: "acc_sandbox_main" } },
      products: { plan: { name: "Plan", commonPrices: ["$9.99"] } },
      paymentLinks: { plan: link, later: { ...link, linkName: "Later", enabled: false } },
      webhooks: {
        ledger: {
          webhookName: "Ledger",
          webhookUrl: "https://api.acme.example/hooks",
          subscribedEvents: ["session.paid", "session.completed"],
        },
      },
    };
    writeFileSync(join(directory, "gstable.config.yaml"), JSON.stringify(config));
    expect(await sync("apply", "--auto-approve", "--verify", "--webhook-keys", "keys.json")).toMatchObject({
      code: 0,
    });
    expect(await sync("verify")).toMatchObject({
      code: 0,
      links: [{ state: "agrees" }, { state: "agrees" }],
    });

    const keys = JSON.parse(readFileSync(join(directory, "keys.json"), "utf8"));
    writeFileSync(join(directory, "receiver.mjs"), documentedReceiver);
    const receiver = start(["receiver.mjs"], { PORT: "0", WEBHOOK_KEY: keys["webhook.ledger"] });
    const [, port] = await receiver.says(/listening (\d+)/);
    await ask(`${url}/_sandbox/receiver`, { url: `http://127.0.0.1:${port}` });

    const opened = await sync("checkout", "plan");
    expect(opened).toMatchObject({ code: 0, session: { status: "initialized" } });
    const id: string = opened.session.id;
    await ask(`${url}/_sandbox/pay`, { sessionId: id });
    await receiver.says(new RegExp(`session.completed ${id}`));
    expect(await sync("checkout", "status", id)).toMatchObject({ code: 0, session: { status: "completed" } });
    expect(await sync("plan", "--detailed-exitcode")).toMatchObject({ code: 0, changes: [] });
    expect(await sync("drift")).toMatchObject({ code: 0, drift: [] });
  });

  it("gets no thanks from the receiver for a forged signature", async () => {
    writeFileSync(join(directory, "receiver.mjs"), documentedReceiver);
    const receiver = start(["receiver.mjs"], { PORT: "0", WEBHOOK_KEY: "wkk_right" });
    const [, port] = await receiver.says(/listening (\d+)/);
    const forged = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: {
        "x-gstable-timestamp": String(Math.floor(Date.now() / 1000)),
        "x-gstable-signature": "0".repeat(64),
      },
      body: "{}",
    });
    expect(forged.status).toBe(401);
  });

  it("refuses a receiver that is none, with what to write", async () => {
    const { child, output } = start([cli, "sandbox", "--deliver-to", "127.0.0.1:3000/hooks"]);
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(1);
    expect(output()).toMatch(/GS7004[\s\S]*such as\s+http:\/\/127\.0\.0\.1:3000/);
  });
});

describe("a seed on the command line", () => {
  const run = async (seed: string, name: string) => {
    writeFileSync(join(directory, name), seed);
    const { child, output } = start([cli, "sandbox", "--json", "--seed", name]);
    const code = await new Promise((resolve) => child.once("close", resolve));
    return { code, ...JSON.parse(output()) };
  };

  it("shows each mistake at its line and column", async () => {
    const seed =
      '{\n  "products": [\n    { "productId": "prd_a", "name": "A", "commonPrices": [1], "status": "open" }\n  ]\n}\n';
    expect(await run(seed, "shop.json")).toMatchObject({
      code: 1,
      diagnostics: [{ code: "GS7005", source: { file: "shop.json", line: 3, column: 73 } }],
    });
  });

  it("is read as YAML, too, and says where that is broken", async () => {
    expect(await run("products:\n  - productId: prd_a\n    name: [A\n", "shop.yaml")).toMatchObject({
      code: 1,
      diagnostics: [{ code: "GS1007", source: { file: "shop.yaml" } }],
    });
    expect(await run("products:\n  - productId: prd_a\n", "shop.yaml")).toMatchObject({
      diagnostics: [
        { code: "GS7005", summary: expect.stringContaining("missing"), source: { line: 2 } },
        { code: "GS7005" },
      ],
    });
  });

  it("that is not there is named", async () => {
    const { child, output } = start([cli, "sandbox", "--seed", "nope.json"]);
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
    expect(output()).toMatch(/GS7005[\s\S]*nope\.json: ENOENT/);
  });
});
