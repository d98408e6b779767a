import type { Command } from "commander";
import type { WebhookAction } from "../commands/webhook.js";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, withNetwork } from "./options.js";

/** `webhook` with its parts and flags. */
export function addWebhook(program: Command, choose: Choose): void {
  const webhook = subcommand(program, "webhook", "a new signing key, or a paused webhook revived");
  const start = (command: Command, action: WebhookAction) =>
    run(command, choose, async (flags, context) =>
      (await import("../commands/webhook.js")).webhook(action, flags, context),
    );
  withNetwork(subcommand(webhook, "rotate <name>", "a new signing key; the old one is invalid at once"))
    .option("--webhook-keys <file>", "where the new key goes: JSON, for its owner alone")
    .option("--yes", "don't ask")
    .addOption(format())
    .action((name: string, _options, command: Command) => start(command, { do: "rotate", name }));
  withNetwork(subcommand(webhook, "resume <name>", "revive a webhook that GStable paused"))
    .addOption(format())
    .action((name: string, _options, command: Command) => start(command, { do: "resume", name }));
}
