import type { Command } from "commander";
import { type Choose, run, subcommand } from "./invocation.js";

/** `state` and its flags. */
export function addState(program: Command, choose: Choose): void {
  const state = subcommand(program, "state", "look at the lockfile, or edit its names");
  const command = (usage: string, description: string) => subcommand(state, usage, description);
  command("list", "every entry with its id").action((_options, self: Command) => {
    run(self, choose, async (flags, context) =>
      (await import("../commands/state.js")).state({ do: "list" }, flags, context),
    );
  });
  command("show <address>", "one entry").action((address: string, _options, self: Command) => {
    run(self, choose, async (flags, context) =>
      (await import("../commands/state.js")).state({ do: "show", address }, flags, context),
    );
  });
  command("mv <from> <to>", "give an entry another name").action(
    (from: string, to: string, _options, self: Command) => {
      run(self, choose, async (flags, context) =>
        (await import("../commands/state.js")).state({ do: "mv", from, to }, flags, context),
      );
    },
  );
  command("rm <address>", "forget an entry; its live object stays as it is").action(
    (address: string, _options, self: Command) => {
      run(self, choose, async (flags, context) =>
        (await import("../commands/state.js")).state({ do: "rm", address }, flags, context),
      );
    },
  );
}
