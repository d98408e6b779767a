import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, withNetwork } from "./options.js";

/** `import` and its flags. */
export function addImport(program: Command, choose: Choose): void {
  withNetwork(
    subcommand(
      program,
      "import",
      "write configuration and lockfile for what exists already; only reads the account",
    ),
  )
    .argument("[address=id...]", "such as paymentLink.premium=lnk_…; without any, choose at the terminal")
    .option("--all", "everything that nobody manages")
    .option("--split [directory]", "each kind into a file of its own (default: catalog), which is included")
    .addOption(format())
    .action((words: readonly string[], _options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/import.js")).importObjects(words, flags, context),
      );
    });
}
