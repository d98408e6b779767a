import { renderDrift } from "../render/index.js";
import type { PlanDocument } from "../state/plan-document.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  type ReportOptions,
  type Stop,
} from "./context.js";
import { isUnexpected } from "./drift/unexpected.js";
import { repeatedFlags } from "./flags.js";
import { planProject } from "./planning.js";
import { type FailureDocument, interruptible } from "./result.js";
import { openScene } from "./scene.js";
import { reported } from "./write-reports.js";

export interface DriftOptions extends NetworkOptions, ReportOptions {
  /** Open objects that nobody declared count as drift. */
  readonly unmanaged?: boolean;
}

/**
 * What changed outside since the last apply, and open objects that nobody declared. Reads every managed link whole
 * unless told otherwise: a swapped successUrl is what it is there to find.
 */
export function drift(
  options: DriftOptions,
  context: CommandContext,
): Promise<CommandResult<PlanDocument | FailureDocument>> {
  return reported({ command: "drift", options, context }, () =>
    interruptible({ command: "drift", options, context }, () => driftScene(options, context)),
  );
}

async function driftScene(
  options: DriftOptions,
  context: CommandContext,
): Promise<CommandResult<PlanDocument> | Stop> {
  const scene = await openScene("read", options, context);
  if (isStop(scene)) return scene;
  try {
    const refresh = options.refresh ?? "full";
    const planning = { command: "drift", refresh, targets: [], allowances: [] };
    const planned = await planProject(scene, planning, context);
    if (isStop(planned)) return planned;
    const { document: whole, failed } = planned.plan;
    const strangers = options.unmanaged === true && whole.unmanaged.some(({ open }) => open);
    const found = whole.drift.some(isUnexpected) || strangers;
    const exitCode = failed ? exitCodes.error : found ? exitCodes.changes : exitCodes.done;
    const document: PlanDocument = { ...whole, exitCode };
    const extras = { unmanagedCounts: options.unmanaged === true, flags: repeatedFlags(options) };
    return {
      ...{ exitCode, document, stream: "stdout" as const },
      subject: { is: "drift", document, ...extras },
      render: (look) => renderDrift(document, look, extras),
    };
  } finally {
    await scene.connection.close();
  }
}
