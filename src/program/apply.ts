import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, reports, withNetwork, withPlanning } from "./options.js";

/** `apply` and its flags. */
export function addApply(program: Command, choose: Choose): void {
  withPlanning(withNetwork(subcommand(program, "apply", "make the account what the configuration says")))
    .option("--auto-approve", "don't ask")
    .option("--plan <file>", "apply only if this reviewed plan is still the plan")
    .option("--plan-hash <hash>", "apply only if the plan has this hash")
    .option("--webhook-keys <file>", "where webhooks' signing keys go: JSON, for its owner alone")
    .option("--verify", "afterwards look at what changed as payers do; exit 5 if it disagrees")
    .addOption(format("markdown", "html", "github"))
    .addOption(reports())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/apply.js")).apply(flags, context),
      );
    });
}
