import type { PayerPage, PayerSight } from "../../state/payer-page.js";
import { sameSpelling } from "../../state/value.js";
import type { AppliedLink, Surroundings } from "./applied-link.js";
import { compareItems } from "./compare-items.js";
import { compareTokens, offeredTokens } from "./compare-tokens.js";
import { type Comparison, compareText, judgeComparisons, type Verdict } from "./verdict.js";

/** The public page of a link against what was last applied. Pure. */
export function comparePage(link: AppliedLink, sight: PayerSight, around: Surroundings): Verdict {
  switch (sight.is) {
    case "unseen":
      return judgeComparisons([{ unseen: [{ path: "", why: sight.why }] }], { seen: null });
    case "closed": {
      const seen = `closed (${sight.code}: ${sight.message})`;
      const closed: Comparison = { differences: [{ path: "enabled", expected: "open", seen }] };
      return judgeComparisons(link.open ? [closed] : [], { seen: "closed" });
    }
    case "open":
      return compareOpen(link, sight.page, around);
    default:
      return sight satisfies never;
  }
}

function compareOpen(link: AppliedLink, page: PayerPage, around: Surroundings): Verdict {
  const tokens = offeredTokens(page.tokens ?? [], around);
  // Of a page that should not be there nothing else matters.
  const open: Comparison = {
    differences: link.open ? [] : [{ path: "enabled", expected: "closed", seen: "open: it can be paid" }],
  };
  const identity = compareText("linkId", link.id, page.linkId);
  const rest = link.open ? compareFields(link, page, around) : [];
  return judgeComparisons([open, identity, ...rest], { seen: "open", tokens });
}

function compareFields(link: AppliedLink, page: PayerPage, around: Surroundings): readonly Comparison[] {
  const { linkName } = link;
  return [
    sameSpelling(linkName, page.linkName) ? {} : compareText("linkName", linkName, page.linkName),
    compareType(link, page),
    compareItems(link.items, page.items),
    compareText("version", link.versionCode, page.versionCode),
    compareTokens(link, page.tokens, around),
    compareRequirement(page, around),
  ];
}

/** Fact F50: of the words for the pricing model only `fixed` is documented. */
function compareType({ linkType }: AppliedLink, page: PayerPage): Comparison {
  const isCustom = linkType === "custom" && page.linkType !== undefined && page.linkType !== "fixed";
  return isCustom ? {} : compareText("linkType", linkType, page.linkType);
}

function compareRequirement({ requirement: shown }: PayerPage, { requirement }: Surroundings): Comparison {
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
