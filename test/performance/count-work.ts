import { Session } from "node:inspector/promises";

/**
 * How much of our own code a piece of work runs through: the executions of all functions and blocks below `src/`
 * in these rooms, as V8 counts them. The same on every machine and under any load.
 */
export async function countWork(rooms: readonly string[], work: () => unknown): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const ours = result.filter(({ url }) => rooms.some((room) => url.includes(`/src/${room}/`)));
    return ours
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((sum, count) => sum + count, 0);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}
