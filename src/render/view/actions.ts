import type { AppliedAction } from "../../state/apply-document.js";
import { compare } from "./plan.js";

/** The actions of a report by the numbers of their changes; those of one change as they were carried out. */
export function sortActions<T extends AppliedAction>(actions: readonly T[]): readonly T[] {
  return actions.toSorted((a, b) => a.number - b.number || compare(a.address, b.address));
}
