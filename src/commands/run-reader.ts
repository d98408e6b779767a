import type { ApiPort } from "../api/index.js";
import type { Reader } from "../engine/reader.js";
import type { ReadingProgress } from "./reading-progress.js";

/** Drives a reader: runs what it asks for side by side, hands back the outcomes, and tells of it, where somebody listens. */
export async function runReader<T>(reader: Reader<T>, api: ApiPort, progress?: ReadingProgress): Promise<T> {
  try {
    let step = reader.next();
    while (step.done !== true) {
      const { calls } = step.value;
      progress?.asked(calls.length);
      const outcomes = await Promise.all(calls.map((call) => api.run(call).finally(progress?.answered)));
      step = reader.next(outcomes);
    }
    return step.value;
  } finally {
    progress?.end();
  }
}
