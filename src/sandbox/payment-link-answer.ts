import { numberOf, optional, timestamps } from "./answers.js";
import type { Knobs } from "./knobs.js";
import { amountOf, lineItemAnswers } from "./line-items.js";
import type { StoredLink } from "./state/state.js";
import type { ReadView } from "./state/tables.js";
import { findToken } from "./tokens.js";

interface ShownLink {
  readonly link: StoredLink;
  /** Create, list and detail each wrap line items in another way and carry other extras. */
  readonly shape: "create" | "list" | "detail";
}

/** A payment link as the API shows it. */
export function linkAnswer(
  knobs: Knobs,
  view: ReadView,
  { link, shape }: ShownLink,
): Record<string, unknown> {
  const answer: Record<string, unknown> = {
    linkId: link.linkId,
    linkType: link.linkType,
    linkName: link.linkName,
    lineItems: lineItemsOf(knobs, view, { link, shape }),
    accountId: link.accountId,
    settlementToken: link.settlementToken,
    feeModel: link.feeModel,
    amount: numberOf(knobs, amountOf(link.lineItems)),
    ...payerEmailRequired(knobs, link),
    ...optional(knobs, "successUrl", link.successUrl),
    ...optional(knobs, "customSuccessText", link.customSuccessText),
    ...optional(knobs, "customDisabledText", link.customDisabledText),
    linkUrl: linkUrlOf(link.linkId),
    status: link.status === "disabled" ? knobs.disabledLinkStatus : link.status,
    versionCode: link.versionCode,
    ...timestamps(knobs, { createAt: link.createdAtMs, updateAt: link.updatedAtMs }),
  };
  if (shape === "detail" && knobs.detailNamesAccount) Object.assign(answer, namesIn(view, link));
  if (shape === "list") for (const field of knobs.listOmits) delete answer[field];
  return answer;
}

/** Where payers open a link; the same for its whole life. */
function linkUrlOf(linkId: string): string {
  return `https://pay.gstable.io/link/${linkId}`;
}

function lineItemsOf(knobs: Knobs, view: ReadView, { link, shape }: ShownLink): unknown {
  const items = lineItemAnswers(knobs, link.lineItems, {
    salt: link.linkId,
    view: shape === "list" ? undefined : view,
  });
  if (shape !== "create" || knobs.createLineItems === "flat") return { items };
  const nested = { lineItems: { items }, amount: numberOf(knobs, amountOf(link.lineItems)) };
  return knobs.createLineItems === "deeper" ? { lineItems: nested } : nested;
}

function payerEmailRequired(knobs: Knobs, link: StoredLink): Record<string, number> {
  if (link.payerEmailRequired !== undefined) return { payerEmailRequired: link.payerEmailRequired };
  return knobs.payerEmailDefault === "zero" ? { payerEmailRequired: 0 } : {};
}

function namesIn(view: ReadView, link: StoredLink): Record<string, unknown> {
  const account = view.get("accounts", link.accountId);
  const token = findToken(link.settlementToken);
  return {
    ...(account === undefined
      ? {}
      : { accountName: account.accountName, accountAddress: account.accountAddress }),
    ...(token === undefined
      ? {}
      : {
          settlementTokenInfo: {
            tokenId: token.tokenId,
            contractAddress: token.contractAddress,
            name: token.symbol,
            symbol: token.symbol,
            decimals: token.decimals,
            chainId: token.chainId,
          },
        }),
  };
}
