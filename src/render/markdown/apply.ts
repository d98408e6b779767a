import { sayCode } from "../../diagnostics/index.js";
import type { AppliedAction, ApplyDocument } from "../../state/apply-document.js";
import type { ApplySubject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import { sortActions } from "../view/actions.js";
import type { RepeatedWords } from "../view/command.js";
import { nextAfterApply } from "../view/next.js";
import { sortDiagnostics, viewPlan } from "../view/plan.js";
import { count, kindOfAddress, outcomeWords, verbOf } from "../view/words.js";
import { clip, fence, type Markdown, md, prose, words } from "./escape.js";
import type { Part } from "./fit.js";
import { guardHead, guardParts } from "./guard.js";
import { accountParts, alert, part, section, titleParts } from "./head.js";
import { buyerParts, remarkParts } from "./lists.js";
import { type Page, renderPage } from "./page.js";
import { groupParts } from "./plan.js";

/** What became of a plan, with its numbers: what failed and what was left first. */
export function markdownApply({ document: whole, ...extras }: ApplySubject, page: Page): string {
  const document = redactDeep(whole);
  const view = viewPlan(document.plan);
  const isRefused = document.done.length + document.failed.length === 0 && document.exitCode !== 0;
  return renderPage(
    [
      ...titleParts("Apply of", view),
      ...(isRefused ? guardHead(view) : []),
      ...countParts(document),
      ...accountParts(view.target),
      ...remarkParts(sortDiagnostics(document.diagnostics).filter(isError), "Errors"),
      ...(isRefused ? [...guardParts(view), ...buyerParts(view), ...groupParts(view)] : listParts(document)),
      ...remarkParts(sortDiagnostics(document.diagnostics).filter((one) => !isError(one))),
      ...nextParts(document, extras),
    ],
    { ...page, command: "apply", project: view.project, environment: view.environment },
  );
}

const isError = ({ severity }: { readonly severity: string }) => severity === "error";

function countParts({ summary, exitCode }: ApplyDocument): readonly Part[] {
  const { done, failed, notAttempted, writes, apiCalls } = summary;
  if (done + failed + notAttempted === 0 && exitCode === 0)
    return [part(words("**Nothing to do.** The live account is as configured."))];
  const lists = `**${done} done** · ${failed === 0 ? "0 failed" : `**${failed} failed**`} · ${notAttempted} not attempted`;
  const counts = part(words(`${lists} · ${count(apiCalls, "API call")}, ${count(writes, "write")}`));
  return exitCode === 0
    ? [counts]
    : [part(alert("CAUTION", words(`**Not all is done** (exit code ${exitCode}).`))), counts];
}

function listParts({ failed, notAttempted, done }: ApplyDocument): readonly Part[] {
  return [
    ...section(
      `Failed: ${failed.length}`,
      sortActions(failed).map((action) => ({
        full: md`- ${actionMd(action)}: **${words(action.error.outcome)}**, ${words(outcomeWords[action.error.outcome])}  
  ${prose(action.error.message)}${words(sayCode(action.error))}`.text,
        short: md`- ${actionMd(action)}: ${words(action.error.outcome)}`.text,
        ...{ harm: 9, what: "failed action", isItem: true },
      })),
    ),
    ...section(
      `Not attempted: ${notAttempted.length}`,
      sortActions(notAttempted).map((action) => ({
        full: md`- ${actionMd(action)}: ${prose(action.because)}`.text,
        ...{ harm: 6, what: "action that was not attempted", isItem: true },
      })),
    ),
    ...section(
      `Done: ${done.length}`,
      sortActions(done).map((action) => ({
        full: md`- ${actionMd(action)}${action.id === null ? words("") : md` ${action.id}`}`.text,
        ...{ harm: 1, what: "action that was done", isItem: true },
      })),
    ),
  ];
}

function actionMd({ number, action, address }: AppliedAction): Markdown {
  return md`${`#${number}`} ${words(verbOf(action, kindOfAddress(address)))} ${clip(address, 120)}`;
}

function nextParts(
  document: ApplyDocument,
  extras: Pick<ApplySubject, "approval" | keyof RepeatedWords>,
): readonly Part[] {
  const next = nextAfterApply(document, extras);
  return next === undefined ? [] : [part(words(next.words)), part(fence([next.command]))];
}
