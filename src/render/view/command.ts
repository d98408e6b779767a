import { safeText } from "../terminal-text.js";

/** What of the user's own command line belongs into the next one too. */
export interface RepeatedWords {
  /** For every command, such as `-c other.yaml`. */
  readonly flags?: readonly string[] | undefined;
  /** Addresses that `--target` named: for the commands that make a plan. */
  readonly targets?: readonly string[] | undefined;
}

/** What a command of the user has to repeat so that it is about the same thing. */
export interface CommandScope extends RepeatedWords {
  readonly environment: string | null;
  readonly sandbox: boolean;
}

const takesTarget: ReadonlySet<string> = new Set(["plan", "apply"]);

/** A command (one word, or two such as `state list`) to copy: `gstable-sync apply --env eu --plan-hash sha256-…`. */
export function commandLine(command: string, scope: CommandScope, ...more: readonly string[]): string {
  const words = [
    "gstable-sync",
    ...command.split(" "),
    ...(scope.environment === null ? [] : ["--env", scope.environment]),
    ...(scope.sandbox ? ["--sandbox"] : []),
    ...(scope.flags ?? []),
    ...(takesTarget.has(command) ? (scope.targets ?? []) : []).flatMap((target) => ["--target", target]),
    ...more,
  ];
  return words.map(commandWord).join(" ");
}

/**
 * A word as a POSIX shell reads it back. What is not seen is shown here already, as every output would show it: a line
 * break in a word would begin a command of its own.
 */
export function commandWord(word: string): string {
  const shown = safeText(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

/** One run, one address; the value belongs to `policy.allow` only. */
export function allowFlag(guard: { readonly id: string; readonly address: string }): string {
  return `--allow ${commandWord(`${guard.id}:${guard.address}`)}`;
}
