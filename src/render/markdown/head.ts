import type { PlanDocument } from "../../state/plan-document.js";
import { risksIn } from "../view/change.js";
import { sayIrreversible } from "../view/irreversible.js";
import type { PlanView } from "../view/plan.js";
import { viewAccounts } from "../view/plan.js";
import { clientWords, count, hostOf, keyWords, notices } from "../view/words.js";
import { clip, join, type Markdown, md, words } from "./escape.js";
import type { Part } from "./fit.js";

/** `Plan for acme-store / eu`, and what is unusual about it; never cut. */
export function titleParts(
  title: string,
  facts: Pick<PlanView, "project" | "environment" | "target" | "complete" | "partial">,
): readonly Part[] {
  const { target, complete, partial } = facts;
  return [
    part(md`## ${words(title)} ${place(facts)}`),
    ...(target.sandbox ? [part(alert("NOTE", md`**SANDBOX.** ${words(notices.sandbox)}`))] : []),
    ...(complete ? [] : [part(alert("CAUTION", md`**Incomplete.** ${words(notices.incomplete)}`))]),
    ...(partial
      ? [part(alert("WARNING", words(`**Partial.** ${notices.partial.replace("--target", "`--target`")}`)))]
      : []),
  ];
}

function place({ project, environment }: Pick<PlanView, "project" | "environment">): Markdown {
  return environment === null
    ? md`${clip(project, 100)}`
    : md`${clip(project, 100)} / ${clip(environment, 100)}`;
}

/** `**6 changes**: 1 routing · 1 price …`, then what stays, where, and with what. */
export function countParts(view: PlanView): readonly Part[] {
  const { summary, target } = view;
  const risks = risksIn(summary).map(
    (risk) =>
      (risk === "cosmetic" ? "" : "**") +
      `${summary.risks[risk]} ${risk}` +
      (risk === "cosmetic" ? "" : "**"),
  );
  const changes = `**${count(view.changeCount, "change")}**${risks.length === 0 ? "" : `: ${risks.join(" · ")}`}`;
  const lasting = sayIrreversible(view);
  const rest = [`${summary.unchanged} unchanged`, `${summary.unmanaged} unmanaged`];
  return [
    part(words(changes)),
    ...(lasting === undefined ? [] : [part(words(lasting))]),
    part(
      md`${words(rest.join(" · "))} · ${clip(hostOf(target.baseUrl), 100)} · ${words(
        `${target.sandbox ? "no key" : keyWords[target.keyKind]} · ${clientWords[target.client]}`,
      )}`,
    ),
  ];
}

/** Which accounts of money this is about. */
export function accountParts(target: PlanDocument["target"]): readonly Part[] {
  return viewAccounts(target).map(({ name, address, id }) => ({
    full: md`- pays out to ${name}: ${address} (${id})`.text,
    harm: 8,
    what: "account",
    isItem: true,
  }));
}

/** What nobody may overlook; GitHub and GitLab colour it. */
export function alert(kind: "NOTE" | "WARNING" | "CAUTION", text: Markdown): Markdown {
  return md`> [!${words(kind)}]
> ${text}`;
}

/** A part that is never cut. */
export function part(text: Markdown): Part {
  return { full: text.text };
}

/** A heading with its parts; nothing where there are none. */
export function section(title: string, parts: readonly Part[]): readonly Part[] {
  return parts.length === 0 ? [] : [{ full: `### ${title}`, isHeading: true }, ...parts];
}

/** Lines of a list, each a part of its own. */
export function items(lines: readonly Markdown[], rest: { harm: number; what: string }): readonly Part[] {
  return lines.map((line) => ({ full: join([words("- "), line], "").text, isItem: true, ...rest }));
}
