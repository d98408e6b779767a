// A plan of an account that is as the configuration says, and of one where 1% of the entries were edited.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { catalogue } from "./catalogue.mjs";
import { compete, expect } from "./contest.mjs";
import { measure } from "./measure.mjs";
import { serve } from "./served.mjs";

const cli = resolve(import.meta.dirname, "../dist/cli.js");
const programs = join(import.meta.dirname, "programs");

/** @param {{ parts: string[], sizes: number[], rounds: number, latencyMs: number, say: (text: string) => void }} settings */
export async function measurePlans({ parts, sizes, rounds, latencyMs, say }) {
  const rows = [];
  for (const size of sizes) {
    const scene = await openScene(size);
    try {
      await scene.served.slowDown(latencyMs);
      for (const part of ["unchanged", "changed"].filter((one) => parts.includes(one))) {
        say(`${part}, ${size} objects`);
        const changed = part === "changed" ? size / 100 : 0;
        rows.push(...(await contest(scene, { size, changed, rounds })));
      }
    } finally {
      await scene.close();
    }
  }
  return rows;
}

/** An account with everything applied, and the configurations beside the lockfile. */
async function openScene(size) {
  const cwd = mkdtempSync(join(tmpdir(), "gstable-bench-"));
  const served = await serve();
  for (const [name, changed] of [
    ["unchanged", 0],
    ["changed", size / 100],
  ]) {
    const { yaml, json } = catalogue(size, changed);
    writeFileSync(join(cwd, `${name}.yaml`), yaml);
    writeFileSync(join(cwd, `${name}.json`), json);
  }
  const apply = [cli, "apply", "-c", "unchanged.yaml", "--auto-approve", "--quiet", "--parallelism", "16"];
  const { status } = await measure(apply, { cwd, env: served.env });
  expect("status of the first apply", status, 0);
  return {
    cwd,
    served,
    close: async () => {
      await served.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<readonly import("./table.mjs").Row[]>} */
function contest({ cwd, served }, { size, changed, rounds }) {
  const name = changed === 0 ? "unchanged" : "changed";
  const ours = (label, extension) => ({
    name: label,
    args: [cli, "plan", "-c", `${name}.${extension}`, "--json"],
    check: ({ stdout }) => expect(`changes by ${label}`, JSON.parse(stdout).summary.update, changed),
  });
  const script = (label, file, extension, ...rest) => ({
    name: label,
    args: [join(programs, file), `${name}.${extension}`, "gstable.lock.json", ...rest],
    check: ({ stdout }) => expect(`differences by ${label}`, JSON.parse(stdout).differences, changed),
  });
  return compete({
    task: `plan, ${size} objects, ${changed === 0 ? "none" : changed} changed`,
    programs: [
      ours("gstable-sync", "yaml"),
      ours("gstable-sync, JSON", "json"),
      script("the floor, YAML (js-yaml)", "floor.mjs", "yaml"),
      script("the floor, JSON", "floor.mjs", "json"),
      { ...script("a script, 10 at a time", "script.mjs", "yaml", "10"), rounds: size > 1000 ? 1 : 3 },
      // At 10,000 objects it takes minutes, and proves nothing that 1,000 do not.
      ...(size > 1000
        ? []
        : [{ ...script("a script, one after the other", "script.mjs", "yaml", "1"), rounds: 1 }]),
    ],
    rounds,
    cwd,
    env: served.env,
    countCalls: served.countCalls,
  });
}
