import type { Command } from "commander";
import { collect, duration, wholeNumber } from "../flag-values.js";
import { type Choose, run, subcommand } from "./invocation.js";

/** `sandbox` and its flags. */
export function addSandbox(program: Command, choose: Choose): void {
  subcommand(program, "sandbox", "serve a local GStable on 127.0.0.1")
    .option("--port <number>", "default: a free one", wholeNumber)
    .option("--host <address>", "default: 127.0.0.1")
    .option("--state <file>", "keep its state in this file")
    .option("--seed <file>", "JSON or YAML with objects to start with")
    .option("--knob <name=value>", "an ambiguity of the API, see docs/sandbox.md; repeatable", collect)
    .option("--latency <duration>", "answer this much later", duration)
    .option(
      "--deliver-to <url>",
      "send webhooks here instead of to their hosts, such as http://127.0.0.1:3000",
    )
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("../commands/sandbox.js")).sandbox(flags, context),
      );
    });
}
