import { quoted } from "../../diagnostics/index.js";
import type { Decision } from "../decision.js";
import type { Guard, Trip } from "./guard.js";
import { pin } from "./pin.js";
import { findSellers, type Seller, type Sellers } from "./sellers.js";
import { sayTitle } from "./title.js";

/** What is protected stays in use, and what an open page outside the configuration sells stays on sale. */
export const protect: Guard = (review) => {
  const ending = review.decisions.filter(
    (decision) => decision.pair.live !== undefined && endingsOf(decision).length > 0,
  );
  if (ending.length === 0) return [];
  const sellers = findSellers(review);
  return ending.flatMap((decision) => judgeEnding(decision, sellers));
};

const endings = {
  disable: "disabled",
  archive: "archived",
  remove: "removed for good",
  forget: "forgotten, so that nobody watches it",
} as const;
type Ending = keyof typeof endings;

function endingsOf({ actions }: Decision): readonly Ending[] {
  return actions.filter((action): action is Ending => Object.hasOwn(endings, action));
}

function judgeEnding(decision: Decision, sellersOf: Sellers): Trip[] {
  const { pair } = decision;
  const actions = endingsOf(decision);
  const { kind } = pair.definition;
  const sellers = actions.includes("forget") ? [] : sellersOf({ kind, id: pair.live?.id ?? "" });
  const what = `would be ${actions.map((action) => endings[action]).join(" and ")}`;
  const reasons = [
    ...(isProtected(decision) ? [`is protected and ${what}.`] : []),
    ...sellers.map((seller) => `${what}, but ${saySeller(seller)}.`),
  ];
  if (reasons.length === 0) return [];
  const stranded = sellers.length === 0 ? [] : [pin(sellers.map(({ live }) => live.id))];
  return [
    {
      address: pair.address,
      message: reasons.map((reason) => `${sayTitle(pair)} ${reason}`).join(" "),
      value: [actions.join("+"), ...stranded].join("/"),
    },
  ];
}

/** The flag of either side: dropping it in the very change that it should stop does not help. */
function isProtected({ pair: { lock, desired } }: Decision): boolean {
  return lock?.lifecycle.protect === true || desired?.lifecycle.protect === true;
}

function saySeller({ definition, live, blind }: Seller): string {
  const title = live.values[definition.titleField];
  const name = typeof title === "string" ? `${quoted(title)} ` : "";
  const where = live.url === undefined ? live.id : `${live.id}, ${live.url}`;
  return `the open ${definition.label} ${name}(${where}) ${blind ? "doesn't show what it sells" : "goes on selling it"}`;
}
