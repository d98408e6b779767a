import type { Command } from "commander";
import type { Shell } from "../commands/completion/scripts.js";
import { choice } from "../flag-values.js";
import { findCandidates } from "./candidates.js";
import { type Choose, run, subcommand } from "./invocation.js";

const shells: readonly Shell[] = ["bash", "zsh", "fish"];

/** `completion`, and `complete`, which the scripts ask. */
export function addCompletion(program: Command, choose: Choose): void {
  subcommand(program, "completion", "print a script that completes commands, flags and names")
    .argument("<bash|zsh|fish>", "your shell", choice(shells))
    .action((shell: Shell, _options, command: Command) => {
      run(command, choose, async () => (await import("../commands/completion.js")).completion(shell));
    });
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .exitOverride()
    .action((words: readonly string[], _options, command: Command) => {
      const { source, ...found } = findCandidates(program, words);
      run(command, choose, async (_flags, context) =>
        (await import("../commands/completion.js")).complete(found, source, context),
      );
    });
}
