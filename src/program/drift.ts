import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";
import { format as formatOption, reports, withNetwork } from "./options.js";

/** `drift` and its flags. */
export function addDrift(program: Command, choose: Choose): void {
  withNetwork(
    subcommand(program, "drift", "show what changed outside since the last apply; exit 2 if anything did"),
  )
    .argument("[address...]", "with --accept: only these entries")
    .option("--unmanaged", "open objects that nobody declared count as well")
    .option("--accept", "write the live values into configuration and lockfile")
    .addOption(formatOption("markdown", "html", "github"))
    .addOption(reports())
    .action((addresses: readonly string[], _options, command: Command) => {
      const { accept, unmanaged, format, report } = command.opts();
      if (addresses.length > 0 && accept !== true) command.error("error: addresses are for --accept");
      if (accept === true && !["text", "json", undefined].includes(format))
        command.error("error: --accept prints text or json");
      if (accept === true && report !== undefined) command.error("error: --accept takes no --report");
      if (unmanaged && accept) command.error("error: --accept takes no --unmanaged: see import");
      run(command, choose, async (flags, context) =>
        flags.accept === true
          ? (await import("../commands/accept.js")).accept(addresses, flags, context)
          : (await import("../commands/drift.js")).drift(flags, context),
      );
    });
}
