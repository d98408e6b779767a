import type { Profiler } from "node:inspector";
import { counting } from "./start-counting.js";

/**
 * How much of our own code a piece of work runs through: the executions of all functions and blocks below `src/`
 * in these rooms, as V8 counts them. The same on every machine and under any load.
 */
export async function countWork(rooms: readonly string[], work: () => unknown): Promise<number> {
  takeCounts();
  await work();
  return takeCounts()
    .filter(({ url }) => rooms.some((room) => url.includes(`/src/${room}/`)))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}

/** What was executed since the last time; the session answers before `post` returns. */
function takeCounts(): readonly Profiler.ScriptCoverage[] {
  let counts: readonly Profiler.ScriptCoverage[] | undefined;
  counting.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error === null) counts = taken.result;
  });
  if (counts === undefined) throw new Error("V8 did not count");
  return counts;
}
