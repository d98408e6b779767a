import { Session } from "node:inspector";

/**
 * V8 counts the blocks only of functions that were compiled after counting began: whoever counts imports this file
 * before the sources.
 */
export const counting = new Session();
counting.connect();
counting.post("Profiler.enable");
counting.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
