import type { ChangeAction } from "../state/action.js";
import type { Lifecycle } from "../state/desired.js";
import { sameValue } from "../state/value.js";
import { type Decision, idDifference, inOrder, stateDifference } from "./decision.js";
import { type Cause, type Difference, diff, findCause } from "./diff.js";
import type { Pair } from "./pair/pairing.js";

/** An entry of the YAML: created, taken over, changed, opened, closed, or left as it is. */
export function decideWanted(pair: Pair, lifecycle: Lifecycle): Decision {
  const importGone = pair.importId !== undefined && pair.live === undefined;
  if (pair.unseen || importGone) {
    return leave(pair, lifecycle, { reason: "not seen", open: pair.desired?.open });
  }
  if (pair.live === undefined) return decideCreate(pair, lifecycle);
  if (pair.live.unknown !== undefined) {
    return leave(pair, lifecycle, { reason: `left alone: ${pair.live.unknown}`, open: pair.live.open });
  }
  return decideExisting(pair, lifecycle);
}

function leave(
  pair: Pair,
  lifecycle: Lifecycle,
  { reason, open }: Pick<Decision, "reason" | "open">,
): Decision {
  return { pair, actions: [], reason, differences: [], drift: [], open, retire: false, lifecycle, notes: [] };
}

function decideCreate(pair: Pair, lifecycle: Lifecycle): Decision {
  const { definition, desired } = pair;
  const open = desired?.open ?? true;
  const actions: ChangeAction[] = ["create", ...(open ? [] : [definition.openClose.closeAction])];
  const born = createFields(pair);
  return {
    pair,
    actions: inOrder(pair.movedFrom === undefined ? actions : ["move", ...actions]),
    reason: pair.gone === undefined ? "new in the configuration" : sayGone(pair),
    differences: open
      ? born
      : [...born, stateDifference(definition, { before: null, after: false, cause: "config" })],
    drift: pair.lock === undefined ? [] : [vanished(pair.lock.id)],
    open,
    retire: false,
    lifecycle,
    notes: [...(pair.interrupted ? [inDoubt] : []), ...(open ? [] : [bornClosed])],
  };
}

/** The object that the entry had, and that is no more. */
function vanished(id: string): Difference {
  return { ...idDifference({ before: null, after: id }), risk: "visibility", cause: "drift" };
}

/** Said of a create that was sent already: nothing else in the plan tells it from a first one. */
const inDoubt =
  "An earlier run sent it and never learned what came of it. Nothing of it is listed now; apply looks again before it sends it once more.";

/** Fact F26: a create takes no status. */
const bornClosed = "GStable creates it open: for a moment it is live, before it is closed.";

function sayGone(pair: Pair): string {
  return pair.gone === "archived"
    ? "its object was archived for good in the dashboard: it would be created anew"
    : "its object no longer exists: it would be created anew";
}

function createFields({ definition, wanted = {} }: Pair): Difference[] {
  const found = diff({
    definition,
    wanted,
    live: {},
    // An empty base, so that a picture counts as set by us.
    base: Object.fromEntries(definition.fields.map(({ name, unset }) => [name, unset])),
    hosted: undefined,
    ignoreChanges: [],
  });
  return found.map((one) => ({ ...one, before: null, base: undefined, cause: "config" }));
}

function decideExisting(pair: Pair, lifecycle: Lifecycle): Decision {
  const { definition, live, lock, desired } = pair;
  if (live === undefined || desired === undefined) throw new Error(`${pair.address} has no object`);
  const found = diff({
    definition,
    wanted: pair.wanted ?? {},
    live: live.values,
    base: lock?.values,
    hosted: lock?.hosted,
    ignoreChanges: lifecycle.ignoreChanges,
  });
  const state = diffState(pair, desired.open);
  const changes = found.filter(({ ignored }) => !ignored);
  const actions: ChangeAction[] = [];
  if (pair.movedFrom !== undefined) actions.push("move");
  if (pair.takenOver !== undefined) actions.push("adopt");
  if (changes.length > 0) actions.push("update");
  if (state !== undefined)
    actions.push(desired.open ? definition.openClose.openAction : definition.openClose.closeAction);
  if (actions.length === 0 && recordNeeded(pair, lifecycle)) actions.push("record");
  if (actions.length === 0 && found.length === 0) {
    return leave(pair, lifecycle, { reason: "as configured", open: desired.open });
  }
  return {
    pair,
    actions: inOrder(actions),
    reason: sayWhy(pair, { changes, state }),
    differences: state === undefined ? changes : [...changes, state],
    drift: [...found, ...(state === undefined ? [] : [state])].filter(
      ({ cause }) => cause === "drift" || cause === "conflict",
    ),
    open: desired.open,
    retire: false,
    lifecycle,
    notes: [],
  };
}

function recordNeeded({ lock }: Pair, lifecycle: Lifecycle): boolean {
  return lock !== undefined && (lock.retired === true || !sameLifecycle(lock.lifecycle, lifecycle));
}

function sameLifecycle(a: Lifecycle, b: Lifecycle): boolean {
  return a.protect === b.protect && a.onRemove === b.onRemove && sameValue(a.ignoreChanges, b.ignoreChanges);
}

function diffState(pair: Pair, wantOpen: boolean): Difference | undefined {
  const { live, lock, definition } = pair;
  if (live === undefined || live.open === wantOpen) return undefined;
  const cause: Cause =
    pair.takenOver === "adopt"
      ? "config"
      : findCause({ base: lock?.open, wanted: wantOpen, live: live.open });
  return stateDifference(definition, { before: live.open, after: wantOpen, cause, base: lock?.open });
}

function sayWhy(
  pair: Pair,
  { changes, state }: { changes: readonly Difference[]; state: Difference | undefined },
): string {
  if (pair.takenOver === "import") return "taken over as `imports` says";
  if (pair.takenOver === "adopt") return "already exists, and equals the configuration";
  if (pair.lock?.retired === true) return "back in the configuration: the same object, the same URL";
  const causes = new Set([...changes, ...(state === undefined ? [] : [state])].map(({ cause }) => cause));
  if (causes.has("conflict")) return "changed both in the configuration and outside";
  if (causes.has("drift"))
    return causes.has("config")
      ? "changed in the configuration, and outside"
      : "changed outside: put back as the configuration says";
  if (causes.has("unknown")) return "differs from the configuration";
  if (causes.has("config")) return "changed in the configuration";
  return pair.movedFrom === undefined
    ? "its lifecycle changed in the configuration"
    : `renamed from \`${pair.movedFrom}\``;
}
