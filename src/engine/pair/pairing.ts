import type { Address } from "../../state/address.js";
import type { LiveObject, Observed } from "../../state/live.js";
import type { LockEntry, Lockfile } from "../../state/lockfile.js";
import type { FieldValues } from "../../state/value.js";
import type { ResolvedAccounts } from "../accounts.js";
import type { Binding } from "../bind.js";
import type { KindDefinition, Kinds } from "../kind.js";

/** A binding together with the live object that it stands for. */
export interface Pair extends Binding {
  /** Recorded, or what an adoption will record. */
  readonly lock: LockEntry | undefined;
  readonly live: LiveObject | undefined;
  /** Fields that the list did not carry stand as last applied, because `versionCode` says that nothing changed. */
  readonly assumed: boolean;
  /** Archived by us and shown nowhere: nothing of its `live` was seen in this run. */
  readonly hidden: boolean;
  readonly gone: "missing" | "archived" | undefined;
  /** Its object was not seen, and the scan was incomplete: nothing can be said. */
  readonly unseen: boolean;
  readonly takenOver: "import" | "adopt" | undefined;
  /** An interrupted run sent its create without learning what came of it. */
  readonly interrupted: boolean;
  /** Unmanaged live objects that equal it, where there are several: nobody knows which one is meant. */
  readonly twins: readonly LiveObject[];
  /** What the YAML wants, references as ids (an entry without an object yet stands as its address). */
  readonly wanted: FieldValues | undefined;
}

export interface PairInput {
  readonly kinds: Kinds;
  readonly bindings: readonly Binding[];
  readonly lockfile: Lockfile;
  readonly observed: Observed;
  readonly accounts: ResolvedAccounts;
  /** Ids that the lockfiles of other environments list: not ours to adopt. */
  readonly foreignIds: ReadonlySet<string>;
}

/** The same for the entries of one kind. */
export interface KindInput extends PairInput {
  readonly definition: KindDefinition;
  /** Products that have an object by now. */
  readonly ids: ReadonlyMap<Address, string>;
}

/** An entry whose object is still to be found. */
export interface Half {
  readonly binding: Binding;
  /** As in a pair. */
  readonly wanted: FieldValues | undefined;
}

/** What was found of an entry; what is left out was not. */
export type Found = Partial<Omit<Pair, keyof Binding | keyof Half>> & Pick<Pair, "lock">;

/** An entry together with what was `found` of it. Written out: spreading ten thousand bindings is slow. */
export function makePair({ binding, wanted }: Half, found: Found): Pair {
  return {
    address: binding.address,
    definition: binding.definition,
    desired: binding.desired,
    intent: binding.intent,
    movedFrom: binding.movedFrom,
    importId: binding.importId,
    wanted,
    lock: found.lock,
    live: found.live,
    assumed: found.assumed ?? false,
    hidden: found.hidden ?? false,
    gone: found.gone,
    unseen: found.unseen ?? false,
    takenOver: found.takenOver,
    interrupted: found.interrupted ?? false,
    twins: found.twins ?? [],
  };
}
