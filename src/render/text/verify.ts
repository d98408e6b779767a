import type { Verification, VerifiedLink, VerifyDocument } from "../../state/verify-document.js";
import { type Look, signsOf } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { type ShownDifference, showDifference, showDifferences } from "../view/page-difference.js";
import { layOut } from "./layout.js";
import { blank, paragraph, type Row, row, type Span, say } from "./row.js";
import type { Tone } from "./tone.js";

export interface VerifyExtras {
  /** Only pages that do not agree, and the last line. */
  readonly quiet?: boolean;
}

const tones: Record<VerifiedLink["state"], Tone> = {
  agrees: "good",
  disagrees: "danger",
  unseen: "warning",
};

/** What payers see of each link, field by field where it is not what was applied. */
export function renderVerify(original: VerifyDocument, look: Look, extras: VerifyExtras = {}): string {
  const document = redactDeep(original);
  const { dot } = signsOf(look);
  const where = document.environment === null ? "" : ` ${dot} environment ${document.environment}`;
  const mark = document.sandbox
    ? [row(0, say("sandbox", " SANDBOX "), "  A rehearsal on this machine."), blank]
    : [];
  return layOut(
    [
      row(0, say("strong", "gstable-sync verify"), `  ${document.project}${where}`),
      row(2, say("muted", `as payers see it, without a key: ${document.payerBaseUrl}`)),
      blank,
      ...mark,
      ...verificationRows(document, look, extras),
    ],
    look,
  );
}

/** The same below the report of an apply. */
export function renderVerification(original: Verification, look: Look, extras: VerifyExtras = {}): string {
  const verification = redactDeep(original);
  const title = row(0, say("strong", "As payers see what changed"));
  return layOut([title, blank, ...verificationRows(verification, look, extras)], look);
}

function verificationRows(
  verification: Verification,
  look: Look,
  { quiet = false }: VerifyExtras,
): readonly Row[] {
  const shown = verification.links.filter(
    ({ state, renamed }) => !quiet || state !== "agrees" || renamed.length > 0,
  );
  const absent = quiet ? [] : verification.notApplied;
  const rows = [
    ...shown.flatMap((link) => linkRows(link, look)),
    ...absent.map((address) => row(2, say("muted", "no page  "), address, say("muted", "  never applied"))),
  ];
  return [...rows, ...(rows.length === 0 ? [] : [blank]), ...lastRows(verification, look, quiet)];
}

function linkRows(link: VerifiedLink, look: Look): readonly Row[] {
  const { state, address, url, seen, tokens } = link;
  const names = tokens.map(({ tokenId, symbol, chainName }) => tokenId ?? `${symbol} on ${chainName}`);
  return [
    row(2, say(tones[state], state.padEnd(9)), "  ", say("strong", address), ...seenSpans(seen)),
    ...(url === null ? [] : [row(13, { text: url, tone: "muted", whole: true })]),
    ...showDifferences(link.differences).map((shown) => row(13, `${shown.what}  `, ...change(shown, look))),
    ...link.unseen.map(({ path, why }) =>
      paragraph(13, say("warning", path === "" ? "could not be seen: " : `${path} could not be seen: `), why),
    ),
    ...link.renamed.map((one) =>
      row(
        13,
        say("muted", `${one.path}  `),
        ...change(showDifference(one), look),
        say("muted", "  (as last written?)"),
      ),
    ),
    ...(state === "agrees" && names.length > 0
      ? [paragraph(13, say("muted", `payable with ${names.join(", ")}`))]
      : []),
  ];
}

function seenSpans(seen: VerifiedLink["seen"]): readonly Span[] {
  return seen === null ? [] : [{ text: `  ${seen}` }];
}

function change({ expected, seen }: Omit<ShownDifference, "what">, look: Look): readonly Span[] {
  return [
    say("added", expected),
    { text: ` applied ${signsOf(look).arrow} payers see ` },
    say("removed", seen),
  ];
}

function lastRows({ summary, notShown }: Verification, look: Look, quiet: boolean): readonly Row[] {
  const { dot } = signsOf(look);
  const part = (number: number, word: string, tone: Tone): Span =>
    number === 0 ? { text: `${number} ${word}` } : say(tone, `${number} ${word}`);
  const counts = row(
    0,
    say("strong", "Verify: "),
    ...[part(summary.agree, "agree", "good"), ` ${dot} `, part(summary.disagree, "disagree", "danger")],
    ...[` ${dot} `, part(summary.unseen, "not seen", "warning")],
  );
  const rest = `Payers' view does not show: ${notShown.join(", ")}. drift compares those.`;
  return quiet ? [counts] : [paragraph(0, say("muted", rest)), counts];
}
