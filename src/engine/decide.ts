import type { Lifecycle } from "../state/desired.js";
import type { LockEntry } from "../state/lockfile.js";
import type { ChangeAction } from "../state/plan-document.js";
import { type FieldValues, sameValue } from "../state/value.js";
import { type Cause, type Difference, diff, findCause } from "./diff.js";
import type { KindDefinition } from "./kind.js";
import type { Pair } from "./pair.js";

/** What is to happen to one entry, and why: the heart of a plan. */
export interface Decision {
  readonly pair: Pair;
  /** Empty: nothing to do. In the order in which they are carried out. */
  readonly actions: readonly ChangeAction[];
  readonly reason: string;
  /** What changes, field by field; for a create, what it sets. */
  readonly differences: readonly Difference[];
  /** What changed outside since the last apply, also where it is left as it is. */
  readonly drift: readonly Difference[];
  /** Whether the object takes part in payments afterwards; `undefined`: it is let go of, or gone. */
  readonly open: boolean | undefined;
  readonly retire: boolean;
  readonly lifecycle: Lifecycle;
  readonly notes: readonly string[];
}

/** Decides what is to happen to one entry. */
export function decide(pair: Pair): Decision {
  if (pair.desired !== undefined) return decideWanted(pair, pair.desired.lifecycle);
  return decideUnwanted(pair);
}

/** The order inside an entry: an archived product must be back before it is updated, a link is opened last. */
const actionOrder: readonly ChangeAction[] = [
  "move",
  "adopt",
  "create",
  "unarchive",
  "update",
  "enable",
  "disable",
  "archive",
  "remove",
  "record",
  "forget",
];

function inOrder(actions: readonly ChangeAction[]): readonly ChangeAction[] {
  return actionOrder.filter((action) => actions.includes(action));
}

function decideWanted(pair: Pair, lifecycle: Lifecycle): Decision {
  const quiet = { pair, differences: [], drift: [], retire: false, lifecycle, notes: [] };
  const importGone = pair.importId !== undefined && pair.live === undefined;
  if (pair.unseen || importGone) {
    return { ...quiet, actions: [], reason: "not seen", open: pair.desired?.open };
  }
  if (pair.live === undefined) return decideCreate(pair, lifecycle);
  if (pair.live.unknown !== undefined) {
    return { ...quiet, actions: [], reason: `left alone: ${pair.live.unknown}`, open: pair.live.open };
  }
  return decideExisting(pair, lifecycle);
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
    notes: open ? [] : [bornClosed],
  };
}

/** The object that the entry had, and that is no more. */
function vanished(id: string): Difference {
  return { ...idDifference({ before: null, after: id }), risk: "visibility", cause: "drift" };
}

function idDifference({ before, after }: { before: string | null; after: string | null }): Difference {
  return {
    path: "id",
    field: "id",
    type: "text",
    fieldType: { is: "text" },
    risk: "irreversible",
    before,
    after,
    base: undefined,
    cause: "config",
    ignored: false,
  };
}

/** Fact: a create takes no status (gstable-api.md, trap 14). */
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

