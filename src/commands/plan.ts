import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Plan } from "../engine/plan.js";
import { renderJson, renderPlan } from "../render/index.js";
import type { PlanDocument } from "../state/plan-document.js";
import { openAccount } from "./account.js";
import { parseAllowances } from "./allowances.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  stop,
} from "./context.js";
import { codeOf } from "./files.js";
import { repeatedFlags } from "./flags.js";
import { type PlanningOptions, planProject } from "./planning.js";
import { openProject } from "./project.js";
import { stopped } from "./result.js";

export interface PlanOptions extends NetworkOptions {
  readonly target?: readonly string[];
  readonly allow?: readonly string[];
  readonly detailedExitcode?: boolean;
  /** Also writes the plan as JSON to this file. */
  readonly out?: string;
}

/** Shows what apply would do. Only reads, whatever happens. */
export async function plan(options: PlanOptions, context: CommandContext): Promise<CommandResult> {
  const allowances = parseAllowances(options.allow ?? []);
  if (!allowances.ok) return stopped("plan", stop(exitCodes.error, allowances.diagnostics));
  const project = await openProject(options, context);
  if (isStop(project)) return stopped("plan", project);
  const account = await openAccount({ project, access: "read" }, options, context);
  if (isStop(account)) return stopped("plan", account);
  try {
    const planning: PlanningOptions = {
      command: "plan",
      version: context.version,
      refresh: options.refresh ?? "auto",
      targets: options.target ?? [],
      allowances: allowances.value,
    };
    const planned = await planProject({ project, account }, planning);
    if (isStop(planned)) return stopped("plan", planned);
    const exitCode = exitCodeOf(planned.plan, options.detailedExitcode === true);
    const document: PlanDocument = { ...planned.plan.document, exitCode };
    const unsaved = options.out === undefined ? undefined : await saveOut(options.out, { document, context });
    if (unsaved !== undefined) return stopped("plan", stop(exitCodes.error, [unsaved]));
    return {
      exitCode,
      document,
      stream: "stdout",
      render: (look) =>
        renderPlan(document, look, {
          quiet: options.quiet === true,
          flags: repeatedFlags(options),
          ...(options.out === undefined ? {} : { planFile: options.out }),
        }),
    };
  } finally {
    await account.close();
  }
}

function exitCodeOf({ document, failed, refused }: Plan, detailed: boolean): number {
  if (failed) return exitCodes.error;
  if (!detailed || document.changes.length === 0) return exitCodes.done;
  return refused ? exitCodes.refused : exitCodes.changes;
}

async function saveOut(
  path: string,
  { document, context }: { document: PlanDocument; context: CommandContext },
): Promise<Diagnostic | undefined> {
  try {
    await writeFile(resolve(context.cwd, path), renderJson(document));
    return undefined;
  } catch (error) {
    return { code: "GS7003", severity: "error", summary: `${path} cannot be written: ${codeOf(error)}` };
  }
}
