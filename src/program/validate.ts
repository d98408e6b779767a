import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, reports } from "./options.js";

/** `validate` and its flags. */
export function addValidate(program: Command, choose: Choose): void {
  subcommand(program, "validate", "check the configuration, all of it, without any network")
    .addOption(format("github"))
    .addOption(reports())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/validate.js")).validate(flags, context),
      );
    });
}
