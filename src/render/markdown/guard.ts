import { allowFlag } from "../view/command.js";
import type { GuardView, PlanView } from "../view/plan.js";
import { count, notices } from "../view/words.js";
import { join, type Markdown, md, prose, term, words } from "./escape.js";
import type { Part } from "./fit.js";
import { alert, part, section } from "./head.js";

/** How many guards tripped, by id: in the head, whatever else is cut. */
export function guardHead({ tripped }: PlanView): readonly Part[] {
  if (tripped.length === 0) return [];
  const ids = [...new Set(tripped.map(({ id }) => id))];
  const counts = ids
    .map((id) => `${tripped.filter((guard) => guard.id === id).length} ${term(id).text}`)
    .join(", ");
  const title = `**Needs approval: ${count(tripped.length, "guard")} tripped (${counts}).**`;
  return [
    part(
      alert("CAUTION", words(`${title} ${notices.howToAllow.replace(/(--allow|policy\.allow)/g, "`$1`")}`)),
    ),
  ];
}

/** Why apply would refuse, and what would let it through. */
export function guardParts({ tripped }: PlanView): readonly Part[] {
  return section(
    "Needs approval",
    tripped.map((guard) => ({
      full: guardBlock(guard).text,
      short: md`- ${title(guard)}`.text,
      harm: 9,
      what: "guard",
    })),
  );
}

function guardBlock(guard: GuardView): Markdown {
  const lines = (guard.write ?? []).map((line) => md`  - ${line}`);
  const allow = [
    md`  - once: ${allowFlag(guard)}`,
    md`  - reviewed, in ${"policy.allow"}: ${guard.allowWith}`,
  ];
  return join([md`- ${title(guard)}  \n  ${prose(guard.because)}`, ...lines, ...allow], "\n");
}

function title({ id, number, address }: GuardView): Markdown {
  const change = number === undefined ? words("") : md`${`#${number}`} `;
  return md`**${term(id)}** ${change}${address}`;
}

/** What a reviewer must know before reading on. */
export function policyParts({ policy, allowed }: PlanView): readonly Part[] {
  const lines = [
    ...policy.map((line) => prose(line)),
    ...allowed.map((guard) => md`${title(guard)} is allowed: ${prose(guard.message)}`),
  ];
  return section(
    "Looser than the defaults",
    lines.map((line) => ({ full: md`- ${line}`.text, harm: 8, what: "exception", isItem: true })),
  );
}
