import type { Address } from "../../state/address.js";
import { groupBy } from "../../state/group-by.js";
import type { LiveObject } from "../../state/live.js";
import { canonicalJson, type FieldValue, type FieldValues } from "../../state/value.js";
import type { Decision } from "../decision.js";
import type { KindDefinition } from "../kind.js";
import { sameContent } from "../likeness.js";
import type { Guard, Review, Trip } from "./guard.js";
import { identityOf, mayShare } from "./identity.js";
import { findLeaving, type Leaving } from "./leaving.js";
import { pin } from "./pin.js";
import { sayTitle } from "./title.js";

/** A create of what may exist already: a second page would take money beside the first. */
export const duplicate: Guard = (review) => {
  const creates = review.decisions.filter(({ actions }) => actions.includes("create"));
  if (creates.length === 0) return [];
  const leaving = findLeaving(review);
  return [...review.kinds.values()].flatMap((definition) => {
    const mine = creates.filter(({ pair }) => pair.definition.kind === definition.kind);
    if (mine.length === 0) return [];
    const others = {
      strangers: findStrangers(definition, review),
      past: findPast(definition, { review, leaving }),
      environment: review.desired.environment,
    };
    return mine.flatMap((decision) => judgeCreate(decision, others));
  });
};

/** Looked up once for all creates: an account may hold thousands of objects. */
interface Others {
  readonly strangers: Strangers;
  readonly past: readonly Past[];
  readonly environment: string | null;
}

interface Stranger {
  readonly live: LiveObject;
  readonly identity: FieldValue | undefined;
}

/** By identity; under `undefined` those that do not show theirs. */
type Strangers = ReadonlyMap<string | undefined, readonly Stranger[]>;

interface Past extends Leaving {
  /** As recorded and, where it still exists, as live: the record alone could have been edited. */
  readonly versions: readonly { readonly values: FieldValues; readonly identity: FieldValue | undefined }[];
}

function findStrangers(definition: KindDefinition, review: Review): Others["strangers"] {
  const held = new Set(review.decisions.flatMap(({ pair }) => pair.live?.id ?? []));
  const strangers = review
    .unmanaged(definition)
    .filter(({ id }) => !held.has(id))
    .map((live) => ({ live, identity: identityOf(definition, live.values) }));
  return groupBy(strangers, ({ identity }) => keyOf(identity));
}

const keyOf = (identity: FieldValue | undefined) =>
  identity === undefined ? undefined : canonicalJson(identity);

/** Those that may share an identity, sorted by id. */
function findNamesakes(identity: FieldValue | undefined, strangers: Strangers): readonly Stranger[] {
  const keys = new Set([keyOf(identity), undefined]);
  return [...keys]
    .flatMap((key) => strangers.get(key) ?? [])
    .filter((one) => mayShare(identity, one.identity))
    .sort((a, b) => (a.live.id < b.live.id ? -1 : 1));
}

function findPast(
  definition: KindDefinition,
  { review, leaving }: { review: Review; leaving: readonly Leaving[] },
): readonly Past[] {
  const objects = review.observed.kinds.get(definition.kind)?.objects;
  return leaving
    .filter(({ address }) => address.startsWith(`${definition.kind}.`))
    .map((one) => {
      const seen = objects?.get(one.lock.id);
      const values = seen === undefined ? [one.lock.values] : [one.lock.values, seen.values];
      return {
        ...one,
        versions: values.map((each) => ({ values: each, identity: identityOf(definition, each) })),
      };
    });
}

function judgeCreate({ pair }: Decision, { strangers, past, environment }: Others): Trip[] {
  const { definition, address, wanted = {} } = pair;
  const identity = identityOf(definition, wanted);
  // What an interrupted run may have made is an error of its own: several fit, and none is to be chosen.
  const twins = pair.interrupted ? [] : pair.twins;
  const namesakes = findNamesakes(identity, strangers).filter(
    (one) => !pair.twins.some(({ id }) => id === one.live.id),
  );
  const before = past.flatMap((one) => {
    const alike = one.versions.some((version) => mayShare(identity, version.identity))
      ? sayLikeness(pair, one)
      : undefined;
    return alike === undefined ? [] : [{ ...one, alike }];
  });
  const objects = [...twins, ...namesakes.map(({ live }) => live)].map(({ id }) => id);
  if (objects.length + before.length === 0) return [];
  const reasons = [
    ...before.map((one) => `\`${one.address}\` (${sayLink(one.lock.id, one.lock.linkUrl)}) ${one.alike}.`),
    ...twins.map((live) => `Equal: ${sayObject(live)}.`),
    ...namesakes.map((one) => `${sayNamesake(definition, one.identity)}: ${sayObject(one.live)}.`),
  ];
  const moves = before.map((one) => one.address);
  const write = linesToWrite(address, { imports: objects, moves, environment });
  // An entry has one object at a time, also one that is gone.
  const first = pair.lock === undefined ? "" : `let go of the old one with \`state rm ${address}\`, then `;
  const message = [
    `${sayTitle(pair)} would be created, but there may be one already.`,
    ...reasons.slice(0, LISTED),
    ...(reasons.length > LISTED ? [`And ${reasons.length - LISTED} more.`] : []),
    `If it is the same, ${first}write ${write.map((line) => `\`${line}\``).join(" or ")}.`,
  ].join(" ");
  return [{ address, message, write, value: pin([...objects, ...before.map(({ lock }) => lock.id)]) }];
}

/** So many candidates are told one by one. */
const LISTED = 10;

function sayNamesake({ distinctField }: KindDefinition, identity: FieldValue | undefined): string {
  return identity === undefined ? `Doesn't show its \`${distinctField}\`` : `Same \`${distinctField}\``;
}

/**
 * What speaks for a rename without `moved` where the name is shared: the same content, or, while the entry is only
 * leaving, the name alone: a rename that also changes the price is still a rename.
 */
function sayLikeness(
  { definition, wanted = {} }: Decision["pair"],
  { lock, versions }: Past,
): string | undefined {
  const state = lock.retired === true ? "is retired" : "leaves the configuration";
  if (versions.some(({ values }) => sameContent(definition, wanted, values))) {
    return `${state} and has the same content`;
  }
  return lock.retired === true ? undefined : `${state} and has the same \`${definition.distinctField}\``;
}

const sayLink = (id: string, url: string | undefined) => (url === undefined ? id : `${id}, ${url}`);

function sayObject({ id, url, open }: LiveObject): string {
  return `${sayLink(id, url)}${open ? "" : " (closed)"}`;
}

/**
 * The lines to write: one of them says which object is meant. An object belongs to one environment; a new name, as a
 * rule, to all of them.
 */
function linesToWrite(
  address: Address,
  {
    imports,
    moves,
    environment,
  }: { imports: readonly string[]; moves: readonly Address[]; environment: string | null },
): readonly string[] {
  const place = (line: string) =>
    environment === null ? line : `environments: { ${environment}: { overrides: { ${line} } } }`;
  return [
    ...moves.map((from) => `moved: [{ from: ${from}, to: ${address} }]`),
    ...imports.map((id) => place(`imports: [{ to: ${address}, id: ${yamlText(id)} }]`)),
  ].slice(0, LISTED);
}

/** In a list in brackets: an id is the API's, and what is no plain word could write more than an id. */
const yamlText = (id: string): string => (/^[a-z]+_[\w-]+$/i.test(id) ? id : JSON.stringify(id));
