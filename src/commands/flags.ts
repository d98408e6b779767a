import type { GlobalOptions } from "./context.js";

/**
 * Words of the command line that the next command needs again. The renderers quote them, and add what a plan itself
 * tells: environment and sandbox.
 */
export function repeatedFlags(
  options: GlobalOptions & { readonly target?: readonly string[] },
): readonly string[] {
  return [
    ...(options.config === DEFAULT_CONFIG ? [] : ["-c", options.config]),
    ...(options.lockfile === undefined ? [] : ["--lockfile", options.lockfile]),
    ...(options.target ?? []).flatMap((target) => ["--target", target]),
  ];
}

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = "gstable.config.yaml";
