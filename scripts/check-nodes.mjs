// The package, packed, installed and used (check-package.mjs) on every Node that it claims to run on.
// Each comes from the registry; one that cannot be fetched is skipped, and that is said.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const majors = [20, 22, 24];
const check = resolve(import.meta.dirname, "check-package.mjs");

for (const major of majors) {
  const version = on(major, "node --version");
  if (version.status !== 0 || !version.stdout.trim().startsWith(`v${major}.`)) {
    console.log(`SKIPPED  Node ${major} cannot be fetched: ${version.stderr.trim().split("\n").at(-1)}`);
    continue;
  }
  const { status, stdout, stderr } = on(major, `node ${JSON.stringify(check)}`);
  console.log(`${status === 0 ? "ok      " : "FAILED  "} Node ${version.stdout.trim()}  ${stdout.trim()}`);
  if (status !== 0) {
    console.log(stderr);
    process.exitCode = 1;
  }
}

/** @param {number} major @param {string} command */
function on(major, command) {
  return spawnSync("npx", ["--yes", "--package", `node@${major}`, "--call", command], { encoding: "utf8" });
}
