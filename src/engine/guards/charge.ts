import { formatUsd } from "../../state/money.js";
import { type FieldValues, sameValue } from "../../state/value.js";
import type { Decision } from "../decision.js";
import type { KindDefinition, Pricing } from "../kind.js";
import type { Move } from "./amount.js";
import type { Review } from "./guard.js";
import { printable } from "./pin.js";

/** A total on one side only cannot be compared. */
export function lostTotal(before: Pricing, after: Pricing): string[] {
  if ((before.totalMicroUsd === null) === (after.totalMicroUsd === null)) return [];
  return ["would have a total that cannot be compared: a unit price is missing on one side."];
}

/** Whether two moves are the same amounts. */
export const sameMove = (a: Move, b: Move) => a.before === b.before && a.after === b.after;

/** A move of one amount; `what` is empty for the total. */
export interface NamedMove extends Move {
  readonly what: string;
}

/** How the total moves; `undefined` where either side has none. */
export function totalMove(before: Pricing, after: Pricing): NamedMove | undefined {
  if (before.totalMicroUsd === null || after.totalMicroUsd === null) return undefined;
  return { what: "", before: before.totalMicroUsd, after: after.totalMicroUsd };
}

/** By product; and item by item, because a product that is sold twice may have two prices. */
export function unitMoves(sides: {
  before: Pricing;
  after: Pricing;
  decision: Decision;
  review: Review;
}): NamedMove[] {
  const { names } = sides.review;
  const had = new Map(
    [...sides.before.unitPricesMicroUsd].map(([id, units]) => [names.addressOfProduct(id), units] as const),
  );
  const byProduct = [...sides.after.unitPricesMicroUsd].flatMap(([id, now]) => {
    const before = had.get(names.addressOfProduct(id)) ?? [];
    // The API may show items of one product in another order: that moves no price.
    if (sameValue(before.toSorted(compare), now.toSorted(compare))) return [];
    const [was, after] = [before.at(-1), now.at(-1)];
    if (was === undefined || after === undefined) return [];
    return [{ what: sayProduct(id, sides.review), before: was, after }];
  });
  const byItem = sides.decision.differences.flatMap(({ type, risk, path, before, after }) =>
    type === "money" && risk === "price" && typeof before === "number" && typeof after === "number"
      ? [{ what: path, before, after }]
      : [],
  );
  const isSaid = (move: Move) => byProduct.some((one) => sameMove(one, move));
  return [...byProduct, ...byItem.filter((move) => !isSaid(move))];
}

const compare = (a: number, b: number) => a - b;

function sayProduct(id: string, { names }: Review): string {
  return String(names.show({ is: "reference", to: "product" }, id));
}

/** `12.99`; with the unit prices where they are not the total: `30.00/a@10.00/b@20.00`; `custom` where payers decide. */
export function sayCharge(
  { totalMicroUsd: total, unitPricesMicroUsd }: Pricing,
  { definition, body, review }: { definition: KindDefinition; body: FieldValues; review: Review },
): string {
  const choices = definition.fields.filter(({ type, risk }) => risk === "price" && type.is === "choice");
  const head =
    total === null ? choices.map(({ name }) => printable(String(body[name]))).join("/") : usd(total);
  const units = [...unitPricesMicroUsd].flatMap(([id, prices]) =>
    prices.slice(-1).map((unit) => ({ name: sayProduct(id, review), unit })),
  );
  if (units.length === 1 && units[0]?.unit === total) return head;
  return [head, ...units.map(({ name, unit }) => `${printable(name)}@${usd(unit)}`).sort()].join("/");
}

const usd = (amount: number) => (Number.isSafeInteger(amount) ? formatUsd(amount) : "inexact");
