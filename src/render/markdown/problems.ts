import type { ProblemsSubject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import { viewProblems } from "../view/problems.js";
import { notices } from "../view/words.js";
import { clip, type Markdown, md, words } from "./escape.js";
import { alert, part } from "./head.js";
import { remarkParts } from "./lists.js";
import { type Page, renderPage } from "./page.js";

/** Why there is nothing else to show, or that there is nothing wrong. */
export function markdownProblems(whole: ProblemsSubject, page: Page): string {
  const subject = redactDeep(whole);
  const { title, isCalm, counts, diagnostics } = viewProblems(subject);
  const { project, environment, sandbox, command } = subject;
  return renderPage(
    [
      part(md`## ${words(title)}${place(subject)}`),
      ...(sandbox ? [part(alert("NOTE", md`**SANDBOX.** ${words(notices.sandbox)}`))] : []),
      part(isCalm ? words(counts) : alert("CAUTION", words(`**${counts}**`))),
      ...remarkParts(diagnostics, "Problems"),
    ],
    { ...page, command, project: project ?? "", environment },
  );
}

function place({ project, environment }: ProblemsSubject): Markdown {
  const named = [project, environment].filter((name) => name !== null);
  return named.length === 0 ? words("") : md`: ${clip(named.join(" / "), 200)}`;
}
