import type { Command } from "commander";
import type { SchemaName } from "../commands/schema.js";
import { choice } from "../flag-values.js";
import { type Choose, run, subcommand } from "./invocation.js";

/** `schema` and its flags. */
export function addSchema(program: Command, choose: Choose): void {
  subcommand(program, "schema", "JSON Schema of the configuration, of the plan or of an apply")
    .argument(
      "[config|plan|apply]",
      "which one",
      choice(["config", "plan", "apply"] as const satisfies readonly SchemaName[]),
      "config",
    )
    .action((which: SchemaName, _options, command: Command) => {
      run(command, choose, async () => (await import("../commands/schema.js")).schema(which));
    });
}
