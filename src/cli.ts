#!/usr/bin/env node
import packageJson from "../package.json" with { type: "json" };

// A reader that closes early (`plan --json | head -1`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  process.stdout.write(`${packageJson.version}\n`);
} else {
  const { main } = await import("./main.js");
  await main(process.argv.slice(2), packageJson.version);
}