function stateDifference(
  { openClose }: KindDefinition,
  sides: { before: boolean | null; after: boolean; cause: Cause; base?: boolean | undefined },
): Difference {
  const show = (open: boolean | null | undefined) =>
    open === openClose.openValue ? true : open === null ? null : false;
  return {
    path: openClose.field,
    field: openClose.field,
    type: "flag",
    fieldType: { is: "flag" },
    risk: "visibility",
    before: show(sides.before),
    after: show(sides.after),
    base: sides.base === undefined ? undefined : show(sides.base),
    cause: sides.cause,
    ignored: false,
  };
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

function decideUnwanted(pair: Pair): Decision {
  if (pair.lock === undefined) return decideAbandoned(pair);
  const leaving = decideLeaving(pair, pair.lock);
  // What an interrupted run made is recorded before it is closed: its id must not be lost on the way.
  return pair.takenOver === undefined
    ? leaving
    : { ...leaving, actions: inOrder(["adopt", ...leaving.actions]) };
}

/** A create that was left open, of an entry that left the YAML since: whatever it made has to be closed. */
function decideAbandoned(pair: Pair): Decision {
  const { intent, twins } = pair;
  if (intent === undefined) throw new Error(`${pair.address} is neither wanted nor recorded`);
  return {
    pair,
    actions: twins.length > 0 ? [] : ["forget"],
    reason: "left the configuration after an interrupted create: nothing of it is to be seen",
    differences: [],
    drift: [],
    open: undefined,
    retire: true,
    lifecycle: intent.lifecycle,
    notes: ["It is looked for once more before it is forgotten."],
  };
}

function decideLeaving(pair: Pair, lock: LockEntry): Decision {
  const { live, definition, gone } = pair;
  const lifecycle = lock.lifecycle;
  const base = { pair, differences: [], drift: [], retire: true, lifecycle, notes: [] };
  if (gone !== undefined) {
    return {
      ...base,
      actions: ["forget"],
      reason: "left the configuration, and its object is gone",
      open: undefined,
    };
  }
  if (live === undefined) return { ...base, actions: [], reason: "not seen", open: lock.open };
  if (lock.retired === true) return decideRetired(pair, base);
  switch (lifecycle.onRemove) {
    case "forget": {
      const notes = live.open ? [`Nobody watches this open ${definition.label} any more.`] : [];
      return {
        ...base,
        actions: ["forget"],
        reason: "left the configuration: let go of",
        open: undefined,
        notes,
      };
    }
    case "remove":
      return decideRemove(pair, base);
    case "disable":
    case "archive":
      return live.open
        ? { ...close(pair, base, "config"), reason: "left the configuration" }
        : {
            ...base,
            actions: ["record"],
            reason: "left the configuration; it is closed already",
            open: false,
          };
    default:
      return lifecycle.onRemove satisfies never;
  }
}

type Unwanted = Omit<Decision, "actions" | "reason" | "open">;

function close(pair: Pair, base: Unwanted, cause: Cause): Decision {
  const state = stateDifference(pair.definition, {
    before: true,
    after: false,
    cause,
    base: pair.lock?.open,
  });
  return {
    ...base,
    actions: [pair.definition.openClose.closeAction],
    differences: [state],
    drift: cause === "drift" ? [state] : [],
    open: false,
    reason: "",
  };
}

/** Wanted of a retired entry is only that it is closed. */
function decideRetired(pair: Pair, base: Unwanted): Decision {
  if (pair.live?.open !== true) return { ...base, actions: [], reason: "retired", open: false };
  return { ...close(pair, base, "drift"), reason: "retired, but opened again outside: closed again" };
}

function decideRemove(pair: Pair, base: Unwanted): Decision {
  const { openClose } = pair.definition;
  const archiveFirst = openClose.closeAction === "archive" && pair.live?.open === true;
  const closing = archiveFirst ? close(pair, base, "config").differences : [];
  const gone = idDifference({ before: pair.live?.id ?? null, after: null });
  return {
    ...base,
    actions: archiveFirst ? ["archive", "remove"] : ["remove"],
    reason: "left the configuration with `onRemove: remove`",
    differences: [...closing, gone],
    open: undefined,
    notes: [pair.definition.removeNote ?? "This cannot be undone."],
  };
}

/** The values to send in an update: what nobody wants to change is sent back as it is, pictures as hosted. */
export function updateValues({ pair, differences, lifecycle }: Decision): FieldValues {
  const { definition, wanted = {}, live } = pair;
  const changed = new Set(differences.map(({ field }) => field));
  return Object.fromEntries(
    definition.fields.map(({ name, type, unset }) => {
      const keepLive = lifecycle.ignoreChanges.includes(name) || (type.is === "image" && !changed.has(name));
      return [name, (keepLive ? live?.values[name] : wanted[name]) ?? unset];
    }),
  );
}
