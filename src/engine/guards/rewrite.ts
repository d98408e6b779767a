import type { LiveObject } from "../../state/live.js";
import type { FieldValues } from "../../state/value.js";
import { bodyOf } from "../body.js";
import type { Decision } from "../decision.js";
import type { Risk } from "../kind.js";
import type { Pair } from "../pair/pairing.js";

/** An update of a live object, with the values that it would leave behind. */
export interface Rewrite {
  readonly pair: Pair;
  readonly live: LiveObject;
  readonly body: FieldValues;
}

/** The decision as an update of something live; `undefined` for all others. */
export function asRewrite(decision: Decision): Rewrite | undefined {
  const { live } = decision.pair;
  const body = decision.actions.includes("update") ? bodyOf(decision) : undefined;
  return live === undefined || body === undefined ? undefined : { pair: decision.pair, live, body };
}

/**
 * Whether all fields of a risk were read from the API in this run. Values that stand in from the lockfile prove
 * nothing: whoever edits the YAML can edit that too.
 */
export function isSeen({ definition, live, assumed }: Pair, risk: Risk): boolean {
  const fields = definition.fields.filter((rule) => rule.risk === risk);
  return live !== undefined && !assumed && fields.every(({ name }) => Object.hasOwn(live.values, name));
}

/** Said where a guard cannot compare: not knowing is a reason to stop. */
export const notSeen = "What is live now could not be read in this run, so nothing can be compared.";
