// What a start costs: no network, so that only loading and reading count.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compete, expect } from "./contest.mjs";
import { measure } from "./measure.mjs";

const root = resolve(import.meta.dirname, "..");
const cli = join(root, "dist/cli.js");
const demo = join(root, "gstable.config.yaml");
/** Starts are short: their medians need more of them. */
const roundsPerRound = 4;

/** @param {{ rounds: number, say: (text: string) => void }} settings */
export async function measureStart({ rounds, say }) {
  say("start");
  const cwd = mkdtempSync(join(tmpdir(), "gstable-bench-"));
  const program = (name, args, status = 0) => ({
    name,
    args,
    check: (run) => expect(`status of ${name}`, run.status, status),
  });
  const sandboxed = [cli, "plan", "--sandbox", "--quiet", "-c", join(cwd, "gstable.config.yaml")];
  try {
    const { copyFileSync } = await import("node:fs");
    copyFileSync(demo, join(cwd, "gstable.config.yaml"));
    await measure(sandboxed, { cwd });
    return await compete({
      task: "start",
      programs: [
        program("an empty file", [join(import.meta.dirname, "programs/empty.mjs")]),
        program("--version", [cli, "--version"]),
        program("--help", [cli, "--help"]),
        program("validate of the demo", [cli, "validate", "-c", demo]),
        program("plan of the demo, sandbox embedded", sandboxed),
      ],
      rounds: rounds * roundsPerRound,
      cwd,
      env: {},
    });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
