// npm run bench: measures the built command line beside what a user would write instead, in one run on one machine,
// so that ratios hold where absolute times do not. See docs/performance.md.
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measureApply } from "./first-apply.mjs";
import { measurePlans } from "./plans.mjs";
import { measureStart } from "./start.mjs";
import { renderRows } from "./table.mjs";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "start,unchanged,changed,apply" },
    sizes: { type: "string", default: "100,1000,10000" },
    rounds: { type: "string", default: "5" },
    latency: { type: "string", default: "50" },
    parallelism: { type: "string", default: "4,16" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(`npm run bench -- [--only start,unchanged,changed,apply] [--sizes 100,1000,10000] [--rounds 5]
  [--latency 50] [--parallelism 4,16] [--json]

  start      --version, --help, validate and a plan of the demo, beside an empty file
  unchanged  a plan that finds nothing to do
  changed    a plan that finds 1% of all entries changed
  apply      the first apply, once each: it takes as long as so many writes take`);
} else {
  const parts = values.only.split(",");
  const settings = {
    parts,
    sizes: values.sizes.split(",").map(Number),
    rounds: Number(values.rounds),
    latencyMs: Number(values.latency),
    parallelisms: values.parallelism.split(",").map(Number),
    say: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
  };
  const rows = [
    ...(parts.includes("start") ? await measureStart(settings) : []),
    ...(parts.includes("unchanged") || parts.includes("changed") ? await measurePlans(settings) : []),
    ...(parts.includes("apply") ? await measureApply(settings) : []),
  ];
  const machine = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const head = { date: new Date().toISOString().slice(0, 10), machine, latencyMs: settings.latencyMs };
  if (values.json) console.log(JSON.stringify({ ...head, rows }, null, 2));
  else console.log(`${head.date}; ${machine}; ${head.latencyMs} ms of latency\n\n${renderRows(rows)}`);
}
