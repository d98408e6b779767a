// The first apply of everything, beside the same creates with nothing saved in between and nothing read back.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { catalogue } from "./catalogue.mjs";
import { compete, expect } from "./contest.mjs";
import { serve } from "./served.mjs";

const cli = resolve(import.meta.dirname, "../dist/cli.js");

/** @param {{ sizes: number[], latencyMs: number, parallelisms: number[], say: (text: string) => void }} settings */
export async function measureApply({ sizes, latencyMs, parallelisms, say }) {
  const rows = [];
  for (const size of sizes) {
    for (const parallelism of parallelisms) {
      say(`first apply, ${size} objects, ${parallelism} writes at a time`);
      rows.push(...(await contest({ size, latencyMs, parallelism })));
    }
  }
  return rows;
}

/** @param {{ size: number, latencyMs: number, parallelism: number }} about */
async function contest({ size, latencyMs, parallelism }) {
  const cwd = mkdtempSync(join(tmpdir(), "gstable-bench-"));
  const served = await serve();
  writeFileSync(join(cwd, "gstable.config.yaml"), catalogue(size).yaml);
  await served.slowDown(latencyMs);
  try {
    return await compete({
      task: `first apply, ${size} objects, ${parallelism} writes at a time`,
      programs: [
        {
          name: "gstable-sync",
          args: [cli, "apply", "--auto-approve", "--json", "--parallelism", String(parallelism)],
          check: ({ stdout }) => expect("objects made", JSON.parse(stdout).done.length, size),
        },
        {
          name: "the floor of writes",
          args: [join(import.meta.dirname, "programs/create-all.mjs"), "gstable.config.yaml"],
          check: ({ stdout }) => expect("objects made", JSON.parse(stdout).created, size),
        },
      ],
      rounds: 1,
      cwd,
      env: { ...served.env, BENCH_SOCKETS: String(parallelism) },
      before: async () => {
        await served.reset();
        for (const name of readdirSync(cwd)) {
          if (name.startsWith("gstable.lock")) rmSync(join(cwd, name));
        }
      },
      countCalls: served.countCalls,
    });
  } finally {
    await served.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}
