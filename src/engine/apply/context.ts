import type { Diagnostic } from "../../diagnostics/index.js";
import type { Address } from "../../state/address.js";
import type { FailedAction } from "../../state/apply-document.js";
import type { Failure, Outcome } from "../../state/call.js";
import { Draft } from "../../state/journal.js";
import type { LiveObject, Observed } from "../../state/live.js";
import type { Lockfile } from "../../state/lockfile.js";
import type { FieldValues } from "../../state/value.js";
import { type KindDefinition, mapReferences } from "../kind.js";
import type { Pair } from "../pair/pairing.js";
import type { Work } from "../work.js";

/** What the parts of the machine share: the lockfile as saved so far, and what is known of the account. */
export interface Context {
  /** Everything that was saved, folded. `ApplyRun` adds a record when its save is answered: on disk by then, unless the journal broke,
   * and then nothing more is sent. */
  readonly draft: Draft;
  /** Ids of the kind that the account had when the plan was made, sorted; always the same list. */
  knownIds(definition: KindDefinition): readonly string[];
  /** Whether an id is an entry's by now, one that this plan takes over, or another environment's. */
  isTaken(id: string): boolean;
  /** Takes the id of a new object for the change that asks; `false`: it is somebody's already, or was there before the plan. */
  claim(definition: KindDefinition, id: string): boolean;
  /** How long the API may still carry out a request that the client gave up on. */
  readonly settleMs: number;
  readonly remarks: Diagnostic[];
  /**
   * Creates of this moment whose outcome is being looked for. While there are any nothing new is begun: each object that
   * is made meanwhile changes the lists, and only a list that holds still shows what is there.
   */
  inDoubt: number;
}

/** What is shared when a run begins. */
export function makeContext({
  works,
  lockfile,
  observed,
  foreignIds,
  settleMs,
}: {
  works: readonly Work[];
  lockfile: Lockfile;
  observed: Observed;
  foreignIds: ReadonlySet<string>;
  settleMs: number;
}): Context {
  const draft = new Draft(lockfile);
  // What the plan takes over belongs to somebody before it is recorded: no create may find it meanwhile.
  const claims = new Set(works.flatMap(({ decision: { pair } }) => claimOf(pair)));
  const ids = new Map([...observed.kinds].map(([kind, { objects }]) => [kind, [...objects.keys()].sort()]));
  const isTaken = (id: string) => draft.ownerOf(id) !== undefined || claims.has(id) || foreignIds.has(id);
  return {
    draft,
    settleMs,
    remarks: [],
    inDoubt: 0,
    knownIds: ({ kind }) => ids.get(kind) ?? [],
    isTaken,
    claim: ({ kind }, id) => {
      if (isTaken(id) || observed.kinds.get(kind)?.objects.has(id) === true) return false;
      claims.add(id);
      return true;
    },
  };
}

function claimOf({ live, takenOver }: Pair): readonly string[] {
  return live === undefined || takenOver === undefined ? [] : [live.id];
}

export type ApplyError = FailedAction["error"];

/** An outcome as the report's error. */
export function errorOf(
  outcome: Exclude<Outcome, { kind: "done" }> | (Failure & { kind: "differs" | "stale" }),
): ApplyError {
  return { code: outcome.code, message: outcome.message, outcome: outcome.kind };
}

/** Tells a live object from the reason why there is none. */
export function isError(found: LiveObject | ApplyError): found is ApplyError {
  return "outcome" in found;
}

/** The error of an object that is not what the plan rests on any more. */
export function stale(message: string): ApplyError {
  return { code: NO_CODE, message, outcome: "stale" };
}

/** The error of a change that the API took for done, and that is not to be seen. */
export function differs(message: string): ApplyError {
  return { code: NO_CODE, message, outcome: "differs" };
}

/** No code of the API's: 0 would be its word for success. */
const NO_CODE = -1;

/** Addresses of entries that had no object when the plan was made become the ids that they have by now. */
export function resolveIds(values: FieldValues, { decision }: Work, { draft }: Context): FieldValues {
  return mapReferences(decision.pair.definition, values, (to, target) =>
    to === "product" && target.startsWith("product.")
      ? (draft.entry(target as Address)?.id ?? target)
      : target,
  );
}
