import type { Diagnostic } from "../diagnostics/index.js";
import type { Address } from "../state/address.js";
import { decide } from "./decide.js";
import type { Decision } from "./decision.js";
import type { KindDefinition } from "./kind.js";
import { collectNames, type Names } from "./names.js";
import type { PairInput } from "./pair/pairing.js";
import { pairAll } from "./pair.js";
import { selectTargets } from "./targets.js";

export interface DecideInput extends PairInput {
  /** Addresses of `--target`; empty: everything. */
  readonly targets: readonly Address[];
}

/** What is to happen to each entry, before anybody judges or describes it. */
export interface Decided {
  /** Of all entries, sorted by address. */
  readonly all: readonly Decision[];
  /** Those that the plan is made of: what `targets` names, without what half a list gives no right to. */
  readonly decisions: readonly Decision[];
  readonly names: Names;
  /** Whether everything that matters was seen. */
  readonly complete: boolean;
  readonly partial: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the live object of each entry and decides what is to happen to it. Pure. */
export function decideAll(input: DecideInput): Decided {
  const pairs = pairAll(input);
  const all = pairs.map(decide);
  const { decisions, partial, diagnostics } = selectTargets(all, input);
  const complete = allSeen(input);
  return {
    all,
    names: collectNames(pairs, input.accounts),
    decisions: complete ? decisions : decisions.filter(isSafeOnHalfAList),
    complete,
    partial,
    diagnostics,
  };
}

/** From half a list nothing is created or retired: what is missing in it may exist. */
function isSafeOnHalfAList({ actions, retire }: Decision): boolean {
  return !retire && !actions.includes("create");
}

/** A small kind that the configuration does not use may stay unread: nothing about it is decided. */
function allSeen({ observed, kinds, bindings }: DecideInput): boolean {
  const isNeeded = (definition: KindDefinition) =>
    definition.reading.paged || bindings.some((binding) => binding.definition === definition);
  return [...kinds.values()].every(
    (definition) => observed.kinds.get(definition.kind)?.complete === true || !isNeeded(definition),
  );
}
