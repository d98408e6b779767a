import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, withNetwork } from "./options.js";

/** `doctor` and its flags. */
export function addDoctor(program: Command, choose: Choose): void {
  withNetwork(
    subcommand(program, "doctor", "say what a run would work with, what is wrong and how to mend it"),
  )
    .option("--guards", "trip every guard on purpose, on an account in memory")
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/doctor.js")).doctor(flags, context),
      );
    });
}
