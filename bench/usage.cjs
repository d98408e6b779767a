// Loaded into every measured process: at its end it says what it has used. Weighs the same on all of them.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuMs, peakMiB: maxRSS / 1024 }));
});
