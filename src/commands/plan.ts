import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Plan } from "../engine/plan.js";
import { type Look, renderJson, renderPlan } from "../render/index.js";
import type { PlanDocument } from "../state/plan-document.js";
import { parseAllowances } from "./allowances.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  type ReportOptions,
  type Stop,
  stop,
} from "./context.js";
import { cannotWrite } from "./files.js";
import { repeatedWords } from "./flags.js";
import { type PlanningOptions, planProject } from "./planning.js";
import { type FailureDocument, interruptible } from "./result.js";
import { openScene } from "./scene.js";
import { reported } from "./write-reports.js";

export interface PlanOptions extends NetworkOptions, ReportOptions {
  readonly target?: readonly string[];
  readonly allow?: readonly string[];
  readonly detailedExitcode?: boolean;
  /** Also writes the plan as JSON to this file. */
  readonly out?: string;
}

/** Shows what apply would do. Only reads, whatever happens. */
export function plan(
  options: PlanOptions,
  context: CommandContext,
): Promise<CommandResult<PlanDocument | FailureDocument>> {
  return reported({ command: "plan", options, context }, () =>
    interruptible({ command: "plan", options, context }, () => planScene(options, context)),
  );
}

async function planScene(
  options: PlanOptions,
  context: CommandContext,
): Promise<CommandResult<PlanDocument> | Stop> {
  const allowances = parseAllowances(options.allow ?? []);
  if (!allowances.ok) return stop(exitCodes.error, allowances.diagnostics);
  const scene = await openScene("read", options, context);
  if (isStop(scene)) return scene;
  try {
    const planning: PlanningOptions = {
      command: "plan",
      refresh: options.refresh ?? "auto",
      targets: options.target ?? [],
      allowances: allowances.value,
    };
    const planned = await planProject(scene, planning, context);
    if (isStop(planned)) return planned;
    const exitCode = exitCodeOf(planned.plan, options.detailedExitcode === true);
    const document: PlanDocument = { ...planned.plan.document, exitCode };
    const unsaved = options.out === undefined ? undefined : await saveOut(options.out, { document, context });
    if (unsaved !== undefined) return stop(exitCodes.error, [unsaved]);
    const subject = { is: "plan", document, ...nextOf(options) } as const;
    return {
      exitCode,
      document,
      stream: "stdout",
      subject,
      render: (look) => render(document, look, options),
    };
  } finally {
    await scene.connection.close();
  }
}

function render(document: PlanDocument, look: Look, options: PlanOptions): string {
  return renderPlan(document, look, { quiet: options.quiet === true, ...nextOf(options) });
}

/** What the next command needs. */
function nextOf(options: PlanOptions) {
  const planFile = options.out === undefined ? {} : { planFile: options.out };
  return { ...repeatedWords(options), ...planFile };
}

function exitCodeOf({ document, failed, refused }: Plan, detailed: boolean): number {
  if (failed) return exitCodes.error;
  if (!detailed) return exitCodes.done;
  if (refused) return exitCodes.refused;
  return document.changes.length === 0 ? exitCodes.done : exitCodes.changes;
}

async function saveOut(
  path: string,
  { document, context }: { document: PlanDocument; context: CommandContext },
): Promise<Diagnostic | undefined> {
  try {
    await writeFile(resolve(context.cwd, path), renderJson(document));
    return undefined;
  } catch (error) {
    return cannotWrite(path, error);
  }
}
