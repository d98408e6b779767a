import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, reports, withNetwork, withPlanning } from "./options.js";

/** `plan` and its flags. */
export function addPlan(program: Command, choose: Choose): void {
  withPlanning(withNetwork(subcommand(program, "plan", "show what apply would do; only reads")))
    .option("--detailed-exitcode", "exit 2 when changes are pending, 4 when a guard refuses them")
    .option("--out <file>", "also write the plan as JSON to this file")
    .addOption(format("markdown", "html", "github"))
    .addOption(reports())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/plan.js")).plan(flags, context),
      );
    });
}
