// Breaks the apply machine on purpose, one breakage at a time, and lets its tests find it: `npm run mutation [-- WORDS]`
// (WORDS: only breakages whose names hold them). Works on a copy; writes nothing. Fails when a breakage survives that
// the list does not explain, or when its text is not in the source exactly once, so that none can rot.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mutations } from "./mutations/machine.mjs";

/**
 * @typedef {object} Mutation
 * @property {string} name
 * @property {string} file
 * @property {readonly (readonly [text: string, replacement: string])[]} edits
 * @property {string} [equivalent] why no test can tell it from the original
 */

const root = resolve(import.meta.dirname, "..");
const words = process.argv.slice(2).join(" ");
const chosen = mutations.filter(({ name }) => name.includes(words));
/** The quick ones first: most breakages die there. */
const suites = [
  [
    "test/engine/apply/cases.test.ts",
    "test/state/journal.test.ts",
    "test/commands/journal-file.test.ts",
    "test/engine/reading.test.ts",
    "test/proof/machine",
  ],
  ["test/engine/apply/once.test.ts"],
];

const stale = chosen.flatMap((mutation) => problemsOf(mutation));
if (stale.length > 0) fail(stale.join("\n"));

const startedAt = Date.now();
/** Two at a time: each is mostly one process. */
const workers = [openCopy(), openCopy()];
process.on("exit", () => {
  for (const { dir } of workers) rmSync(dir, { recursive: true, force: true });
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
  process.on(signal, () => process.exit(130));

const [intact] = await Promise.all([judge(workers[0].dir)]);
if (intact !== "survived") fail("the tests fail without any breakage");

/** @type {{ mutation: Mutation, verdict: string }[]} */
const results = [];
const queue = [...chosen];
await Promise.all(
  workers.map(async ({ dir }) => {
    for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
      const { file, edits, name } = mutation;
      const original = readFileSync(join(dir, file), "utf8");
      writeFileSync(
        join(dir, file),
        edits.reduce((text, [from, to]) => text.replace(from, () => to), original),
      );
      const verdict = await judge(dir);
      writeFileSync(join(dir, file), original);
      results.push({ mutation, verdict });
      console.log(`${verdict.padEnd(8)}  ${name}`);
    }
  }),
);

const killed = results.filter(({ verdict }) => verdict === "killed").length;
const equivalent = results.filter(
  ({ mutation, verdict }) => verdict === "survived" && mutation.equivalent !== undefined,
);
const wrong = results.filter((result) => result.verdict !== "killed" && !equivalent.includes(result));
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(
  `${killed} of ${results.length} killed, ${equivalent.length} explained, ${wrong.length} to explain, ${seconds} s`,
);
if (process.env.MUTATION_REPORT) {
  writeFileSync(
    process.env.MUTATION_REPORT,
    JSON.stringify({ passed: results.length - wrong.length, failed: wrong.length }),
  );
}
process.exitCode = wrong.length === 0 ? 0 : 1;

/** What keeps a breakage from being made. */
function problemsOf(/** @type {Mutation} */ { name, file, edits }) {
  const source = readFileSync(join(root, file), "utf8");
  return edits.flatMap(([from]) => {
    const times = source.split(from).length - 1;
    return times === 1 ? [] : [`${name}: its text is ${times} times in ${file}: ${from}`];
  });
}

/** Sources and tests, beside the dependencies of the original. */
function openCopy() {
  const dir = mkdtempSync(join(tmpdir(), "gstable-sync-mutation-"));
  for (const part of ["src", "test", "package.json", "tsconfig.json"]) {
    cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  writeFileSync(join(dir, "vitest.config.mjs"), "export default { test: { testTimeout: 30_000 } };\n");
  return { dir };
}

/** Runs the tests up to the first failure. A breakage that does not even load proves nothing, and is told apart. */
async function judge(/** @type {string} */ dir) {
  for (const suite of suites) {
    const report = join(dir, "report.json");
    rmSync(report, { force: true });
    const code = await run(dir, [
      "run",
      "--bail",
      "1",
      "--maxWorkers",
      "1",
      "--reporter",
      "json",
      "--outputFile",
      report,
      ...suite,
    ]);
    if (code === 0) continue;
    const failed = readReport(report)?.numFailedTests ?? 0;
    return failed > 0 ? "killed" : "broken";
  }
  return "survived";
}

/** @returns {Promise<number | null>} */
function run(/** @type {string} */ dir, /** @type {readonly string[]} */ args) {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [vitest, ...args], { cwd: dir, stdio: "ignore" });
    child.on("error", failed);
    child.on("close", done);
  });
}

function readReport(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function fail(/** @type {string} */ message) {
  console.error(message);
  process.exit(1);
}
