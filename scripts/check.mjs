// Everything but the tests: each check is a script of package.json. Silent where all is well, whole where it isn't.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const checks = ["lint", "types", "architecture", "unused", "package"];

const results = checks.map((name) => {
  const startedAt = Date.now();
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", name], { encoding: "utf8" });
  const passed = status === 0;
  console.log(`${passed ? "ok    " : "FAILED"}  ${name}  ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  if (!passed) console.log(`${stdout}${stderr}`);
  return { name, passed };
});

const failed = results.filter(({ passed }) => !passed).length;
if (process.env.CHECK_REPORT) {
  writeFileSync(process.env.CHECK_REPORT, JSON.stringify({ passed: results.length - failed, failed }));
}
process.exitCode = failed === 0 ? 0 : 1;
