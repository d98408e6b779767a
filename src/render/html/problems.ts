import type { ProblemsSubject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import { viewProblems } from "../view/problems.js";
import { notices } from "../view/words.js";
import { renderPage, verdict } from "./page.js";
import { placeName, remarkSection } from "./parts.js";
import { html, nothing } from "./template.js";

/** Why there is nothing else to show, or that there is nothing wrong. */
export function htmlProblems(whole: ProblemsSubject): string {
  const subject = redactDeep(whole);
  const { title, isCalm, counts, diagnostics } = viewProblems(subject);
  const place = placeName(subject);
  return renderPage({
    title: place === "" ? title : `${title}: ${place}`,
    kicker: `gstable-sync ${subject.command}`,
    heading: html`<bdi>${place === "" ? title : place}</bdi>`,
    body: [
      subject.sandbox ? verdict("warn", "SANDBOX", notices.sandbox) : nothing,
      verdict(isCalm ? "good" : "danger", title, counts),
      remarkSection(diagnostics, "Problems"),
    ],
  });
}
