import type { ApplyDocument } from "../../state/apply-document.js";
import type { PlanDocument } from "../../state/plan-document.js";
import { type CommandScope, commandLine, type RepeatedWords } from "./command.js";
import type { PlanView } from "./plan.js";
import { kindOfAddress } from "./words.js";

/** What to do with a plan: the words, and the command to copy. */
export interface NextStep {
  readonly words: string;
  readonly command: string;
}

/** The step that follows from what the plan came to. */
export function nextStep(view: PlanView, extras: RepeatedWords & { readonly planFile?: string }): NextStep {
  const scope = scopeOf(view, extras);
  const reviewed = extras.planFile === undefined ? ["--plan-hash", view.hash] : ["--plan", extras.planFile];
  const apply = commandLine("apply", scope, ...reviewed);
  const plan = commandLine("plan", scope);
  const isPart = view.partial && extras.targets === undefined;
  if (!view.complete || view.errorCount > 0)
    return { words: "Next: put right what is named above, then", command: plan };
  if (view.tripped.length > 0) {
    const target = isPart ? " and the same --target" : "";
    return { words: `Next: change the YAML, or add the --allow lines above${target} to`, command: apply };
  }
  return { words: `Next, once reviewed${isPart ? ", with the same --target" : ""}:`, command: apply };
}

/** After an apply; `undefined` where there is nothing to do. The same command resumes: what is done is found done. */
export function nextAfterApply(
  document: ApplyDocument,
  extras: RepeatedWords & { readonly approval?: readonly string[] },
): NextStep | undefined {
  const scope = scopeOf(document.plan, extras);
  if (document.exitCode === 0) {
    const isNewPage = document.done.some(
      ({ action, address }) => action === "create" && kindOfAddress(address) === "paymentLink",
    );
    return isNewPage ? { words: "The new URLs:", command: commandLine("state list", scope) } : undefined;
  }
  if (document.failed.some(({ error }) => error.outcome === "stale") || document.exitCode === 6) {
    return {
      words: "Objects moved since the plan was made. See what is left to do:",
      command: commandLine("plan", scope),
    };
  }
  const approval = extras.approval ?? ["--plan-hash", document.hash];
  return { words: resumeWords(document), command: commandLine("apply", scope, ...approval) };
}

function resumeWords({ exitCode }: ApplyDocument): string {
  if (exitCode === 130) return "Interrupted; everything that was done is saved. To resume:";
  if (exitCode === 4) return "Nothing was written. Once that is settled:";
  return "To resume, once the cause is gone:";
}

/** What can be done about drift. */
export function nextAfterDrift(view: PlanView, extras: Pick<RepeatedWords, "flags">): readonly NextStep[] {
  if (view.driftKept.length === 0) return [];
  const scope = scopeOf(view, extras);
  const addresses = view.driftKept.length > 3 ? [] : view.driftKept.map((entry) => entry.address);
  // No plan puts back what `ignoreChanges` leaves to the dashboard.
  const isLeft = view.driftKept.every(({ fields }) => fields.every(({ ignored }) => ignored));
  const putBack = { words: "To see what would put it back:", command: commandLine("plan", scope) };
  return [
    ...(isLeft ? [] : [putBack]),
    {
      words: "To keep it, in YAML and lockfile:",
      command: commandLine("drift", scope, "--accept", ...addresses),
    },
  ];
}

/** A plan tells the environment and the account that it was made for; the rest only the command line knows. */
function scopeOf(
  { environment, target }: Pick<PlanDocument, "environment"> & { target: { sandbox: boolean } },
  { flags, targets }: RepeatedWords,
): CommandScope {
  return { environment, sandbox: target.sandbox, flags, targets };
}
