import type { Diagnostic, Result } from "../../diagnostics/index.js";
import { count } from "../../render/index.js";
import type { GuardTrial } from "../../state/doctor-document.js";
import { type GuardId, guardIds } from "../../state/policy.js";
import type { CommandContext, GlobalOptions } from "../context.js";
import type { Project } from "../project.js";
import { type Built, buildCopy, copyOf, noteOf } from "./build.js";
import { withBuiltIns } from "./built-in.js";
import { type Finding, failed, failedWith, fine, warned } from "./check.js";
import { tryApply } from "./rehearsal.js";
import { situations } from "./situations.js";
import { again, sayAll, tryGuard } from "./trial.js";

/** What came of tripping every guard on purpose. */
export interface GuardReport {
  readonly findings: readonly Finding[];
  readonly trials: readonly GuardTrial[];
  /** Of guards that did not trip. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Applies the configuration to an account in memory, and trips every guard there, each on an account of its own.
 * The project's lockfile, `.gstable` and the network are never touched.
 */
export async function tripGuards(
  { desired, options }: Project,
  context: CommandContext,
): Promise<GuardReport> {
  const copy = copyOf(desired);
  const built = await buildCopy(copy.desired, context);
  if (!built.ok)
    return { findings: [failedWith("rehearsal", built.diagnostics, options)], trials: [], diagnostics: [] };
  const own = built.value;
  const untouched = await lookUntouched(own, options, context);
  const trials = await tryAll(own, context);
  const rehearsal = sayBuilt(own, [...copy.remarks, ...own.remarks]);
  return { findings: [rehearsal, untouched], trials, diagnostics: trials.flatMap(sayNotTripped) };
}

async function tryAll(own: Built, context: CommandContext): Promise<readonly GuardTrial[]> {
  let extended: Promise<Result<Built>> | undefined;
  const trials: GuardTrial[] = [];
  for (const id of guardIds) {
    const situation = situations[id](own.stage);
    if (situation !== undefined) {
      trials.push(await tryGuard(id, { built: own.stage, situation, note: undefined }, context));
      continue;
    }
    extended ??= buildCopy(withBuiltIns(own.stage.desired), context);
    trials.push(await tryWithBuiltIns(id, await extended, context));
  }
  return trials;
}

/** For a guard that the configuration has nothing to be tripped with. */
async function tryWithBuiltIns(
  id: GuardId,
  extended: Result<Built>,
  context: CommandContext,
): Promise<GuardTrial> {
  const situation = extended.ok ? situations[id](extended.value.stage) : undefined;
  if (!extended.ok || situation === undefined) {
    const why = extended.ok ? "" : sayAll(extended.diagnostics);
    return {
      id,
      tripped: false,
      message: `It could not be tried. ${why}`.trim(),
      allowWith: "",
      how: "",
      writes: 0,
    };
  }
  const note = "With built-in entries: the configuration has nothing to trip it with.";
  return tryGuard(id, { built: extended.value.stage, situation, note }, context);
}

async function lookUntouched(
  { stage }: Built,
  options: GlobalOptions,
  context: CommandContext,
): Promise<Finding> {
  const tried = await tryApply(await again(stage, stage.desired), context);
  if (!tried.ok) return failedWith("untouched", tried.diagnostics, options);
  const { plan, writes } = tried.value;
  const tripped = plan.document.guards.filter(({ state }) => state === "tripped");
  if (tripped.length > 0) {
    return failed("untouched", "The configuration trips guards although nothing was changed", {
      detail: tripped.map(({ id, message }) => `${id}: ${message}`).join(" "),
      remedy: "This is a bug in gstable-sync. Please report it.",
    });
  }
  if (plan.work.length === 0 && writes === 0)
    return fine("untouched", "The untouched configuration trips none");
  return warned("untouched", "The configuration is not at rest after it was applied in memory", {
    detail: plan.work.map(({ address, decision }) => `\`${address}\`: ${decision.reason}`).join(", "),
  });
}

function sayBuilt({ stage }: Built, remarks: readonly string[]): Finding {
  const summary = `Applied in memory: ${count(stage.desired.entries.size, "entry", "entries")}`;
  const { check } = remarks.length === 0 ? fine("rehearsal", summary) : warned("rehearsal", summary);
  return { check: { ...check, detail: remarks.join(" ") }, diagnostics: remarks.map(noteOf) };
}

function sayNotTripped({ id, tripped, message, how, note }: GuardTrial): readonly Diagnostic[] {
  if (tripped) return [];
  return [
    {
      code: "GS7021",
      severity: "error",
      summary: `The guard \`${id}\` did not stop what it has to stop`,
      detail: [how === "" ? "" : `Tried with ${how}.`, message, note ?? ""]
        .filter((part) => part !== "")
        .join(" "),
      remedy: "Tighten the policy where it says why; otherwise don't apply, and report this as a bug.",
    },
  ];
}
