import { accept } from "../../src/commands/accept.js";
import { apply } from "../../src/commands/apply.js";
import type { CommandResult, NetworkOptions } from "../../src/commands/context.js";
import { drift } from "../../src/commands/drift.js";
import { plan } from "../../src/commands/plan.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import type { AcceptDocument } from "../../src/state/accept-document.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { openDirectory } from "./directory.js";
import { quietContext } from "./quiet-context.js";

export const CONFIG = "gstable.config.yaml";

/** A merchant's directory with a sandbox behind it, everything in this process. */
export interface AcceptScene {
  readonly dir: string;
  readonly sandbox: Sandbox;
  write(name: string, text: string): void;
  read(name: string): string;
  id(address: string): string;
  apply(): Promise<void>;
  plan(): Promise<PlanDocument>;
  drift(): Promise<PlanDocument>;
  accept(...addresses: readonly string[]): Promise<AcceptDocument>;
  acceptResult(...addresses: readonly string[]): Promise<CommandResult>;
  /** Requests that change something, since the last apply. */
  writes(): number;
  close(): Promise<void>;
}

export function openAcceptScene(
  files: Readonly<Record<string, string>>,
  options: Partial<NetworkOptions> = {},
): AcceptScene {
  const { dir, write, read, remove } = openDirectory(files);
  const sandbox = createSandbox({ accounts: ["acc_01", "acc_02"].map(payingAccount) });
  const context = quietContext({
    cwd: dir,
    env: { GSTABLE_API_KEY: "sk_live_x", GSTABLE_BASE_URL: "https://sandbox.invalid/api/v1" },
    fetch: sandbox.fetch,
  });
  const flags = { config: CONFIG, ...options };
  const lockfile = options.env === undefined ? "gstable.lock.json" : `gstable.lock.${options.env}.json`;
  const scene: AcceptScene = {
    dir,
    sandbox,
    write,
    read,
    id: (address) => JSON.parse(scene.read(lockfile)).entries[address].id,
    apply: async () => {
      const result = await apply({ ...flags, autoApprove: true }, context);
      if (result.exitCode !== 0) throw new Error(`apply: ${JSON.stringify(result.document, undefined, 1)}`);
      sandbox.clearRequests();
    },
    plan: async () => (await plan({ ...flags, refresh: "full" }, context)).document as PlanDocument,
    drift: async () => (await drift(flags, context)).document as PlanDocument,
    acceptResult: (...addresses) => accept(addresses, { ...flags, accept: true }, context),
    accept: async (...addresses) => (await scene.acceptResult(...addresses)).document as AcceptDocument,
    writes: () => sandbox.requests.filter(({ write }) => write).length,
    close: async () => {
      await sandbox.close();
      remove();
    },
  };
  return scene;
}

const payingAccount = (accountId: string) => ({ accountId, settlementCurrencies: ["polygon::usdc"] });
