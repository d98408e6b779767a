import { type Command, Option } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format } from "./options.js";

/** `init` and its flags. */
export function addInit(program: Command, choose: Choose): void {
  subcommand(program, "init", "write a starter configuration and a CI pipeline; overwrites nothing")
    .addOption(
      new Option("--ci <system>", "whose pipeline").choices(["github", "gitlab", "none"]).default("github"),
    )
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/init.js")).init(flags, context),
      );
    });
}
