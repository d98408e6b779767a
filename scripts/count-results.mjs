// Adds up what .ci/run has run: `node scripts/count-results.mjs REPORT.json …`, each of vitest or of ours.
// A report that isn't there stands for something that failed before it could be written.
import { readFileSync } from "node:fs";

const counts = process.argv.slice(2).map((file) => {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
});

/** @returns {{ passed: number, failed: number }} */
function count(/** @type {any} */ report) {
  if (report.testResults === undefined) return report;
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

const sum = (/** @type {"passed" | "failed"} */ key) => counts.reduce((total, one) => total + one[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
