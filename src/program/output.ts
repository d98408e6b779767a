import { type Command, Option } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";

/** `output` and its flags. */
export function addOutput(program: Command, choose: Choose): void {
  subcommand(program, "output", "names to ids, URLs and prices as last applied, for your code; no network")
    .addOption(
      new Option("--format <format>", "default: as the file's name says, else json").choices([
        "json",
        "dotenv",
        "ts",
      ]),
    )
    .option("--out <file>", "write this file, in one step, instead of standard output")
    .option("--check <file>", "exit 1, and say where, when this file is out of date")
    .action((_options, command: Command) => {
      const { out, check } = command.opts();
      if (out !== undefined && check !== undefined) command.error("error: --check takes no --out");
      run(command, choose, async (flags, context) =>
        (await import("../commands/output.js")).output(flags, context),
      );
    });
}
