import type { PlanDiagnostic, PlanDocument } from "../../state/plan-document.js";
import type { Risk } from "../view/change.js";
import { allowFlag } from "../view/command.js";
import type { NextStep } from "../view/next.js";
import { type DriftView, type GuardView, type PlanView, viewAccounts } from "../view/plan.js";
import { remedyLines } from "../view/remedy.js";
import { clientWords, count, hostOf, keyWords, notices } from "../view/words.js";
import { fieldTable } from "./change.js";
import { section, verdict } from "./page.js";
import { type Html, html, join, nothing, value } from "./template.js";
import { messageHtml, ownWords } from "./value.js";

/** `acme-store / eu`, as far as it is known. */
export function placeName({
  project,
  environment,
}: {
  readonly project: string | null;
  readonly environment: string | null;
}): string {
  return [project, environment].filter((name) => name !== null).join(" / ");
}

/** The same as the heading of a page. */
export function placeHeading({ project, environment }: Pick<PlanView, "project" | "environment">): Html {
  return environment === null
    ? html`<bdi>${project}</bdi>`
    : html`<bdi>${project}</bdi> <span class="soft">/</span> <bdi>${environment}</bdi>`;
}

/** What is unusual about the run. */
export function marks({
  target,
  complete,
  partial,
}: Pick<PlanView, "target" | "complete" | "partial">): Html {
  return html`${target.sandbox ? verdict("warn", "SANDBOX", notices.sandbox) : nothing}${
    complete ? nothing : verdict("danger", "Incomplete", notices.incomplete)
  }${partial ? verdict("warn", "Partial", notices.partial) : nothing}`;
}

/** A count and what it counts. */
export interface Tile {
  readonly number: number;
  readonly word: string;
  readonly grade?: "danger" | "warn";
}

/** Counts as tiles; what is none is quiet. */
export function tiles(counts: readonly Tile[]): Html {
  return html`<ul class="tiles">${counts.map(
    ({ number, word, grade }) =>
      html`<li class="${number === 0 ? "none" : grade}"><b>${number}</b>${word}</li>`,
  )}</ul>
`;
}

/** Every risk with its count, gravest first. */
export function riskTiles(risks: Readonly<Record<Risk, number>>): readonly Tile[] {
  const grave = ["routing", "exit", "price"];
  const all: readonly Risk[] = ["routing", "exit", "price", "visibility", "irreversible", "cosmetic"];
  return all.map((risk) => ({
    number: risks[risk],
    word: risk,
    ...(grave.includes(risk)
      ? { grade: "danger" as const }
      : risk === "cosmetic"
        ? {}
        : { grade: "warn" as const }),
  }));
}

/** Where this is about, and which accounts of money. */
export function facts(target: PlanDocument["target"]): Html {
  const key = target.sandbox ? "no key" : keyWords[target.keyKind];
  const accounts = viewAccounts(target).map(
    ({ name, address, id }) =>
      html`<dt>Pays out to <bdi>${name}</bdi></dt><dd>${value(address)} <span class="soft"><bdi>${id}</bdi></span></dd>
`,
  );
  return html`<dl class="facts"><dt>GStable</dt><dd><bdi>${hostOf(target.baseUrl)}</bdi> · ${key} · ${clientWords[target.client]}</dd>
${accounts}</dl>
`;
}

/** Allowances and loosened thresholds: what a reviewer must know before reading on. */
export function policySection({ policy, allowed }: PlanView): Html {
  const lines = [
    ...policy.map((line) => messageHtml(line)),
    ...allowed.map(
      (guard) => html`<b>${guard.id}</b> ${value(guard.address)} is allowed: ${messageHtml(guard.message)}`,
    ),
  ];
  return section(
    "Looser than the defaults",
    lines.map(
      (line) => html`<div class="card warn">${line}</div>
`,
    ),
  );
}

/** Why apply would refuse, and what would let it through. */
export function guardSection({ tripped }: PlanView): Html {
  return section("Needs approval", tripped.map(guardCard));
}

