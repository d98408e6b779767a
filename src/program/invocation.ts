import type { Command, OptionValues } from "commander";
import type { AcceptOptions } from "../commands/accept.js";
import type { ApplyOptions } from "../commands/apply/options.js";
import type { CheckoutOptions } from "../commands/checkout.js";
import type { CommandContext, CommandResult, ReportOptions } from "../commands/context.js";
import type { DoctorOptions } from "../commands/doctor.js";
import type { DriftOptions } from "../commands/drift.js";
import type { ImportOptions } from "../commands/import/usage.js";
import type { InitOptions } from "../commands/init.js";
import type { OutputOptions } from "../commands/output.js";
import type { PlanOptions } from "../commands/plan.js";
import type { SandboxOptions } from "../commands/sandbox.js";
import type { WebhookOptions } from "../commands/webhook.js";
import type { OutputFlags } from "../terminal.js";

/** A command line that was understood: what to run, and how its output should look. */
export interface Invocation {
  readonly name: string;
  readonly flags: OutputFlags;
  run(context: CommandContext): Promise<CommandResult>;
}

/** Every flag of every command; each command declares those that it takes. */
type Flags = OutputFlags &
  OutputOptions &
  ReportOptions &
  CheckoutOptions &
  WebhookOptions &
  PlanOptions &
  ApplyOptions &
  DriftOptions &
  AcceptOptions &
  DoctorOptions &
  ImportOptions &
  InitOptions &
  SandboxOptions;

/** Takes the command that the command line names. */
export type Choose = (invocation: Invocation) => void;

/** A command below `parent` that throws where commander would end the process. */
export const subcommand = (parent: Command, usage: string, description: string): Command =>
  parent.command(usage).description(description).exitOverride();

/** Hands the chosen command on, with its flags and the global ones together. */
export function run(
  command: Command,
  choose: Choose,
  action: (flags: Flags, context: CommandContext) => Promise<CommandResult>,
): void {
  // Commander types its options loosely; every flag above is declared with the type that its command expects.
  const flags = inMilliseconds(command.optsWithGlobals()) as Flags;
  choose({
    name: topLevelName(command),
    flags: withColor(command, flags),
    run: (context) => action(flags, context),
  });
}

/** Times carry their unit in their name everywhere but on the command line. */
function inMilliseconds({ timeout, deadline, settle, latency, ...rest }: OptionValues): OptionValues {
  const times = { timeoutMs: timeout, deadlineMs: deadline, settleMs: settle, latencyMs: latency };
  return { ...rest, ...Object.fromEntries(Object.entries(times).filter(([, ms]) => ms !== undefined)) };
}

/** `state list` is a part of `state`. */
function topLevelName(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : topLevelName(parent);
}

/** `--no-color` makes commander default `color` to true; unset has to mean: as the terminal says. */
function withColor(command: Command, flags: OutputFlags): OutputFlags {
  const source = command.getOptionValueSourceWithGlobals("color");
  if (source === "cli") return flags;
  const { color: _, ...rest } = flags;
  return rest;
}
