import type { Command } from "commander";
import type { CheckoutAction } from "../commands/checkout.js";
import { type Choose, run, subcommand } from "./invocation.js";
import { format, withNetwork } from "./options.js";

/** `checkout` with its parts and flags. */
export function addCheckout(program: Command, choose: Choose): void {
  const start = (command: Command, action: CheckoutAction) =>
    run(command, choose, async (flags, context) =>
      (await import("../commands/checkout.js")).checkout(action, flags, context),
    );
  const checkout = withNetwork(
    subcommand(program, "checkout", "open a checkout session with the applied terms of a payment link"),
  )
    .argument("<link>", "paymentLink.NAME, or NAME")
    .option("--dry-run", "show what would be sent, and send nothing")
    .option("--amount <money>", "on a custom link: what is to be paid, such as '$5'")
    .addOption(format())
    .action((link: string, _options, command: Command) => start(command, { do: "open", link }));
  withNetwork(subcommand(checkout, "status <session>", "what has become of a session"))
    .addOption(format())
    .action((session: string, _options, command: Command) => start(command, { do: "status", session }));
  withNetwork(subcommand(checkout, "cancel <session>", "cancel a session that nobody has begun to pay"))
    .addOption(format())
    .action((session: string, _options, command: Command) => start(command, { do: "cancel", session }));
}
