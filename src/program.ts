import { Command, Option, type OptionValues } from "commander";
import type { AcceptOptions } from "./commands/accept.js";
import type { ApplyOptions } from "./commands/apply-options.js";
import type { CommandContext, CommandResult } from "./commands/context.js";
import type { DoctorOptions } from "./commands/doctor.js";
import type { DriftOptions } from "./commands/drift.js";
import type { PlanOptions } from "./commands/plan.js";
import type { SandboxOptions } from "./commands/sandbox.js";
import { choice, collect, duration, positive, wholeNumber } from "./flag-values.js";
import type { OutputFlags } from "./terminal.js";

/** A command line that was understood: what to run, and how its output should look. */
export interface Invocation {
  readonly name: string;
  readonly flags: OutputFlags;
  run(context: CommandContext): Promise<CommandResult>;
}

/** Every flag of every command; each command declares those that it takes. */
type Flags = OutputFlags &
  PlanOptions &
  ApplyOptions &
  DriftOptions &
  AcceptOptions &
  DoctorOptions &
  SandboxOptions;

type Choose = (invocation: Invocation) => void;

/** Every command with its flags. Commands are loaded only when they are run: help must not wait for YAML. */
export function buildProgram(version: string, choose: Choose): Command {
  const program = new Command("gstable-sync")
    .description(
      "Config as code for GStable payments: plan, review and apply products, payment links and webhooks.",
    )
    .version(version, "-V, --version")
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .option("-c, --config <file>", "the configuration; - is standard input", "gstable.config.yaml")
    .option("--lockfile <file>", "the lockfile, if not the configuration's")
    .option("--env <name>", "the environment of the configuration")
    .option("--sandbox", "work on an embedded local GStable: no key, no network, nothing real")
    .option("--color", "colours, also into a pipe")
    .option("--no-color", "no colours")
    .option("--quiet", "only what can do harm, and results")
    .option("--debug", "say more when something goes wrong")
    .option("--json", "one JSON document on stdout");
  addValidate(program, choose);
  addPlan(program, choose);
  addApply(program, choose);
  addDrift(program, choose);
  addState(program, choose);
  addDoctor(program, choose);
  addSchema(program, choose);
  addSandbox(program, choose);
  return program;
}

const add = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description).exitOverride();

function addValidate(program: Command, choose: Choose): void {
  add(program, "validate", "check the configuration, all of it, without any network")
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("./commands/validate.js")).validate(flags, context),
      );
    });
}

function addPlan(program: Command, choose: Choose): void {
  withPlanning(withNetwork(add(program, "plan", "show what apply would do; only reads")))
    .option("--detailed-exitcode", "exit 2 when changes are pending, 4 when a guard refuses them")
    .option("--out <file>", "also write the plan as JSON to this file")
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("./commands/plan.js")).plan(flags, context),
      );
    });
}

function addApply(program: Command, choose: Choose): void {
  withPlanning(withNetwork(add(program, "apply", "make the account what the configuration says")))
    .option("--auto-approve", "don't ask")
    .option("--plan <file>", "apply only if this reviewed plan is still the plan")
    .option("--plan-hash <hash>", "apply only if the plan has this hash")
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("./commands/apply.js")).apply(flags, context),
      );
    });
}

function addDrift(program: Command, choose: Choose): void {
  withNetwork(add(program, "drift", "show what changed outside since the last apply; exit 2 if anything did"))
    .argument("[address...]", "with --accept: only these entries")
    .option("--unmanaged", "open objects that nobody declared count as well")
    .option("--accept", "write the live values into configuration and lockfile")
    .addOption(format())
    .action((addresses: readonly string[], _options, command: Command) => {
      const { accept, unmanaged } = command.opts();
      if (addresses.length > 0 && accept !== true) command.error("error: addresses are for --accept");
      if (unmanaged && accept) command.error("error: --accept takes no --unmanaged: see import");
      run(command, choose, async (flags, context) =>
        flags.accept === true
          ? (await import("./commands/accept.js")).accept(addresses, flags, context)
          : (await import("./commands/drift.js")).drift(flags, context),
      );
    });
}

