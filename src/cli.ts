#!/usr/bin/env node
import packageJson from "../package.json" with { type: "json" };

// A reader that closes early (`plan --json | head -1`) is no error of ours, and a run in the middle of its work goes on
// without its log where that is on a full disk. A result that is lost is told where it is written.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  process.stdout.write(`${packageJson.version}\n`);
} else {
  const { main } = await import("./main.js");
  await main(process.argv.slice(2), packageJson.version);
}
