import type { GlobalOptions } from "./context.js";

/** Flags that the next command needs again, as they would be typed; the renderers add what a plan itself tells. */
export function repeatedFlags(
  options: GlobalOptions & { readonly target?: readonly string[] },
): readonly string[] {
  return [
    ...(options.config === DEFAULT_CONFIG ? [] : [`-c ${quote(options.config)}`]),
    ...(options.lockfile === undefined ? [] : [`--lockfile ${quote(options.lockfile)}`]),
    ...(options.target ?? []).map((target) => `--target ${quote(target)}`),
  ];
}

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = "gstable.config.yaml";

function quote(word: string): string {
  return /^[\w./@:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