function addState(program: Command, choose: Choose): void {
  const state = add(program, "state", "look at the lockfile, or edit its names");
  const command = (usage: string, description: string) =>
    state.command(usage).description(description).exitOverride();
  command("list", "every entry with its id").action((_options, self: Command) => {
    run(self, choose, async (flags, context) =>
      (await import("./commands/state.js")).state({ do: "list" }, flags, context),
    );
  });
  command("show <address>", "one entry").action((address: string, _options, self: Command) => {
    run(self, choose, async (flags, context) =>
      (await import("./commands/state.js")).state({ do: "show", address }, flags, context),
    );
  });
  command("mv <from> <to>", "give an entry another name").action(
    (from: string, to: string, _options, self: Command) => {
      run(self, choose, async (flags, context) =>
        (await import("./commands/state.js")).state({ do: "mv", from, to }, flags, context),
      );
    },
  );
  command("rm <address>", "forget an entry; its live object stays as it is").action(
    (address: string, _options, self: Command) => {
      run(self, choose, async (flags, context) =>
        (await import("./commands/state.js")).state({ do: "rm", address }, flags, context),
      );
    },
  );
}

function addDoctor(program: Command, choose: Choose): void {
  withNetwork(add(program, "doctor", "say what a run would work with, what is wrong and how to mend it"))
    .option("--guards", "trip every guard on purpose, on an account in memory")
    .addOption(format())
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("./commands/doctor.js")).doctor(flags, context),
      );
    });
}

function addSchema(program: Command, choose: Choose): void {
  add(program, "schema", "JSON Schema of the configuration or of the plan")
    .argument("[config|plan]", "which one", choice(["config", "plan"] as const), "config")
    .action((which: "config" | "plan", _options, command: Command) => {
      run(command, choose, async () => (await import("./commands/schema.js")).schema(which));
    });
}

function addSandbox(program: Command, choose: Choose): void {
  add(program, "sandbox", "serve a local GStable on 127.0.0.1")
    .option("--port <number>", "default: a free one", wholeNumber)
    .option("--host <address>", "default: 127.0.0.1")
    .option("--state <file>", "keep its state in this file")
    .option("--seed <file>", "JSON with objects to start with")
    .option("--knob <name=value>", "an ambiguity of the API, see docs/sandbox.md; repeatable", collect)
    .option("--latency <duration>", "answer this much later", duration)
    .action((_options, command: Command) => {
      run(command, choose, async (flags, context) =>
        (await import("./commands/sandbox.js")).sandbox(flags, context),
      );
    });
}

function withNetwork(command: Command): Command {
  return command
    .option("--timeout <duration>", "one request (default 30s)", duration)
    .option("--deadline <duration>", "the whole run (default 15m)", duration)
    .option(
      "--settle <duration>",
      "how long the API may still carry out what it did not answer (default 10s)",
      duration,
    )
    .option("--parallelism <number>", "requests under way at once (default: 16 reads, 4 writes)", wholeNumber)
    .option("--rps <number>", "requests a second at most", positive)
    .addOption(
      new Option("--refresh <how>", "auto reads only what may have changed").choices(["auto", "full"]),
    )
    .addOption(new Option("--client <client>", "who makes the requests").choices(["builtin", "gstable-js"]));
}

function withPlanning(command: Command): Command {
  return command
    .option("--target <address>", "only this entry and what it refers to; repeatable", collect)
    .option("--allow <guard:address>", "let one guard pass for one entry, this once; repeatable", collect);
}

/** Other formats than these come with later versions. */
const format = (): Option => new Option("--format <format>", "how to print").choices(["text", "json"]);

/** Hands the chosen command on, with its flags and the global ones together. */
function run(
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
