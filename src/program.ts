import { Command } from "commander";
import { addApply } from "./program/apply.js";
import { addCheckout } from "./program/checkout.js";
import { addCompletion } from "./program/completion.js";
import { addDoctor } from "./program/doctor.js";
import { addDrift } from "./program/drift.js";
import { addImport } from "./program/import.js";
import { addInit } from "./program/init.js";
import type { Choose } from "./program/invocation.js";
import { addOutput } from "./program/output.js";
import { addPlan } from "./program/plan.js";
import { addSandbox } from "./program/sandbox.js";
import { addSchema } from "./program/schema.js";
import { addState } from "./program/state.js";
import { addValidate } from "./program/validate.js";
import { addVerify } from "./program/verify.js";
import { addWebhook } from "./program/webhook.js";

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
  addInit(program, choose);
  addValidate(program, choose);
  addPlan(program, choose);
  addApply(program, choose);
  addDrift(program, choose);
  addImport(program, choose);
  addVerify(program, choose);
  addCheckout(program, choose);
  addWebhook(program, choose);
  addOutput(program, choose);
  addState(program, choose);
  addDoctor(program, choose);
  addSchema(program, choose);
  addCompletion(program, choose);
  addSandbox(program, choose);
  return program;
}
