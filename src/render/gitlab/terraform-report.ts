import type { PlanChange } from "../../state/plan-document.js";
import type { Subject } from "../subject.js";

/**
 * GitLab's merge request widget (`artifacts:reports:terraform`): how many live objects come, change, and close or go.
 * A change counts once, by the gravest of its actions; what only touches the lockfile counts nowhere.
 */
export function renderTerraformReport(subject: Subject): string {
  const changes = changesOf(subject);
  const counts = { create: 0, update: 0, delete: 0 };
  for (const change of changes) {
    const effect = effectOf(change);
    if (effect !== undefined) counts[effect] += 1;
  }
  return `${JSON.stringify(counts)}\n`;
}

function changesOf(subject: Subject): readonly PlanChange[] {
  if (subject.is === "plan") return subject.document.changes;
  return subject.is === "apply" ? subject.document.plan.changes : [];
}

function effectOf({ actions }: PlanChange): "create" | "update" | "delete" | undefined {
  const has = (...wanted: readonly string[]) => actions.some((action) => wanted.includes(action));
  if (has("create")) return "create";
  if (has("disable", "archive", "remove")) return "delete";
  return has("update", "enable", "unarchive") ? "update" : undefined;
}