function guardCard(guard: GuardView): Html {
  const { id, number, address, because, write = [], allowWith } = guard;
  const change = number === undefined ? nothing : html`<a href="#change-${number}">#${number}</a> `;
  const allow = html`<p class="small soft">To let it through once: ${value(allowFlag(guard))}<br>Reviewed, in policy.allow: ${value(allowWith)}</p>`;
  return html`<article class="card danger">
<div class="head"><h3>${change}${id}</h3><span class="where">${value(address)}</span></div>
<p>${messageHtml(because)}</p>
${write.map((line) => html`<pre>${line}</pre>`)}${allow}
</article>
`;
}

/** Objects that moved outside, from what was last applied to what is live. */
export function driftCards(entries: readonly DriftView[]): readonly Html[] {
  return entries.map(
    ({ address, name, source, fields }) => html`<article class="card warn">
<div class="head"><h3>${value(name, "name")}</h3><span class="where">${value(address)}${source === undefined ? nothing : html` · <bdi>${source.file}:${source.line}</bdi>`}</span></div>
${fieldTable(fields, { isNew: false, before: "Last applied", after: "Live", driftWords: "" })}</article>
`,
  );
}

/** Drift in a plan: what stays in full, what is put back by its number. */
export function driftSections(view: PlanView): Html {
  const undone = view.driftUndone.map(
    ({ undoneBy, address, paths }) =>
      html`<li><a href="#change-${undoneBy}">#${undoneBy}</a> ${value(address)}: ${join(
        paths.map((path) => html`<bdi>${path}</bdi>`),
        ", ",
      )}</li>`,
  );
  return html`${section("Changed outside since the last apply, and left as it is", driftCards(view.driftKept))}${section(
    "Changed outside since the last apply, and changed again by this plan",
    undone.length === 0 ? [] : [html`<div class="card"><ul class="list">${undone}</ul></div>`],
  )}`;
}

/** So many of what nobody declared stand there; the rest unfolds, so that what to do next is not below all of it. */
const UNMANAGED_UNFOLDED = 20;

/** What nobody declared; open things first. */
export function unmanagedSection(unmanaged: PlanView["unmanaged"]): Html {
  const lines = unmanaged.map(
    ({ open, kind, name, id, url }) =>
      html`<li><span class="badge ${open ? "warn" : ""}">${open ? "open" : "closed"}</span> ${kind} ${value(name, "name")} <span class="soft small"><bdi>${id}</bdi>${url === null ? nothing : html` <bdi>${url}</bdi>`}</span></li>`,
  );
  const list = (some: typeof lines) => html`<ul class="list">${some}</ul>`;
  const folded = lines.slice(UNMANAGED_UNFOLDED);
  const rest =
    folded.length === 0
      ? nothing
      : html`<details><summary>and ${folded.length} more</summary>${list(folded)}</details>`;
  return section(
    `Not in the configuration: ${count(unmanaged.length, "object")}`,
    lines.length === 0
      ? []
      : [html`<div class="card">${list(lines.slice(0, UNMANAGED_UNFOLDED))}${rest}</div>`],
  );
}

/** Diagnostics, worst first. */
export function remarkSection(diagnostics: readonly PlanDiagnostic[], title = "Remarks"): Html {
  const grade = { error: "danger", warning: "warn", note: "" } as const;
  return section(
    title,
    diagnostics.map(
      ({ severity, code, summary, detail, remedy, source }) => html`<article class="card ${grade[severity]}">
<div class="head"><span class="badge ${grade[severity]}">${severity} ${code}</span><h3>${messageHtml(summary)}</h3>${source === undefined ? nothing : html`<span class="where"><bdi>${source.file}:${source.line}</bdi></span>`}</div>
${detail === "" ? nothing : html`<p class="small">${messageHtml(detail)}</p>`}${remedyHtml(remedy)}
</article>
`,
    ),
  );
}

function remedyHtml(remedy: string | undefined): Html {
  const [first, ...rest] = remedyLines(remedy);
  if (first === undefined) return nothing;
  return html`<p class="small">${messageHtml(first)}</p>${rest.map((line) => html`<pre>${line.trim()}</pre>`)}`;
}

/** What to do, with the commands to copy. */
export function nextSection(steps: readonly NextStep[]): Html {
  return section(
    "Next",
    steps.map(
      ({
        words,
        command,
      }) => html`<p>${ownWords(capital(words.replace(/^Next(?:, |: )/, "")))}</p><pre>${command}</pre>
`,
    ),
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
