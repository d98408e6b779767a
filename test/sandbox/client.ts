import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";

export const apiBase = "https://api.gstable.example/api/v1";

// biome-ignore lint/suspicious/noExplicitAny: answers are picked apart by tests, whatever the knobs made of them
export type Data = any;

export interface Reply {
  readonly status: number;
  readonly code: number | string | null;
  readonly message: string;
  readonly data: Data;
  readonly text: string;
  readonly headers: Headers;
}

export interface Client {
  readonly sandbox: Sandbox;
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  /** `data` of an answer with code 0; anything else fails the test. */
  read(path: string): Promise<Data>;
  write(path: string, body: unknown): Promise<Data>;
  /** A product and a link that sells it. */
  shop(changes?: Readonly<Record<string, unknown>>): Promise<{ product: Data; link: Data; body: Data }>;
}

/** A sandbox whose ids and time are always the same, and what a merchant's program does with it. */
export function createClient(options: SandboxOptions = {}): Client {
  const sandbox = createSandbox({
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    random: seededRandom(7),
    ...options,
  });
  return clientOf(sandbox);
}

export function clientOf(sandbox: Sandbox): Client {
  const client: Client = {
    sandbox,
    get: (path) => send(sandbox, path, { method: "GET" }),
    post: (path, body) => send(sandbox, path, { method: "POST", body: JSON.stringify(body) }),
    read: async (path) => succeeded(await client.get(path)),
    write: async (path, body) => succeeded(await client.post(path, body)),
    shop: async (changes = {}) => {
      const product = await client.write("/product/create", productBody);
      const body = linkBody(product.productId, changes);
      return { product, body, link: await client.write("/payment/link/create", body) };
    },
  };
  return client;
}

export async function send(sandbox: Sandbox, path: string, init: RequestInit): Promise<Reply> {
  const url = path.startsWith("http") ? path : `${apiBase}${path}`;
  const answer = await sandbox.fetch(url, {
    ...init,
    headers: { Authorization: "Bearer sk_live_abc", "Content-Type": "application/json", ...init.headers },
  });
  const text = await answer.text();
  const json: Data = text.startsWith("{") && text.endsWith("}") ? JSON.parse(text) : {};
  const { code = null, message = "", data } = json;
  return { status: answer.status, code, message, data, text, headers: answer.headers };
}

function succeeded(reply: Reply): Data {
  if (reply.code !== 0) throw new Error(`${reply.status} ${reply.code} ${reply.message}`);
  return reply.data;
}

export const productBody = { name: "Premium Plan", commonPrices: [9_990_000, 99_000_000] };

export function linkBody(productId: string, changes: Readonly<Record<string, unknown>> = {}): Data {
  return {
    linkType: "fixed",
    linkName: "Premium",
    accountId: "acc_sandbox_main",
    settlementToken: "polygon::usdc",
    feeModel: 2,
    lineItems: [{ itemType: "product", productId, quantity: 1, unitPrice: 9_990_000 }],
    ...changes,
  };
}

export const webhookBody = {
  webhookName: "Ledger",
  webhookUrl: "https://api.acme.example/hooks",
  subscribedEvents: ["session.paid", "session.completed"],
};

/** mulberry32 */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
