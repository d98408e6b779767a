import { renderDrift } from "../render/index.js";
import type { PlanDocument, PlanDrift } from "../state/plan-document.js";
import { openAccount } from "./account.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
} from "./context.js";
import { repeatedFlags } from "./flags.js";
import { planProject } from "./planning.js";
import { openProject } from "./project.js";
import { stopped } from "./result.js";

export interface DriftOptions extends NetworkOptions {
  /** Open objects that nobody declared count as drift. */
  readonly unmanaged?: boolean;
}

/**
 * What changed outside since the last apply, and open objects that nobody declared. Reads every managed link whole
 * unless told otherwise: a swapped successUrl is what it is there to find.
 */
export async function drift(options: DriftOptions, context: CommandContext): Promise<CommandResult> {
  const project = await openProject(options, context);
  if (isStop(project)) return stopped("drift", project);
  const account = await openAccount({ project, access: "read" }, options, context);
  if (isStop(account)) return stopped("drift", account);
  try {
    const planned = await planProject(
      { project, account },
      {
        command: "drift",
        version: context.version,
        refresh: options.refresh ?? "full",
        targets: [],
        allowances: [],
      },
    );
    if (isStop(planned)) return stopped("drift", planned);
    const { document: whole, failed } = planned.plan;
    const strangers = options.unmanaged === true && whole.unmanaged.some(({ open }) => open);
    const found = whole.drift.some(isUnexpected) || strangers;
    const exitCode = failed ? exitCodes.error : found ? exitCodes.changes : exitCodes.done;
    const document: PlanDocument = { ...whole, exitCode };
    return {
      exitCode,
      document,
      stream: "stdout",
      render: (look) =>
        renderDrift(document, look, {
          unmanagedCounts: options.unmanaged === true,
          flags: repeatedFlags(options),
        }),
    };
  } finally {
    await account.close();
  }
}

/** What `ignoreChanges` hands to the dashboard may change there. */
function isUnexpected({ fields }: PlanDrift): boolean {
  return fields.some(({ ignored }) => ignored !== true);
}
