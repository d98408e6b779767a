import type { ChangeAction } from "../state/action.js";
import type { Lifecycle } from "../state/desired.js";
import type { Cause, Difference } from "./diff.js";
import type { KindDefinition } from "./kind.js";
import type { Pair } from "./pair/pairing.js";

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

/** What ends that an object takes part in payments, and leaves it there. */
export const closing: readonly ChangeAction[] = ["disable", "archive"];

/** The actions in the order in which they are carried out, each once. */
export function inOrder(actions: readonly ChangeAction[]): readonly ChangeAction[] {
  return actions.length < 2 ? actions : actionOrder.filter((action) => actions.includes(action));
}

/** Opening or closing as a difference of the field that YAML and plan show it by. */
export function stateDifference(
  { openClose }: KindDefinition,
  sides: { before: boolean | null; after: boolean; cause: Cause; base?: boolean | undefined },
): Difference {
  const show = (open: boolean | null) => (open === null ? null : open === openClose.openValue);
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

/** An object that comes or goes, as a difference of its id. */
export function idDifference({ before, after }: { before: string | null; after: string | null }): Difference {
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
