import { parseMoney } from "../../config/index.js";
import { type Diagnostic, type Result, success } from "../../diagnostics/index.js";
import { encodeSession } from "../../resources/checkout-session/wire.js";
import { type Address, parseAddress } from "../../state/address.js";
import type { SessionRequest } from "../../state/checkout-document.js";
import type { Desired } from "../../state/desired.js";
import type { LockEntry, Lockfile } from "../../state/lockfile.js";
import { formatDollars, type MicroUsd } from "../../state/money.js";
import { isList, isMap } from "../../state/value.js";
import { exitCodes, type Stop, stop } from "../context.js";
import { chooseSights, linkAddress } from "../verify/choose.js";

/** What a session of a link will charge, and to whom: as last applied, whatever the configuration says by now. */
export interface Terms {
  readonly address: Address;
  readonly request: SessionRequest;
  readonly totalMicroUsd: bigint;
}

/**
 * The terms of a link. Exit 1 for a name that nobody has and for an amount that does not fit; 4 for a link that is
 * closed: a session would sell what somebody took off sale.
 */
export function termsOf(
  link: string,
  {
    desired,
    lockfile,
    options,
  }: { desired: Desired; lockfile: Lockfile; options: { readonly amount?: string } },
): Terms | Stop {
  const address = parseAddress(linkAddress(link))?.address;
  const known = chooseSights([link], { desired, lockfile });
  if (!known.ok || address === undefined) return stop(exitCodes.error, known.diagnostics);
  const entry = lockfile.entries.get(address);
  if (entry === undefined) return stop(exitCodes.error, [closed(address, "was never applied")]);
  if (entry.retired === true) return stop(exitCodes.refused, [closed(address, "is retired")]);
  if (!entry.open) return stop(exitCodes.refused, [closed(address, "is closed")]);
  const price = priceOf(entry, options.amount);
  if (!price.ok) return stop(exitCodes.error, price.diagnostics);
  const request = encodeSession(entry.values, price.value);
  const totalMicroUsd = request.lineItems.reduce(
    (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice),
    0n,
  );
  return { address, request, totalMicroUsd };
}

/** The unit price that the payer would decide: the amount, spread over the pieces of the one item. */
function priceOf({ values }: LockEntry, amount: string | undefined): Result<MicroUsd | undefined> {
  const items = (isList(values.lineItems) ? values.lineItems : []).filter(isMap);
  const free = items.filter(({ unitPrice }) => typeof unitPrice !== "number");
  if (free.length === 0) {
    return amount === undefined
      ? success(undefined)
      : misfit("A fixed link has its price: it takes no --amount");
  }
  if (amount === undefined) return misfit("On a custom link the payer decides: a session needs --amount");
  if (items.length > 1) return misfit("The link has several items: nobody can say which one --amount is for");
  const micro = parseMoney(amount);
  if (typeof micro !== "number") {
    const { summary, detail = "", remedy = "" } = micro;
    return misfit(`--amount: ${summary}`, { detail, remedy });
  }
  if (micro === 0) return misfit("--amount is zero: there would be nothing to pay");
  const quantity = typeof items[0]?.quantity === "number" ? items[0].quantity : 1;
  if (micro % quantity !== 0) {
    return misfit(`--amount ${formatDollars(micro)} cannot be divided by the quantity ${quantity}`);
  }
  return success(micro / quantity);
}

function misfit(summary: string, more: { detail?: string; remedy?: string } = {}): Result<never> {
  return { ok: false, diagnostics: [{ code: "GS2402", severity: "error", summary, ...more }] };
}

function closed(address: Address, how: string): Diagnostic {
  return {
    code: "GS2401",
    severity: "error",
    summary: `\`${address}\` ${how}: no session was opened with its terms`,
    detail: "A session would sell what this link does not. Nothing was sent.",
    remedy: "Have it open in the configuration, and applied, first.",
  };
}
