import type { Address } from "../../state/address.js";
import type { LiveObject } from "../../state/live.js";
import type { Decision } from "../decide.js";
import type { Guard, Review } from "./guard.js";
import { sameName } from "./likeness.js";
import { pin } from "./pin.js";
import { findPredecessors } from "./predecessors.js";
import { titleOf } from "./subject.js";

/** A create of what may exist already: the second page takes money beside the first. */
export const duplicate: Guard = (review) => {
  const held = new Set(review.decisions.flatMap(({ pair }) => pair.live?.id ?? []));
  return review.decisions
    .filter(({ actions }) => actions.includes("create"))
    .flatMap((decision) => judgeCreate(decision, { review, held }));
};

function judgeCreate(decision: Decision, { review, held }: { review: Review; held: ReadonlySet<string> }) {
  const { pair } = decision;
  const { definition, address } = pair;
  // What an interrupted run may have made is an error of its own: several fit, and none is to be chosen.
  const twins = review.lockfile.intents.has(address) ? [] : pair.twins;
  const known = new Set([...held, ...twins.map(({ id }) => id)]);
  const namesakes = review
    .unmanaged(definition)
    .filter((live) => !known.has(live.id) && sameName(definition, pair.wanted ?? {}, live.values));
  const predecessors = findPredecessors(decision, review);
  if (twins.length + namesakes.length + predecessors.length === 0) return [];
  const message = [
    `${titleOf(pair)} would be created, but there may be one already.`,
    ...twins.map((live) => `Equal: ${sayObject(live)}.`),
    ...namesakes.map((live) => `Same \`${definition.distinctField}\`: ${sayObject(live)}.`),
    ...predecessors.map(
      ({ address: from, lock, says }) => `\`${from}\` (${sayLink(lock.id, lock.linkUrl)}) ${says}.`,
    ),
    remedy(address, {
      imports: [...twins, ...namesakes].map(({ id }) => id),
      moves: predecessors.map((one) => one.address),
    }),
  ].join(" ");
  const ids = [...twins, ...namesakes].map(({ id }) => id);
  return [{ address, message, value: pin([...ids, ...predecessors.map(({ lock }) => lock.id)]) }];
}

const sayLink = (id: string, url: string | undefined) => (url === undefined ? id : `${id}, ${url}`);

function sayObject({ id, url, open }: LiveObject): string {
  return `${sayLink(id, url)}${open ? "" : " (closed)"}`;
}

/** The lines to write: one of them says which object is meant. */
function remedy(
  address: Address,
  { imports, moves }: { imports: readonly string[]; moves: readonly Address[] },
): string {
  const lines = [
    ...moves.map((from) => `\`moved: [{ from: ${from}, to: ${address} }]\``),
    ...imports.map((id) => `\`imports: [{ to: ${address}, id: ${id} }]\``),
  ];
  return `If it is the same, write ${lines.join(" or ")}.`;
}
