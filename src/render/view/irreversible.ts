import type { PlanView } from "./plan.js";
import { count } from "./words.js";

/** What no later apply takes back, in words; `undefined` where a `git revert` is enough. */
export function sayIrreversible({ groups }: Pick<PlanView, "groups">): string | undefined {
  const changes = groups
    .flatMap((group) => group.changes)
    .filter(({ risks }) => risks.includes("irreversible"));
  const removals = changes.filter(({ actions }) => actions.includes("remove")).length;
  const created = changes.length - removals;
  const said = [
    ...(created === 0 ? [] : [`${count(created, "new page")}, which can be closed, never deleted`]),
    ...(removals === 0 ? [] : [count(removals, "removal")]),
  ];
  return said.length === 0 ? undefined : `Cannot be undone: ${said.join("; ")}.`;
}
