import { sayFailure } from "../../diagnostics/index.js";
import type { AppliedAction, ApplyDocument } from "../../state/apply-document.js";
import type { ApplySubject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import { sortActions } from "../view/actions.js";
import { nextAfterApply } from "../view/next.js";
import { sortDiagnostics, viewPlan } from "../view/plan.js";
import { kindOfAddress, outcomeWords, verbOf } from "../view/words.js";
import { buyerSection } from "./buyers.js";
import { renderPage, section, verdict } from "./page.js";
import {
  facts,
  guardSection,
  marks,
  nextSection,
  placeHeading,
  placeName,
  remarkSection,
  tiles,
} from "./parts.js";
import { groupSections } from "./plan.js";
import { type Html, html, nothing, value } from "./template.js";
import { messageHtml } from "./value.js";

/** What became of a plan, with its numbers: what failed and what was left first. */
export function htmlApply(subject: ApplySubject): string {
  const document = redactDeep(subject.document);
  const view = viewPlan(document.plan);
  const { exitCode, summary, done, failed } = document;
  const isRefused = done.length + failed.length === 0 && exitCode !== 0;
  const isNothing = summary.done + summary.failed + summary.notAttempted === 0 && exitCode === 0;
  const next = nextAfterApply(document, subject);
  const title = isRefused ? "Nothing was written" : isNothing ? "Nothing to do" : `${summary.done} done`;
  return renderPage({
    title: `Apply of ${placeName(view)}: ${title}`,
    kicker: "gstable-sync apply",
    heading: placeHeading(view),
    tool: document.plan.tool,
    body: [
      marks(view),
      exitCode === 0
        ? verdict(
            "good",
            title,
            isNothing
              ? "The live account is as configured."
              : "All of the plan is done, read back and compared.",
          )
        : verdict("danger", isRefused ? title : "Not all is done", `Exit code ${exitCode}.`),
      countTiles(document),
      facts(view.target),
      remarkSection(sortDiagnostics(document.diagnostics)),
      ...(isRefused ? [guardSection(view), buyerSection(view), ...groupSections(view)] : lists(document)),
      nextSection(next === undefined ? [] : [next]),
    ],
  });
}

function countTiles({ summary }: ApplyDocument): Html {
  return tiles([
    { number: summary.failed, word: "failed", grade: "danger" },
    { number: summary.notAttempted, word: "not attempted", grade: "warn" },
    { number: summary.done, word: "done" },
    { number: summary.writes, word: "writes" },
    { number: summary.apiCalls, word: "API calls" },
  ]);
}

function lists({ failed, notAttempted, done }: ApplyDocument): readonly Html[] {
  return [
    section(
      "Failed",
      sortActions(failed).map(
        (action) => html`<article class="card danger">${actionHead(action)}
<p><b>${action.error.outcome}</b>: ${outcomeWords[action.error.outcome]}</p>
<p class="small">${messageHtml(sayFailure(action.error))}</p></article>
`,
      ),
    ),
    section(
      "Not attempted",
      sortActions(notAttempted).map(
        (action) => html`<article class="card warn">${actionHead(action)}
<p class="small">${messageHtml(action.because)}</p></article>
`,
      ),
    ),
    section(
      "Done",
      done.length === 0
        ? []
        : [
            html`<div class="card"><ul class="list">${sortActions(done).map((action) => html`<li>${actionHead(action)}</li>`)}</ul></div>`,
          ],
    ),
  ];
}

function actionHead({ number, action, address, id }: AppliedAction): Html {
  return html`<div class="head"><span class="number">#${number}</span><h3>${verbOf(action, kindOfAddress(address))} ${value(address)}</h3>${id === null ? nothing : html`<span class="where"><bdi>${id}</bdi></span>`}</div>`;
}
