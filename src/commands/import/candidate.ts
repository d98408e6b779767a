import type { KindDefinition } from "../../engine/kind.js";
import { type Address, kindOf } from "../../state/address.js";
import type { SkippedObject } from "../../state/import-document.js";
import type { LiveObject } from "../../state/live.js";

/** An object that is to be imported. */
export interface Candidate {
  readonly live: LiveObject;
  readonly definition: KindDefinition;
  /** The entry that it becomes, where that is said or given already. */
  readonly to: Address | undefined;
  /** Named on the command line: what speaks against it ends the run instead of being skipped. */
  readonly named: boolean;
}

/** Why an object is not imported. A note is no failure: there is nothing to import. */
export interface Reason {
  readonly code: SkippedObject["code"];
  readonly severity: SkippedObject["severity"];
  readonly why: string;
}

/** What people call an object. */
export function titleOf({ live, definition }: Pick<Candidate, "live" | "definition">): string {
  const title = live.values[definition.titleField];
  return typeof title === "string" ? title : "";
}

/** A line of the list of what was skipped. */
export function skip(
  candidate: Pick<Candidate, "live" | "definition" | "to">,
  reason: Reason,
): SkippedObject {
  const { live, definition, to } = candidate;
  return {
    kind: definition.kind,
    id: live.id,
    name: titleOf(candidate),
    address: to ?? null,
    severity: reason.severity,
    code: reason.code,
    why: reason.why,
  };
}

/** The configuration cannot say what is live. */
export function cannot(why: string): Reason {
  return { code: "GS2127", severity: "error", why };
}

/** Whether an address is of the kind of an object. */
export function isOfKind(address: Address, { kind }: Pick<LiveObject, "kind">): boolean {
  return kindOf(address) === kind;
}
