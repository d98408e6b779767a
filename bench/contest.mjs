// Programs that do the same task, in turns: what else the machine does meanwhile strikes all of them.
import { measure, median } from "./measure.mjs";

/**
 * `args` of node; `check` throws where the program did not do its work; `rounds`: fewer for what takes long.
 * @typedef {{ name: string, args: readonly string[], check: (run: import("./measure.mjs").Run) => void, rounds?: number }} Program
 */

/**
 * @param {{ task: string, programs: readonly Program[], rounds: number, cwd: string, env: Record<string, string>,
 *   before?: () => Promise<unknown>, countCalls?: () => Promise<number> }} contest
 * @returns {Promise<readonly import("./table.mjs").Row[]>}
 */
export async function compete({ task, programs, rounds, cwd, env, before, countCalls }) {
  const runs = programs.map(() => []);
  const calls = programs.map(() => null);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, program] of programs.entries()) {
      if (round >= (program.rounds ?? rounds)) continue;
      await before?.();
      await countCalls?.();
      const run = await measure(program.args, { cwd, env });
      program.check(run);
      runs[index].push(run);
      calls[index] = (await countCalls?.()) ?? null;
    }
  }
  return programs.map(({ name }, index) => ({
    task,
    program: name,
    wallMs: median(runs[index].map(({ wallMs }) => wallMs)),
    cpuMs: median(runs[index].map(({ cpuMs }) => cpuMs)),
    peakMiB: median(runs[index].map(({ peakMiB }) => peakMiB)),
    calls: calls[index],
  }));
}

/** @param {string} what @param {unknown} actual @param {unknown} wanted */
export function expect(what, actual, wanted) {
  if (actual !== wanted) throw new Error(`${what}: ${actual}, not ${wanted}`);
}
