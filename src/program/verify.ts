import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, withNetwork } from "./options.js";

/** `verify` and its flags. */
export function addVerify(program: Command, choose: Choose): void {
  withNetwork(
    subcommand(program, "verify", "look at each link as payers do, without a key; exit 5 if it disagrees"),
  )
    .argument("[address...]", "only these payment links")
    .addOption(format())
    .action((addresses: readonly string[], _options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/verify.js")).verify(addresses, flags, context),
      );
    });
}
