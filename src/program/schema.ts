import type { Command } from "commander";
import { choice } from "../flag-values.js";
import { type Choose, run, subcommand } from "./invocation.js";

/** `schema` and its flags. */
export function addSchema(program: Command, choose: Choose): void {
  subcommand(program, "schema", "JSON Schema of the configuration or of the plan")
    .argument("[config|plan]", "which one", choice(["config", "plan"] as const), "config")
    .action((which: "config" | "plan", _options, command: Command) => {
      run(command, choose, async () => (await import("../commands/schema.js")).schema(which));
    });
}
