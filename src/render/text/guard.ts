import { allowFlag } from "../view/command.js";
import type { GuardView, PlanView } from "../view/plan.js";
import { count, notices } from "../view/words.js";
import { blank, copyable, paragraph, type Row, row, say, section } from "./row.js";

/** Allowances and loosened thresholds: what a reviewer must know before reading on. */
export function policyRows(view: PlanView): readonly Row[] {
  const allowed = view.allowed.map((guard) => row(2, say("warning", `${guard.id} allowed: `), guard.message));
  const policy = view.policy.map((line) => row(2, say("warning", "policy: "), line));
  return section([say("warning", "Looser than the defaults")], [...policy, ...allowed]);
}

/** Why apply would refuse, and what would let it through. */
export function guardRows(view: PlanView): readonly Row[] {
  if (view.tripped.length === 0) return [];
  return section(
    [say("danger", `! Needs approval: ${count(view.tripped.length, "guard")} tripped`)],
    [paragraph(2, notices.howToAllow), blank, ...view.tripped.flatMap(oneGuard)],
  );
}

function oneGuard(guard: GuardView): readonly Row[] {
  const number = guard.number === undefined ? "" : `#${guard.number} `;
  const title = row(2, say("danger", guard.id), `  ${number}`, say("strong", guard.address));
  const message = paragraph(4, guard.because);
  const write = (guard.write ?? []).map((line) => row(6, copyable(line)));
  return [
    title,
    message,
    ...write,
    ...(write.length === 0 ? [] : [row(4, "If it is another one:")]),
    row(6, copyable(allowFlag(guard))),
    row(6, { ...say("muted", "policy.allow: "), whole: true }, copyable(guard.allowWith)),
    blank,
  ];
}
