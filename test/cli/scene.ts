import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  createSandbox,
  type LoggedRequest,
  type Sandbox,
  type SandboxOptions,
  serveSandbox,
} from "../../src/sandbox/index.js";
import { closeAfterFile } from "../opened.js";
import { type HereOptions, runHere } from "./in-process.js";
import { type Ended, type RunOptions, run, type Started, start } from "./run.js";
import { type ShopConfig, shop } from "./shop.js";

/** Recognisable wherever it turns up. */
export const canaryKey = "sk_live_canary0123456789ABCDEFcanary";

/** A merchant's directory beside a served sandbox; both end with the test file. */
export interface Scene {
  readonly dir: string;
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** In a process of its own. */
  run(...args: readonly string[]): Promise<Ended>;
  runWith(options: Partial<RunOptions>, ...args: readonly string[]): Promise<Ended>;
  /** In this process, without sockets: for what is not about the process, and ten times as quick. */
  runHere(...args: readonly string[]): Promise<Ended>;
  runHereWith(options: Partial<HereOptions>, ...args: readonly string[]): Promise<Ended>;
  start(...args: readonly string[]): Started;
  /** `apply --auto-approve` in this process, which has to succeed. */
  apply(...args: readonly string[]): Promise<Ended>;
  write(name: string, content: string | object): void;
  read(name: string): string;
  has(name: string): boolean;
  lock(): Lock;
  /** Requests that change something, since the log was cleared. */
  writes(): readonly LoggedRequest[];
  reads(): readonly string[];
}

export interface Lock {
  readonly entries: {
    readonly [address: string]: {
      readonly id: string;
      readonly retired?: boolean;
      readonly formerIds?: string[];
    };
  };
  readonly intents?: object;
}

export const configFile = "gstable.config.yaml";
export const lockfile = "gstable.lock.json";

/** Writes the configuration, opens and serves a sandbox. */
export async function openScene(
  config: ShopConfig | string = shop(),
  options: SandboxOptions = {},
): Promise<Scene> {
  const dir = mkdtempSync(join(tmpdir(), "gstable-sync-"));
  const sandbox = createSandbox(options);
  const served = await serveSandbox(sandbox);
  closeAfterFile(async () => {
    await served.close();
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const env = { GSTABLE_API_KEY: canaryKey, GSTABLE_BASE_URL: `${served.url}/api/v1` };
  const at = (name: string) => join(dir, name);
  const scene: Scene = {
    dir,
    sandbox,
    url: served.url,
    env,
    run: (...args) => run(args, { cwd: dir, env }),
    runWith: (more, ...args) => run(args, { cwd: dir, ...more, env: { ...env, ...more.env } }),
    runHere: (...args) => scene.runHereWith({}, ...args),
    runHereWith: (more, ...args) =>
      runHere(args, { cwd: dir, fetch: sandbox.fetch, ...more, env: { ...env, ...more.env } }),
    start: (...args) => start(args, { cwd: dir, env }),
    apply: async (...args) => {
      const ended = await scene.runHere("apply", "--auto-approve", ...args);
      if (ended.code !== 0) throw new Error(`apply: ${ended.code}\n${ended.stdout}\n${ended.stderr}`);
      return ended;
    },
    write: (name, content) => {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(
        at(name),
        typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`,
      );
    },
    read: (name) => readFileSync(at(name), "utf8"),
    has: (name) => existsSync(at(name)),
    // The tool wrote it a moment ago.
    lock: () => JSON.parse(scene.read(lockfile)) as Lock,
    writes: () => sandbox.requests.filter(({ write }) => write),
    reads: () => sandbox.requests.filter(({ write }) => !write).map(({ path }) => path),
  };
  scene.write(configFile, config);
  return scene;
}

/** A scene whose configuration was applied; the request log begins after it. Applied once a file, then copied. */
export async function openAppliedScene(
  config: ShopConfig = shop(),
  options: SandboxOptions = {},
): Promise<Scene> {
  const key = JSON.stringify(config);
  const template = templates.get(key) ?? applyTemplate(config);
  templates.set(key, template);
  const { state, lock, url } = await template;
  const scene = await openScene(config, options);
  scene.sandbox.seed(state);
  scene.write(lockfile, lock.replaceAll(url, scene.url));
  return scene;
}

const templates = new Map<string, ReturnType<typeof applyTemplate>>();

async function applyTemplate(config: ShopConfig) {
  const scene = await openScene(config);
  await scene.apply();
  return { state: scene.sandbox.snapshot(), lock: scene.read(lockfile), url: scene.url };
}
