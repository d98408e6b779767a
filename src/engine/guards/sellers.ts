import type { Kind } from "../../state/address.js";
import type { LiveObject } from "../../state/live.js";
import type { FieldValues } from "../../state/value.js";
import { bodyOf } from "../body.js";
import type { Decision } from "../decision.js";
import { type FieldType, type KindDefinition, references } from "../kind.js";
import type { Review } from "./guard.js";

/** An open object that refers to another one, and goes on doing so after the plan. */
export interface Seller {
  readonly definition: KindDefinition;
  readonly live: LiveObject;
  /** It doesn't show what it refers to: it may be this. */
  readonly blind: boolean;
}

/** Who sells what after the plan, looked up by the id of what is sold. */
export type Sellers = (sold: { readonly kind: Kind; readonly id: string }) => readonly Seller[];

/**
 * Fact gap G16: all open objects and what they will refer to: unmanaged ones, another environment's, forgotten ones,
 * and those that the plan leaves alone as they are live; those that it updates as they will be.
 */
export function findSellers({ decisions, observed, kinds }: Review): Sellers {
  const managed = new Map(
    decisions.flatMap((one) => (one.pair.live ? [[one.pair.live.id, one] as const] : [])),
  );
  const sellers = new Map<string, Seller[]>();
  const add = (key: string, seller: Seller): void => {
    const known = sellers.get(key);
    if (known === undefined) sellers.set(key, [seller]);
    else known.push(seller);
  };
  for (const definition of kinds.values()) {
    for (const live of observed.kinds.get(definition.kind)?.objects.values() ?? []) {
      const by = managed.get(live.id);
      if (!staysOpen(live, by)) continue;
      const values = (by && (bodyOf(by) ?? by.pair.live?.values)) ?? live.values;
      for (const kind of blindSpots(definition, values)) add(kind, { definition, live, blind: true });
      const targets = references(definition, values).map(({ to, target }) => `${to} ${target}`);
      for (const key of new Set(targets)) add(key, { definition, live, blind: false });
    }
  }
  return ({ kind, id }) => [...(sellers.get(`${kind} ${id}`) ?? []), ...(sellers.get(kind) ?? [])];
}

function staysOpen(live: LiveObject, by: Decision | undefined): boolean {
  if (live.archivedForGood || by?.actions.includes("remove") === true) return false;
  return by === undefined || by.open === undefined ? live.open : by.open;
}

/** The kinds that an object may refer to in a field that was not read. */
function blindSpots(definition: KindDefinition, values: FieldValues): readonly string[] {
  const unread = definition.fields.filter(({ name }) => !Object.hasOwn(values, name));
  return [...new Set(unread.flatMap(({ type }) => targetsOf(type)))];
}

function targetsOf(type: FieldType): readonly string[] {
  if (type.is === "items") return type.fields.flatMap((field) => targetsOf(field.type));
  return type.is === "reference" ? [type.to] : [];
}
