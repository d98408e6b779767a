import { quoted } from "../../diagnostics/index.js";
import { formatDollars } from "../../state/money.js";
import { type FieldValues, sameValue } from "../../state/value.js";
import { bodyOf } from "../body.js";
import type { Decision } from "../decision.js";
import type { Pricing } from "../kind.js";
import { judgeMove, sayMove, sayShare } from "./amount.js";
import { lostTotal, type NamedMove, sameMove, sayCharge, totalMove, unitMoves } from "./charge.js";
import type { Guard, Review, Trip } from "./guard.js";
import { asRewrite, isSeen, notSeen, type Rewrite } from "./rewrite.js";
import { sayTitle } from "./title.js";

/**
 * What payers are charged: on a live object, how total and unit prices move against what is live; on a new one,
 * whether the total is within the range. `maxPriceChange` has no say over zero and powers of ten.
 */
export const price: Guard = (review) =>
  review.decisions.flatMap((decision) => {
    const { definition, address } = decision.pair;
    const body = bodyOf(decision);
    if (definition.pricing === undefined || body === undefined) return [];
    const rewrite = asRewrite(decision);
    const charged = definition.pricing(body);
    const reasons =
      rewrite === undefined ? judgeNew(charged, review) : judgeRewrite(decision, rewrite, review);
    if (reasons.length === 0) return [];
    const message = reasons.map((reason) => `${sayTitle(decision.pair)} ${reason}`).join(" ");
    return [{ address, message, value: sayCharge(charged, { definition, body, review }) } satisfies Trip];
  });

function judgeNew(
  { totalMicroUsd: total, unitPricesMicroUsd }: Pricing,
  { policy: { priceRangeMicroUsd } }: Review,
): string[] {
  const [min, max] = priceRangeMicroUsd;
  if (total === null) return unitPricesMicroUsd.size === 0 ? [] : ["has a price for some of its items only."];
  if (total > 0 && total >= min && total <= max) return [];
  const range = `${formatDollars(min)} to ${formatDollars(max)}`;
  return [`is new and would cost ${formatDollars(total)}; \`priceRange\` is ${range}.`];
}

function judgeRewrite(decision: Decision, { pair, live, body }: Rewrite, review: Review): string[] {
  const { pricing, fields } = pair.definition;
  if (pricing === undefined) return [];
  if (!isSeen(pair, "price")) return [`would be written. ${notSeen}`];
  const limit = review.policy.maxPriceChangeBp;
  const kindChanges = fields
    .filter(
      ({ name, type, risk }) => risk === "price" && type.is === "choice" && differs(name, live.values, body),
    )
    .map(
      ({ name }) =>
        `would have \`${name}\` ${quoted(String(body[name]))} instead of ${quoted(String(live.values[name]))}.`,
    );
  const [before, after] = [pricing(live.values), pricing(body)];
  const total = totalMove(before, after);
  const units = unitMoves({ before, after, decision, review });
  // Of a single item the unit price is the total: once is enough.
  const others = units.filter((move) => total === undefined || !sameMove(move, total));
  const alarms = [...(total === undefined ? [] : [total]), ...others].flatMap((move) =>
    sayAlarm(move, limit),
  );
  return [...kindChanges, ...(kindChanges.length > 0 ? [] : lostTotal(before, after)), ...alarms];
}

const differs = (name: string, live: FieldValues, body: FieldValues) => !sameValue(live[name], body[name]);

function sayAlarm(move: NamedMove, limit: number): string[] {
  const alarm = judgeMove(move, limit);
  if (alarm === undefined) return [];
  const of = move.what === "" ? "would cost" : `would charge for one ${quoted(move.what)}`;
  const why = alarm === "threshold" ? ` \`maxPriceChange\` is ${sayShare(limit)}.` : "";
  return [`${of} ${sayMove(move, limit)}.${why}`];
}
