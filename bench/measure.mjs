// Runs a program once, as a process of its own, and says what it took.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

const usageHook = resolve(import.meta.dirname, "usage.cjs");

/** @typedef {{ wallMs: number, cpuMs: number, peakMiB: number, stdout: string, status: number | null }} Run */

/**
 * @param {readonly string[]} args of node
 * @param {{ cwd: string, env?: Record<string, string> }} at
 * @returns {Promise<Run>}
 */
export async function measure(args, { cwd, env = {} }) {
  const usageFile = join(tmpdir(), `gstable-bench-${process.pid}.json`);
  const startedAt = performance.now();
  const { status, stdout, stderr } = await run(["--require", usageHook, ...args], {
    cwd,
    // What a machine happens to set for certificates costs 40 ms of start on Node 20, and is no part of any program.
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", BENCH_USAGE: usageFile, ...env },
  });
  const wallMs = performance.now() - startedAt;
  if (stderr !== "" && status !== 0)
    throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
  const usage = JSON.parse(readFileSync(usageFile, "utf8"));
  rmSync(usageFile);
  return { wallMs, stdout, status, ...usage };
}

/** @returns {Promise<{ status: number | null, stdout: string, stderr: string }>} */
function run(args, { cwd, env }) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "" };
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      child[name].setEncoding("utf8").on("data", (chunk) => {
        text[name] += chunk;
      });
    }
    child.on("error", fail);
    child.on("close", (status) => done({ status, ...text }));
  });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
