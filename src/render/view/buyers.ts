import type { PlanBuyer, PlanDocument, PlanOffer } from "../../state/plan-document.js";
import { canonicalJson } from "../../state/value.js";
import { sayFee } from "./buyer-fee.js";
import { sayItems, sayPrice } from "./buyer-price.js";
import type { ChangeView } from "./change.js";
import { groupAddress } from "./field.js";
import { codePiece, type Phrase, phrase, piece } from "./phrase.js";
import { shownUrl } from "./shown-url.js";

/** One public page that the plan touches, in plain words: what buyers meet there afterwards, and what they met so far. */
export interface BuyerView {
  readonly number: number;
  readonly address: string;
  readonly name: string;
  readonly url: string | null;
  /** The first one is about the page and its URL. */
  readonly sentences: readonly Phrase[];
  /** What is sold, charged, paid out and reachable stays as it is. */
  readonly isSame: boolean;
  /** The price moves: both amounts as the plan writes them, for formats that draw. */
  readonly move?: { readonly before: string; readonly after: string };
}

/** The pages in the order of the plan's numbers. */
export function viewBuyers(document: PlanDocument, changes: readonly ChangeView[]): readonly BuyerView[] {
  const byNumber = new Map(changes.map((change) => [change.number, change]));
  return (document.buyers ?? []).flatMap((buyer) => {
    const change = byNumber.get(buyer.number);
    if (change === undefined || (buyer.before === null && buyer.after === null)) return [];
    return [viewBuyer(buyer, change)];
  });
}

function viewBuyer(buyer: PlanBuyer, change: ChangeView): BuyerView {
  const { before, after, number, address, name, url } = buyer;
  const isClosing = change.url?.is === "closed" || change.url?.is === "unwatched";
  const offer = after === null ? [] : sayOffer(before, after, isClosing);
  const move =
    before === null || after === null || before.total === after.total ? undefined : moveOf(before, after);
  return {
    ...{ number, address, name, url },
    sentences: [sayPage(buyer, change), ...offer],
    isSame: isSameOffer(before, after) && change.url?.is !== "unwatched",
    ...(move === undefined ? {} : { move }),
  };
}

function moveOf(before: PlanOffer, after: PlanOffer): BuyerView["move"] {
  return before.total === null || after.total === null
    ? undefined
    : { before: before.total, after: after.total };
}

/** What a page that closes would charge is of no use to anybody. */
function sayOffer(before: PlanOffer | null, after: PlanOffer, isClosing: boolean): readonly Phrase[] {
  if (isClosing && isSameOffer(before, { ...after, open: before?.open ?? after.open })) return [];
  return [
    sayPrice(before, after),
    ...sayItems(before, after),
    ...sayFee(before, after),
    ...sayPayout(before, after),
    ...saySendsTo(before, after),
  ];
}

function sayPage({ after }: PlanBuyer, { url }: ChangeView): Phrase {
  switch (url?.is) {
    case "new":
      return url.bornClosed
        ? phrase("A new page, closed right after it is made.")
        : phrase("A new page. Its URL is known after apply.");
    case "replaced":
      return phrase(
        "A new page at a new URL",
        ...(url.lost === undefined
          ? ["."]
          : ["; the old one, ", codePiece("was", url.lost), ", no longer leads to it."]),
      );
    case "closed":
      return phrase("The page closes: buyers cannot pay there any more. Its URL is kept.");
    case "opened":
      return phrase("The page opens: buyers can pay there from then on. Its URL is kept.");
    case "unwatched":
      return phrase("The page stays as it is, and nobody watches it any more.");
    default:
      return after?.open === false
        ? phrase("The page is closed and stays closed. Its URL is kept.")
        : phrase("Same page, same URL.");
  }
}

function sayPayout(before: PlanOffer | null, after: PlanOffer): readonly Phrase[] {
  const { settlementToken, account } = after;
  if (settlementToken === null || account === null) return [];
  const isOther = before !== null && (before.account !== account || before.payout !== after.payout);
  const isOtherToken = before !== null && before.settlementToken !== settlementToken;
  return [
    phrase(
      "It is paid out in ",
      piece(isOtherToken ? "becomes" : "value", settlementToken),
      ...(isOtherToken ? [" instead of ", piece("was", before.settlementToken ?? "nothing known")] : []),
      " to ",
      receiver(after, isOther ? "becomes" : "value"),
      ...(isOther ? [", instead of ", receiver(before, "was")] : []),
      ".",
    ),
  ];
}

function receiver({ account, payout }: PlanOffer, is: "value" | "was" | "becomes"): Phrase {
  return phrase(
    piece(is, account ?? "an account that is not known"),
    ...(payout === null || payout === "" ? [] : [", ", codePiece(is, groupAddress(payout))]),
  );
}

function saySendsTo(before: PlanOffer | null, after: PlanOffer): readonly Phrase[] {
  const [was, becomes] = [before?.sendsTo ?? null, after.sendsTo];
  if (was === becomes) return [];
  if (becomes === null)
    return [
      phrase("After paying, buyers are no longer sent to ", codePiece("was", shownUrl(was ?? "")), "."),
    ];
  const old = was === null ? [] : [" instead of ", codePiece("was", shownUrl(was))];
  return [phrase("After paying, buyers are sent to ", codePiece("becomes", shownUrl(becomes)), ...old, ".")];
}

/** Fees follow from the rest; they are known only where something is written. */
function isSameOffer(before: PlanOffer | null, after: PlanOffer | null): boolean {
  if (before === null || after === null) return false;
  return canonicalJson({ ...before, fees: [] }) === canonicalJson({ ...after, fees: [] });
}
