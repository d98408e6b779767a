import type { ApiPort } from "../api/index.js";
import type { Reader } from "../engine/reader.js";
import type { Call } from "../state/call.js";
import type { ReadingProgress } from "./reading-progress.js";

/** Drives a reader: runs what it asks for side by side, hands back the outcomes, and tells of it, where somebody listens. */
export async function runReader<T>(
  reader: Reader<T>,
  api: ApiPort,
  progress?: Pick<ReadingProgress, "asked" | "answered">,
): Promise<T> {
  let step = reader.next();
  while (step.done !== true) {
    const { calls, once } = step.value;
    progress?.asked(calls.length);
    const fetch = (call: Call) =>
      api.run(call, { retry: once?.has(call) !== true }).finally(progress?.answered);
    step = reader.next(await Promise.all(calls.map(fetch)));
  }
  return step.value;
}
