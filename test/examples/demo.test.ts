import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

function runDemo(env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, ["scripts/demo.mjs"], { cwd: root, env, encoding: "utf8" });
}

/** What a run in the repository itself would have changed. */
function traces() {
  return {
    files: readdirSync(root).filter((name) => name.startsWith("gstable.") || name === ".gstable"),
    config: readFileSync(join(root, "gstable.config.yaml"), "utf8"),
  };
}

describe("npm run demo", () => {
  it("walks through everything without the key that is set, each step with the exit code that it promises, and leaves no trace", () => {
    const before = traces();
    const { status, stdout, stderr } = runDemo({
      ...process.env,
      NO_COLOR: "1",
      GSTABLE_API_KEY: "sk_live_of_the_visitor",
      GSTABLE_BASE_URL: "http://127.0.0.1:9/nowhere",
    });
    expect(stderr).not.toContain("The demo stopped");
    expect(status).toBe(0);
    expect(stdout).not.toContain("of_the_visitor");
    expect(stdout.match(/^\$ gstable-sync .*$/gm)).toEqual([
      "$ gstable-sync validate",
      "$ gstable-sync plan --sandbox --target paymentLink.house-blend",
      "$ gstable-sync apply --sandbox --auto-approve",
      "$ gstable-sync plan --sandbox --detailed-exitcode",
      "$ gstable-sync plan --sandbox --quiet --detailed-exitcode",
      "$ gstable-sync apply --sandbox --auto-approve --quiet",
      "$ gstable-sync drift --sandbox --quiet",
      "$ gstable-sync apply --sandbox --auto-approve --quiet",
      "$ gstable-sync apply --sandbox --auto-approve --quiet \\",
    ]);
    expect(traces()).toEqual(before);
  });
});
