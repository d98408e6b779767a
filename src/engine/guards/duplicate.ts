import type { Address } from "../../state/address.js";
import type { LiveObject } from "../../state/live.js";
import type { FieldValues } from "../../state/value.js";
import type { Decision } from "../decide.js";
import type { Guard, Review, Trip } from "./guard.js";
import { findLeaving, type Leaving } from "./leaving.js";
import { sameContent, sameName } from "./likeness.js";
import { pin } from "./pin.js";
import { titleOf } from "./subject.js";

/** A create of what may exist already: a second page would take money beside the first. */
export const duplicate: Guard = (review) => {
  const creates = review.decisions.filter(({ actions }) => actions.includes("create"));
  if (creates.length === 0) return [];
  const held = new Set(review.decisions.flatMap(({ pair }) => pair.live?.id ?? []));
  const leaving = findLeaving(review);
  return [...review.kinds.values()].flatMap((definition) => {
    const mine = creates.filter(({ pair }) => pair.definition.kind === definition.kind);
    if (mine.length === 0) return [];
    const strangers = review.unmanaged(definition).filter(({ id }) => !held.has(id));
    const past = leaving
      .filter(({ address }) => address.startsWith(`${definition.kind}.`))
      .map((one) => ({ ...one, versions: versionsOf(one, { definition, review }) }));
    return mine.flatMap((decision) => judgeCreate(decision, { review, strangers, past }));
  });
};

interface Past extends Leaving {
  /** As recorded and, where it still exists, as live: the record alone could have been edited. */
  readonly versions: readonly FieldValues[];
}

function versionsOf(
  { lock }: Leaving,
  { definition, review }: { definition: Decision["pair"]["definition"]; review: Review },
): readonly FieldValues[] {
  const live = review.observed.kinds.get(definition.kind)?.objects.get(lock.id);
  return live === undefined ? [lock.values] : [lock.values, live.values];
}

interface Others {
  readonly review: Review;
  readonly strangers: readonly LiveObject[];
  readonly past: readonly Past[];
}

function judgeCreate({ pair }: Decision, { review, strangers, past }: Others): Trip[] {
  const { definition, address, wanted = {} } = pair;
  // What an interrupted run may have made is an error of its own: several fit, and none is to be chosen.
  const twins = review.lockfile.intents.has(address) ? [] : pair.twins;
  const namesakes = strangers.filter(
    ({ id, values }) => !pair.twins.some((twin) => twin.id === id) && sameName(definition, wanted, values),
  );
  const before = past.flatMap((one) => {
    const alike = findLikeness(pair, one);
    return alike === undefined ? [] : [{ ...one, alike }];
  });
  const objects = [...twins, ...namesakes].map(({ id }) => id);
  if (objects.length + before.length === 0) return [];
  const message = [
    `${titleOf(pair)} would be created, but there may be one already.`,
    ...twins.map((live) => `Equal: ${sayObject(live)}.`),
    ...namesakes.map((live) => `Same \`${definition.distinctField}\`: ${sayObject(live)}.`),
    ...before.map((one) => `\`${one.address}\` (${sayLink(one.lock.id, one.lock.linkUrl)}) ${one.alike}.`),
    remedy(address, { imports: objects, moves: before.map((one) => one.address) }),
  ].join(" ");
  return [{ address, message, value: pin([...objects, ...before.map(({ lock }) => lock.id)]) }];
}

/**
 * What speaks for a rename without `moved`: the same content, or, while the entry is only leaving, the same name:
 * a rename that also changes the price is still a rename.
 */
function findLikeness(
  { definition, wanted = {} }: Decision["pair"],
  { lock, versions }: Past,
): string | undefined {
  const state = lock.retired === true ? "is retired" : "leaves the configuration";
  if (versions.some((values) => sameContent(definition, wanted, values))) {
    return `${state} and has the same content`;
  }
  const shares = lock.retired !== true && versions.some((values) => sameName(definition, wanted, values));
  return shares ? `${state} and has the same \`${definition.distinctField}\`` : undefined;
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
