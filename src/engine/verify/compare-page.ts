import type { PayerPage, PayerSight } from "../../state/payer-page.js";
import { sameSpelling } from "../../state/value.js";
import { compareItems } from "./compare-items.js";
import { compareTokens, offeredTokens } from "./compare-tokens.js";
import type { Subject, Surroundings } from "./subject.js";
import { compareText, type Findings, judgeFindings, type Verdict } from "./verdict.js";

/** The public page of a link against what was last applied. Pure. */
export function comparePage(subject: Subject, sight: PayerSight, around: Surroundings): Verdict {
  switch (sight.is) {
    case "unseen":
      return judgeFindings([{ unseen: [{ path: "", why: sight.why }] }], { seen: null });
    case "closed": {
      const seen = `closed (${sight.code}: ${sight.message})`;
      const closed: Findings = { differences: [{ path: "enabled", expected: "open", seen }] };
      return judgeFindings(subject.open ? [closed] : [], { seen: "closed" });
    }
    case "open":
      return compareOpen(subject, sight.page, around);
    default:
      return sight satisfies never;
  }
}

function compareOpen(subject: Subject, page: PayerPage, around: Surroundings): Verdict {
  const tokens = offeredTokens(page.tokens ?? [], around);
  // Of a page that should not be there nothing else matters.
  const open: Findings = {
    differences: subject.open ? [] : [{ path: "enabled", expected: "closed", seen: "open: it can be paid" }],
  };
  const identity = compareText("linkId", subject.id, page.linkId);
  const rest = subject.open ? compareFields(subject, page, around) : [];
  return judgeFindings([open, identity, ...rest], { seen: "open", tokens });
}

function compareFields(subject: Subject, page: PayerPage, around: Surroundings): readonly Findings[] {
  const { linkName } = subject;
  return [
    sameSpelling(linkName, page.linkName) ? {} : compareText("linkName", linkName, page.linkName),
    compareType(subject, page),
    compareItems(subject.items, page.items),
    compareText("version", subject.versionCode, page.versionCode),
    compareTokens(subject, page.tokens, around),
    compareRequirement(page, around),
  ];
}

/** Fact F50: of the words for the pricing model only `fixed` is documented. */
function compareType({ linkType }: Subject, page: PayerPage): Findings {
  const isCustom = linkType === "custom" && page.linkType !== undefined && page.linkType !== "fixed";
  return isCustom ? {} : compareText("linkType", linkType, page.linkType);
}

function compareRequirement({ requirement: shown }: PayerPage, { requirement }: Surroundings): Findings {
  const path = "requirement";
  if (shown === undefined) {
    return { unseen: [{ path, why: "the page does not say what a payer's program has to sign" }] };
  }
  const differences = [...requirement].flatMap(([part, expected]) =>
    shown.get(part) === expected
      ? []
      : [{ path: `${path}.${part}`, expected, seen: shown.get(part) || null }],
  );
  return { differences };
}
