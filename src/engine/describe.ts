import type { Source } from "../diagnostics/index.js";
import type { Address } from "../state/address.js";
import type { PlanChange, PlanDrift, PlanField } from "../state/plan-document.js";
import { type FieldValue, sameValue } from "../state/value.js";
import { bodyOf } from "./body.js";
import type { Decision } from "./decision.js";
import type { Difference } from "./diff.js";
import { hashOf } from "./hash.js";
import { mapReferences, type Risk, risks } from "./kind.js";
import type { Names } from "./names.js";

/** A decision as the plan shows it, but for its number. */
export function describeChange(
  decision: Decision,
  { names, dependsOn }: { names: Names; dependsOn: readonly Address[] },
): Omit<PlanChange, "number"> {
  const { pair, actions, reason, differences, notes } = decision;
  const source = pair.desired?.placeOf();
  const changedFields = new Set(differences.map(({ field }) => field));
  const isNew = actions.includes("create");
  return {
    address: pair.address,
    kind: pair.definition.kind,
    id: isNew ? null : (pair.live?.id ?? pair.lock?.id ?? null),
    name: titleOf(decision),
    hash: hashChange(decision, names),
    actions: [...actions],
    reason,
    risks: [...risksOf(decision)],
    url: urlOf(decision),
    ...(source === undefined ? {} : { source: placeOf(source) }),
    dependsOn: [...dependsOn],
    fields: differences.map((one) => describeField(one, decision, names)),
    unchangedFields: isNew ? 0 : pair.definition.fields.filter(({ name }) => !changedFields.has(name)).length,
    notes: [...notes],
  };
}

/** What changed outside, as the plan's `drift` and the `drift` command show it. */
export function describeDrift(decision: Decision, names: Names): PlanDrift | undefined {
  const { pair, drift } = decision;
  if (drift.length === 0) return undefined;
  return {
    address: pair.address,
    kind: pair.definition.kind,
    id: pair.live?.id ?? pair.lock?.id ?? "",
    name: titleOf(decision),
    fields: drift.map((one) => describeField(one, decision, names)),
    ...(pair.desired === undefined ? {} : { source: placeOf(pair.desired.placeOf()) }),
  };
}

/** What people call the object from now on: its title where it has one, as wanted before as live and as recorded. */
export function titleOf({ pair }: Decision): string {
  const field = pair.definition.titleField;
  const title = pair.desired?.values[field] ?? pair.live?.values[field] ?? pair.lock?.values[field];
  return typeof title === "string" ? title : pair.address;
}

/** What a change puts at stake, gravest first; never nothing. */
export function risksOf({ pair, actions, differences, open }: Decision): readonly Risk[] {
  const { definition } = pair;
  const found = new Set<Risk>();
  if (actions.includes("create")) {
    found.add(definition.createIsIrreversible ? "irreversible" : "cosmetic");
    if (definition.createIsIrreversible && open === true) found.add("visibility");
  } else {
    for (const { risk } of differences) found.add(risk);
  }
  if (actions.includes("remove")) found.add("irreversible");
  if (found.size === 0) found.add("cosmetic");
  return risks.filter((risk) => found.has(risk));
}

/** A new link gets a new URL; every other change keeps the one that is printed on posters, while there is something behind it. */
function urlOf({ pair, actions }: Decision): PlanChange["url"] {
  const before = pair.live?.url ?? pair.lock?.linkUrl ?? null;
  if (actions.includes("create")) {
    return pair.definition.createIsIrreversible || before !== null
      ? { before, after: null, kept: false }
      : null;
  }
  if (before === null) return null;
  return pair.gone === undefined
    ? { before, after: before, kept: true }
    : { before, after: null, kept: false };
}

function describeField(one: Difference, { pair }: Decision, names: Names): PlanField {
  const before = names.show(one.fieldType, one.before);
  const after = names.show(one.fieldType, one.after);
  const base = one.base === undefined ? undefined : names.show(one.fieldType, one.base);
  const differs = base !== undefined && !sameValue(base, before) && !sameValue(base, after);
  const source = pair.desired?.placeOf(one.path);
  return {
    path: one.path,
    type: one.type,
    before: asJson(before),
    after: asJson(after),
    ...(differs ? { base: asJson(base) } : {}),
    cause: one.cause,
    risk: one.risk,
    ...(one.ignored ? { ignored: true } : {}),
    ...(source === undefined ? {} : { source: placeOf(source) }),
  };
}

/**
 * What a reviewer approves of one change: what will be sent (references by address) and the live values that it
 * rests on. Not where it is written or how it is worded.
 */
function hashChange(decision: Decision, names: Names): string {
  const { pair, actions, open, lifecycle } = decision;
  const body = bodyOf(decision);
  const byAddress =
    body === undefined
      ? null
      : pair.definition.encode(
          mapReferences(pair.definition, body, (to, target) =>
            to === "product" ? names.addressOfProduct(target) : target,
          ),
        );
  return hashOf({
    address: pair.address,
    id: actions.includes("create") ? null : (pair.live?.id ?? pair.lock?.id ?? null),
    actions,
    body: byAddress,
    open: open ?? null,
    lifecycle,
    live: pair.live === undefined ? null : { values: pair.live.values, open: pair.live.open },
  });
}

/** A place as documents carry it. */
export function placeOf({ file, line, column }: Source): { file: string; line: number; column: number } {
  return { file, line, column };
}

type Json = PlanField["before"];

/** Field values are JSON already; only their type is readonly. */
const asJson = (value: FieldValue): Json => value as Json;
