import { z } from "zod";
import { payableAccount } from "../accounts.js";
import { ApiError } from "../codes.js";
import { checked } from "../input/checked.js";
import { amountOf } from "../line-items.js";
import { openLink } from "../payer/open-link.js";
import type { StoredLink, StoredSession } from "../state/state.js";
import type { World } from "../world.js";
import { newSession } from "./new-session.js";

const visitSchema = z.strictObject({
  linkId: z.string(),
  /** Micro-USD, for a custom link. */
  amount: z.int().min(1).optional(),
  /** The one address that may pay it; absent: whoever comes. */
  payer: z.string().optional(),
});

export type Visit = z.input<typeof visitSchema>;

/** A payer goes ahead on the hosted page. */
export function startSession(world: World, visit: Visit): StoredSession {
  const { linkId, ...arrival } = checked(visitSchema, visit);
  world.store.refresh();
  const session = sessionFromLink(world, linkId, { sessionType: "link_checkout", ...arrival });
  world.commit();
  return session;
}

interface Arrival {
  readonly sessionType: string;
  /** Micro-USD: what the payer of a custom link gives; a fixed link has its price. */
  readonly amount?: number | undefined;
  readonly payer?: string | undefined;
  /** Token id: what the payer pays with. */
  readonly paymentToken?: string | undefined;
  readonly nonces?: string[];
}

/** The session that begins when a payer goes ahead on the page of a link. */
export function sessionFromLink(world: World, linkId: string, arrival: Arrival): StoredSession {
  const link = openLink(world, world.store, linkId);
  const { account } = payableAccount(world, link);
  return newSession(world, {
    sessionType: arrival.sessionType,
    linkId: link.linkId,
    accountId: account.accountId,
    recipient: account.accountAddress,
    settlementToken: link.settlementToken,
    feeModel: link.feeModel,
    payerEmailRequired: link.payerEmailRequired ?? 0,
    successUrl: link.successUrl,
    payer: arrival.payer ?? "",
    paymentToken: arrival.paymentToken,
    nonces: arrival.nonces,
    ...ordered(link, arrival.amount),
  });
}

function ordered(link: StoredLink, amount: number | undefined): Pick<StoredSession, "amount" | "lineItems"> {
  const { linkType, lineItems } = link;
  if (linkType === "fixed") {
    const price = amountOf(lineItems);
    if (amount !== undefined && amount !== price) throw new ApiError(400101, `amount: must be ${price}`);
    return { amount: price, lineItems };
  }
  if (amount === undefined) throw new ApiError(400101, "amount: the payer of a custom link names it");
  // Where one thing is paid for, it costs what was given; between several nobody knows how it is shared.
  const [item, ...others] = lineItems;
  const isOneThing = item !== undefined && others.length === 0 && item.quantity === 1;
  return { amount, lineItems: isOneThing ? [{ ...item, unitPrice: amount }] : lineItems };
}
