import type { CommandContext } from "../../src/commands/context.js";

/** A command's world in which nobody watches, asks or interrupts. */
export function quietContext(world: Pick<CommandContext, "cwd"> & Partial<CommandContext>): CommandContext {
  return {
    env: {},
    version: "0.0.0",
    readStdin: async () => new Uint8Array(),
    progress: () => {},
    ask: undefined,
    look: { colour: false, unicode: true, width: 100 },
    signal: new AbortController().signal,
    ...world,
  };
}
