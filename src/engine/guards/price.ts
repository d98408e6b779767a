import { formatDollars, formatUsd } from "../../state/money.js";
import { type FieldValues, sameValue } from "../../state/value.js";
import type { Decision } from "../decide.js";
import type { KindDefinition, Pricing } from "../kind.js";
import { bodyOf } from "../work.js";
import { judgeMove, type Move, sayMove, sayShare } from "./amount.js";
import type { Guard, Review, Trip } from "./guard.js";
import { printable } from "./pin.js";
import { asRewrite, isSeen, notSeen, type Rewrite, titleOf } from "./subject.js";

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
    const message = reasons.map((reason) => `${titleOf(decision.pair)} ${reason}`).join(" ");
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
    .map(({ name }) => `would have \`${name}\` \`${body[name]}\` instead of \`${live.values[name]}\`.`);
  const [before, after] = [pricing(live.values), pricing(body)];
  const alarms = [totalMove(before, after), ...unitMoves({ before, after, decision, review })].flatMap(
    (move) => (move === undefined ? [] : sayAlarm(move, limit)),
  );
  return [...kindChanges, ...(kindChanges.length > 0 ? [] : lostTotal(before, after)), ...alarms];
}

const differs = (name: string, live: FieldValues, body: FieldValues) => !sameValue(live[name], body[name]);

function lostTotal(before: Pricing, after: Pricing): string[] {
  if ((before.totalMicroUsd === null) === (after.totalMicroUsd === null)) return [];
  return ["would have a total that cannot be compared: a unit price is missing on one side."];
}

interface NamedMove extends Move {
  readonly what: string;
}

function totalMove(before: Pricing, after: Pricing): NamedMove | undefined {
  if (before.totalMicroUsd === null || after.totalMicroUsd === null) return undefined;
  return { what: "", before: before.totalMicroUsd, after: after.totalMicroUsd };
}

/** By product; and item by item, because a product that is sold twice may have two prices. */
function unitMoves(sides: {
  before: Pricing;
  after: Pricing;
  decision: Decision;
  review: Review;
}): NamedMove[] {
  const { names } = sides.review;
  const had = new Map(
    [...sides.before.unitPricesMicroUsd].map(([id, unit]) => [names.addressOfProduct(id), unit] as const),
  );
  const byProduct = [...sides.after.unitPricesMicroUsd].flatMap(([id, after]) => {
    const before = had.get(names.addressOfProduct(id));
    return before === undefined ? [] : [{ what: sayProduct(id, sides.review), before, after }];
  });
  const byItem = sides.decision.differences.flatMap(({ type, risk, path, before, after }) =>
    type === "money" && risk === "price" && typeof before === "number" && typeof after === "number"
      ? [{ what: path, before, after }]
      : [],
  );
  const isSaid = (move: Move) =>
    byProduct.some((one) => one.before === move.before && one.after === move.after);
  return [...byProduct, ...byItem.filter((move) => !isSaid(move))];
}

function sayAlarm(move: NamedMove, limit: number): string[] {
  const alarm = judgeMove(move, limit);
  if (alarm === undefined) return [];
  const of = move.what === "" ? "would cost" : `would charge for one \`${move.what}\``;
  const why = alarm === "threshold" ? ` \`maxPriceChange\` is ${sayShare(limit)}.` : "";
  return [`${of} ${sayMove(move)}.${why}`];
}

function sayProduct(id: string, { names }: Review): string {
  return String(names.show({ is: "reference", to: "product" }, id));
}

/** `12.99`; with the unit prices where they are not the total: `30.00/a@10.00/b@20.00`; `custom` where payers decide. */
function sayCharge(
  { totalMicroUsd: total, unitPricesMicroUsd }: Pricing,
  { definition, body, review }: { definition: KindDefinition; body: FieldValues; review: Review },
): string {
  const choices = definition.fields.filter(({ type, risk }) => risk === "price" && type.is === "choice");
  const head =
    total === null ? choices.map(({ name }) => printable(String(body[name]))).join("/") : usd(total);
  const units = [...unitPricesMicroUsd].map(([id, unit]) => ({ name: sayProduct(id, review), unit }));
  if (units.length === 1 && units[0]?.unit === total) return head;
  return [head, ...units.map(({ name, unit }) => `${printable(name)}@${usd(unit)}`).sort()].join("/");
}

const usd = (amount: number) => (Number.isSafeInteger(amount) ? formatUsd(amount) : "inexact");
