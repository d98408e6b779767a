import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../src/api/index.js";
import type { CommandContext } from "../../src/commands/context.js";
import type { Lock } from "../cli/scene.js";
import { quietContext } from "./quiet-context.js";
import type { ShopScene } from "./shop-scene.js";

/** A command's world on a sandbox in this process, where a wait is over at once; `slept` tells of each. */
export function shopContext({ cwd, sandbox }: Pick<ShopScene, "cwd" | "sandbox">): {
  readonly context: CommandContext;
  readonly slept: number[];
  readonly lines: string[];
  readonly lock: () => Lock;
} {
  const slept: number[] = [];
  const lines: string[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    random: () => 0,
    sleep: async (ms) => {
      if (ms > 0) slept.push(ms);
    },
  };
  const context = quietContext({
    cwd,
    env: { GSTABLE_API_KEY: "sk_live_0123456789", GSTABLE_BASE_URL: "https://api.gstable.example/api/v1" },
    progress: (line) => lines.push(line),
    fetch: sandbox.fetch,
    clock,
  });
  // The tool wrote it a moment ago.
  const lock = () => JSON.parse(readFileSync(join(cwd, "gstable.lock.json"), "utf8")) as Lock;
  return { context, slept, lines, lock };
}
