import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LibraryContext } from "../../src/index.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { shop } from "../cli/shop.js";

/** A merchant's directory, and a sandbox without sockets; both end with the test. */
export interface ShopScene {
  readonly cwd: string;
  readonly sandbox: Sandbox;
  readonly context: LibraryContext;
  /** Another configuration. */
  write(config: object): void;
}

export function openShop(config: object = shop(), options: SandboxOptions = {}): ShopScene {
  const cwd = mkdtempSync(join(tmpdir(), "gstable-library-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const write = (one: object) => writeFileSync(join(cwd, "gstable.config.yaml"), JSON.stringify(one));
  write(config);
  const sandbox = createSandbox(options);
  const context = {
    cwd,
    baseUrl: "https://api.gstable.example/api/v1",
    apiKey: "sk_live_0123456789",
    fetch: sandbox.fetch,
  };
  return { cwd, sandbox, context, write };
}
