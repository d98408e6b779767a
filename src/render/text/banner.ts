import type { PlanDocument } from "../../state/plan-document.js";
import { type Look, signsOf } from "../look.js";
import { safeText } from "../terminal-text.js";
import { textWidth } from "../text-width.js";
import { viewAccounts } from "../view/plan.js";
import { clientWords, hostOf, keyWords, notices } from "../view/words.js";
import { layOut } from "./layout.js";
import { blank, type Row, row, type Span, say } from "./row.js";

export interface BannerFacts {
  readonly command: string;
  readonly project: string;
  readonly environment: string | null;
  readonly target: PlanDocument["target"];
  readonly complete: boolean;
  readonly partial: boolean;
}

/** Where this is about: which project, which account of money, with which key; and what is unusual about it. */
export function bannerRows(facts: BannerFacts, look: Look): readonly Row[] {
  const { dot } = signsOf(look);
  const { target } = facts;
  const environment = facts.environment === null ? "" : ` ${dot} environment ${facts.environment}`;
  const key = target.sandbox ? "no key" : keyWords[target.keyKind];
  return [
    row(0, say("strong", `gstable-sync ${facts.command}`), `  ${facts.project}${environment}`),
    row(2, say("muted", `${hostOf(target.baseUrl)} ${dot} ${key} ${dot} ${clientWords[target.client]}`)),
    ...accountRows(target),
    blank,
    ...markRows(facts, look),
  ];
}

function accountRows(target: PlanDocument["target"]): readonly Row[] {
  const accounts = viewAccounts(target);
  const width = Math.min(Math.max(0, ...accounts.map((account) => textWidth(safeText(account.name)))), 24);
  return accounts.map((account, index) => ({
    indent: 2,
    hang: payoutLabel.length + width + 2,
    spans: [
      say("muted", index === 0 ? payoutLabel : " ".repeat(payoutLabel.length)),
      say("strong", account.name),
      { text: " ".repeat(Math.max(width - textWidth(safeText(account.name)), 0) + 2) },
      { text: `${account.address}  ` },
      say("muted", account.id),
    ],
  }));
}

const payoutLabel = "pays out to ";

function markRows(facts: BannerFacts, look: Look): readonly Row[] {
  const rows: Row[] = [];
  if (facts.target.sandbox) {
    const rule = signsOf(look).rule.repeat(Math.max(Math.min(look.width, 80), 40));
    rows.push(row(0, say("warning", rule)));
    rows.push(row(0, say("sandbox", " SANDBOX "), `  ${notices.sandbox}`));
    rows.push(row(0, say("warning", rule)), blank);
  }
  if (!facts.complete) rows.push(mark("danger", "INCOMPLETE", notices.incomplete), blank);
  if (facts.partial) rows.push(mark("warning", "PARTIAL", notices.partial), blank);
  return rows;
}

function mark(tone: "danger" | "warning", word: string, text: string): Row {
  const first: Span = say(tone, word);
  return { indent: 0, hang: word.length + 2, spans: [first, { text: "  " }, { text }] };
}

/** The mark for outputs without a banner. */
export function renderSandboxMark(look: Look): string {
  return layOut([row(0, say("sandbox", " SANDBOX "), `  ${notices.sandbox}`)], look);
}
