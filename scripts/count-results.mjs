// Adds up tests and checks for .ci/run: `node scripts/count-results.mjs TESTS.json CHECKS.json`.
// A report that isn't there stands for something that failed before it could be written.
import { readFileSync } from "node:fs";

const [tests, checks] = process.argv.slice(2).map((file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
});

const brokenFiles = tests?.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
);
const counts = [
  tests === undefined
    ? { passed: 0, failed: 1 }
    : { passed: tests.numPassedTests, failed: tests.numFailedTests + (brokenFiles?.length ?? 0) },
  checks ?? { passed: 0, failed: 1 },
];
const sum = (/** @type {"passed" | "failed"} */ key) =>
  counts.reduce((total, count) => total + count[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
