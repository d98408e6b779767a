import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApplyOptions } from "../../src/commands/apply/options.js";
import { apply } from "../../src/commands/apply.js";
import type { CommandContext, CommandResult } from "../../src/commands/context.js";
import { type DriftOptions, drift } from "../../src/commands/drift.js";
import { type PlanOptions, plan } from "../../src/commands/plan.js";
import { type VerifyOptions, verify } from "../../src/commands/verify.js";
import type { SandboxOptions } from "../../src/sandbox/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import type { VerifyDocument } from "../../src/state/verify-document.js";
import type { Lock } from "../cli/scene.js";
import { shop } from "../cli/shop.js";
import { openShop, type ShopScene } from "../commands/shop-scene.js";
import { shopContext } from "../commands/waiting-context.js";

export const configFile = "gstable.config.yaml";
export const lockfile = "gstable.lock.json";

/** What a command came to, for people and for programs. A command that ended early has the least of its document. */
export interface Told<Document> {
  readonly exitCode: number;
  readonly document: Partial<Document>;
  readonly text: string;
}

/** What another world has that a merchant's has not: another key, another way out. */
type World = Partial<CommandContext>;

/** A merchant with a catalogue in a file and an account in a local GStable: whom the promises are made to. */
export interface Merchant extends Omit<ShopScene, "context"> {
  readonly context: CommandContext;
  plan(options?: Partial<PlanOptions>, world?: World): Promise<Told<PlanDocument>>;
  /** Approved in advance, unless it says otherwise. */
  apply(options?: Partial<ApplyOptions>, world?: World): Promise<Told<ApplyDocument>>;
  drift(options?: Partial<DriftOptions>, world?: World): Promise<Told<PlanDocument>>;
  verify(options?: Partial<VerifyOptions>, world?: World): Promise<Told<VerifyDocument>>;
  lock(): Lock;
  idOf(address: string): string;
  read(name: string): string;
  has(name: string): boolean;
  save(name: string, text: string): void;
  /** What was changed in the account since its log was cleared: `payment/link/update`. */
  written(): readonly string[];
}

/** A merchant who has applied nothing yet. Waits are over at once. */
export function openMerchant(config: object = shop(), options: SandboxOptions = {}): Merchant {
  const scene = openShop(config, options);
  const { context, lock } = shopContext(scene);
  const inWorld = (world: World = {}): CommandContext => ({ ...context, ...world });
  const base = { config: configFile };
  const merchant: Merchant = {
    ...scene,
    context,
    lock,
    plan: async (more, world) => told(await plan({ ...base, ...more }, inWorld(world))),
    apply: async (more, world) => told(await apply({ ...base, autoApprove: true, ...more }, inWorld(world))),
    drift: async (more, world) => told(await drift({ ...base, ...more }, inWorld(world))),
    verify: async (more, world) => told(await verify([], { ...base, ...more }, inWorld(world))),
    read: (name) => readFileSync(join(scene.cwd, name), "utf8"),
    has: (name) => existsSync(join(scene.cwd, name)),
    save: (name, text) => writeFileSync(join(scene.cwd, name), text),
    idOf: (address) => lock().entries[address]?.id ?? `(${address} has no id)`,
    written: () =>
      scene.sandbox.requests
        .filter(({ write, executions }) => write && executions > 0)
        .map(({ path }) => path.replace("/api/v1/", "")),
  };
  return merchant;
}

/** A merchant whose catalogue was applied; the account's log begins after it. */
export async function openAppliedMerchant(
  config: object = shop(),
  options: SandboxOptions = {},
): Promise<Merchant> {
  const merchant = openMerchant(config, options);
  const { exitCode, text } = await merchant.apply();
  if (exitCode !== 0) throw new Error(text);
  merchant.sandbox.clearRequests();
  return merchant;
}

function told<Document>({ exitCode, document, render }: CommandResult): Told<Document> {
  const text = render({ colour: false, unicode: true, width: 100 });
  return { exitCode, document: document as Partial<Document>, text };
}
