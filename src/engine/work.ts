import type { Address } from "../state/address.js";
import type { FieldValues } from "../state/value.js";
import { bodyOf } from "./body.js";
import type { Decision } from "./decision.js";

/** What an apply does for one change. References in values are ids, or addresses of what does not exist yet. */
export interface Work {
  readonly number: number;
  readonly address: Address;
  readonly decision: Decision;
  /** The values of the body that a create or an update sends. */
  readonly body: FieldValues | undefined;
  /** Changes of this plan that must have succeeded before. */
  readonly dependsOn: readonly Address[];
}

/** The changes in their order, numbered from 1, with what each needs of the others (`needs` may name entries without a change). */
export function makeWork(
  changed: readonly Decision[],
  needs: ReadonlyMap<Address, readonly Address[]>,
): readonly Work[] {
  const addresses = new Set(changed.map(({ pair }) => pair.address));
  return changed.map((decision, index) => ({
    number: index + 1,
    address: decision.pair.address,
    decision,
    body: bodyOf(decision),
    dependsOn: (needs.get(decision.pair.address) ?? []).filter((address) => addresses.has(address)),
  }));
}
