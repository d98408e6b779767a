import { describe, expect, it } from "vitest";
import { accept } from "../../src/commands/accept.js";
import { checkout } from "../../src/commands/checkout.js";
import type { CommandContext, CommandResult } from "../../src/commands/context.js";
import { importObjects } from "../../src/commands/import.js";
import { output } from "../../src/commands/output.js";
import { verify } from "../../src/commands/verify.js";
import { webhook } from "../../src/commands/webhook.js";
import { openDirectory } from "./directory.js";
import { quietContext } from "./quiet-context.js";

type Flags = { readonly config: string; readonly sandbox: boolean };

const commands: Readonly<Record<string, (flags: Flags, context: CommandContext) => Promise<CommandResult>>> =
  {
    checkout: (flags, context) => checkout({ do: "open", link: "beans" }, flags, context),
    "checkout --dry-run": (flags, context) =>
      checkout({ do: "open", link: "beans" }, { ...flags, dryRun: true }, context),
    "drift --accept": (flags, context) => accept([], flags, context),
    import: (flags, context) => importObjects(["product.beans=prd_1"], flags, context),
    output: (flags, context) => output(flags, context),
    verify: (flags, context) => verify([], flags, context),
    webhook: (flags, context) => webhook({ do: "resume", name: "ledger" }, flags, context),
  };

describe("a command that ends early, on a configuration that is invalid", () => {
  it.each(Object.entries(commands))("says of a rehearsal that it was one: %s", async (_name, run) => {
    const directory = openDirectory({ "gstable.config.yaml": "version: 1\nproject: shop\nprodukts: {}\n" });
    const context = quietContext({ cwd: directory.dir });
    const end = (sandbox: boolean) => run({ config: "gstable.config.yaml", sandbox }, context);
    const rehearsal = await end(true);
    expect(rehearsal.exitCode).toBe(3);
    expect(rehearsal.render(context.look).match(/SANDBOX/g)).toHaveLength(1);
    expect(rehearsal.document).toMatchObject({ sandbox: true });
    const real = await end(false);
    expect(real.exitCode).not.toBe(0);
    expect(real.render(context.look)).not.toContain("SANDBOX");
    directory.remove();
  });
});
