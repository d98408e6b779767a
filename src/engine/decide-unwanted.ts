import type { LockEntry } from "../state/lockfile.js";
import { type Decision, idDifference, inOrder, stateDifference } from "./decision.js";
import type { Cause, Difference } from "./diff.js";
import type { Pair } from "./pair/pairing.js";

/** An entry that left the YAML: closed, archived, removed or let go of, as its lifecycle in the lockfile says. */
export function decideUnwanted(pair: Pair): Decision {
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
        ? close(pair, base, { cause: "config", reason: "left the configuration" })
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

function close(
  pair: Pair,
  base: Unwanted,
  { cause, reason }: { readonly cause: Cause; readonly reason: string },
): Decision {
  const state = closedState(pair, cause);
  return {
    ...base,
    actions: [pair.definition.openClose.closeAction],
    differences: [state],
    drift: cause === "drift" ? [state] : [],
    open: false,
    reason,
  };
}

function closedState({ definition, lock }: Pair, cause: Cause): Difference {
  return stateDifference(definition, { before: true, after: false, cause, base: lock?.open });
}

/** Wanted of a retired entry is only that it is closed. */
function decideRetired(pair: Pair, base: Unwanted): Decision {
  if (pair.live?.open !== true) return { ...base, actions: [], reason: "retired", open: false };
  return close(pair, base, { cause: "drift", reason: "retired, but opened again outside: closed again" });
}

function decideRemove(pair: Pair, base: Unwanted): Decision {
  const { openClose } = pair.definition;
  const archiveFirst = openClose.closeAction === "archive" && pair.live?.open === true;
  const closing = archiveFirst ? [closedState(pair, "config")] : [];
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
