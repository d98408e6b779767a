import { apply } from "../../src/commands/apply.js";
import type { CommandContext, CommandResult } from "../../src/commands/context.js";
import { drift } from "../../src/commands/drift.js";
import type { ImportOptions } from "../../src/commands/import/usage.js";
import { importObjects } from "../../src/commands/import.js";
import { plan } from "../../src/commands/plan.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import type { ImportDocument } from "../../src/state/import-document.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { openDirectory } from "./directory.js";
import { quietContext } from "./quiet-context.js";

export const CONFIG = "gstable.config.yaml";
export const bare = "version: 1\nproject: acme\n";
/** Begins like a key that may only read. */
export const KEY = "rk_live_canary0123456789";

/** A merchant's directory with a sandbox behind it that has objects already, everything in this process. */
export interface ImportScene {
  readonly dir: string;
  readonly sandbox: Sandbox;
  write(name: string, text: string): void;
  read(name: string): string;
  has(name: string): boolean;
  lock(): { entries: Record<string, { id: string; values: Record<string, unknown>; hosted?: unknown }> };
  import(words: readonly string[], options?: Partial<ImportOptions>): Promise<ImportDocument>;
  run(
    words: readonly string[],
    options?: Partial<ImportOptions>,
    context?: Partial<CommandContext>,
  ): Promise<CommandResult>;
  apply(options?: Partial<ImportOptions>): Promise<CommandResult>;
  plan(options?: Partial<ImportOptions>): Promise<PlanDocument>;
  drift(options?: Partial<ImportOptions>): Promise<PlanDocument>;
  /** What the API says from now on, by id, instead of what the sandbox would: more than a sandbox lets itself hold. */
  say(words: ReadonlyMap<string, object>): void;
  /** Requests that change something. */
  writes(): number;
  close(): Promise<void>;
}

export function openImportScene(
  files: Readonly<Record<string, string>> = { [CONFIG]: bare },
  options: SandboxOptions = {},
): ImportScene {
  const { remove, ...directory } = openDirectory(files);
  const accounts = ["acc_01", "acc_02"].map((accountId) => ({
    accountId,
    settlementCurrencies: ["polygon::usdc"],
  }));
  const sandbox = createSandbox({ accounts, ...options });
  let words: ReadonlyMap<string, object> = new Map();
  const context = quietContext({
    cwd: directory.dir,
    env: { GSTABLE_API_KEY: KEY, GSTABLE_BASE_URL: "https://sandbox.invalid/api/v1" },
    readStdin: async () => new TextEncoder().encode(bare),
    fetch: async (input, init) => reworded(await sandbox.fetch(input, init), words),
  });
  const writing = { ...context, env: { ...context.env, GSTABLE_API_KEY: "sk_live_canary0123456789" } };
  const flags = { config: CONFIG };
  const scene: ImportScene = {
    ...directory,
    sandbox,
    lock: () => JSON.parse(directory.read("gstable.lock.json")),
    run: (words, more = {}, other = {}) =>
      importObjects(words, { ...flags, ...more }, { ...context, ...other }),
    import: async (words, more) => (await scene.run(words, more)).document as ImportDocument,
    apply: (more = {}) => apply({ ...flags, ...more, autoApprove: true }, writing),
    plan: async (more = {}) =>
      (await plan({ ...flags, refresh: "full", ...more }, context)).document as PlanDocument,
    drift: async (more = {}) => (await drift({ ...flags, ...more }, context)).document as PlanDocument,
    say: (said) => {
      words = said;
    },
    writes: () => sandbox.requests.filter(({ write }) => write).length,
    close: async () => {
      await sandbox.close();
      remove();
    },
  };
  return scene;
}

const idKeys = ["productId", "linkId", "webhookId"];

/** The same answer with other words for some objects. Line items have a `productId` as well, and are no products. */
async function reworded(answer: Response, words: ReadonlyMap<string, object>): Promise<Response> {
  if (words.size === 0) return answer;
  const body: unknown = JSON.parse(await answer.text(), (_key, value) => {
    if (typeof value !== "object" || value === null || "itemType" in value) return value;
    const key = idKeys.find((one) => one in value);
    const said = key === undefined ? undefined : words.get(value[key]);
    return said === undefined ? value : { ...value, ...said };
  });
  return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
}

/** A product as somebody made it in the dashboard. */
export const product = (productId: string, more: object = {}) => ({
  productId,
  name: `Product ${productId}`,
  commonPrices: [9_990_000],
  ...more,
});

/** A link that sells one product. */
export const link = (linkId: string, productId: string, more: object = {}) => ({
  linkId,
  linkType: "fixed" as const,
  linkName: `Link ${linkId}`,
  accountId: "acc_01",
  settlementToken: "polygon::usdc",
  feeModel: 2 as const,
  versionCode: `ver_${linkId}`,
  lineItems: [item(productId)],
  ...more,
});

export const item = (productId: string, more: object = {}) => ({
  lineItemId: "li_1",
  itemType: "product",
  productId,
  quantity: 1,
  unitPrice: 9_990_000,
  productData: { productName: "As it was" },
  ...more,
});

export const webhook = (webhookId: string, more: object = {}) => ({
  webhookId,
  webhookName: `Webhook ${webhookId}`,
  webhookUrl: `https://acme.example/${webhookId}`,
  subscribedEvents: ["session.paid"],
  key: "wkk_0123456789abcdef0123456789abcdef",
  ...more,
});
