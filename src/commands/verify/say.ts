import type { Diagnostic } from "../../diagnostics/index.js";
import type { Verification, VerifiedLink } from "../../state/verify-document.js";
import { exitCodes } from "../context.js";

/** One diagnostic a link that does not agree, and what else there is to say. */
export function sayVerification({ links, notApplied }: Verification): readonly Diagnostic[] {
  return [...links.flatMap(sayLink), ...notApplied.map(sayNotApplied)];
}

/** 5 where payers see something else; 1 where something could not be seen: that is no agreement either. */
export function exitCodeOfVerification({ summary }: Verification): number {
  if (summary.disagree > 0) return exitCodes.partial;
  return summary.unseen > 0 ? exitCodes.error : exitCodes.done;
}

function sayLink(link: VerifiedLink): readonly Diagnostic[] {
  const { address, state, differences, unseen, renamed } = link;
  const said: Diagnostic[] = renamed.map(({ path, expected, seen }) => ({
    code: "GS2303",
    severity: "warning",
    summary: `\`${address}\`: the page calls \`${path}\` ${quote(seen)}, not ${quote(expected)}`,
    detail: "GStable may show a product as it was when the link was last written.",
  }));
  if (state === "disagrees") {
    said.unshift({
      code: "GS2301",
      severity: "error",
      summary: `\`${address}\`: payers see something else than was applied`,
      detail: differences
        .map(({ path, expected, seen }) => `${path}: ${quote(seen)} instead of ${quote(expected)}`)
        .join("; "),
      remedy: "See what changed outside:",
      command: ["drift"],
    });
  }
  if (unseen.length > 0) {
    said.push({
      code: "GS2302",
      severity: "error",
      summary: `\`${address}\`: the public page could not be ${seenWord(link)}`,
      detail: unseen.map(({ path, why }) => (path === "" ? why : `${path}: ${why}`)).join("; "),
    });
  }
  return said;
}

function seenWord({ unseen }: VerifiedLink): string {
  return unseen.some(({ path }) => path === "") ? "seen" : "judged in full";
}

function sayNotApplied(address: string): Diagnostic {
  return {
    code: "GS2304",
    severity: "note",
    summary: `\`${address}\` has no page yet: it was never applied`,
  };
}

function quote(text: string | null): string {
  return text === null ? "nothing" : `\`${text}\``;
}
