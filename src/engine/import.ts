import type { Diagnostic } from "../diagnostics/index.js";
import { failure, type Result, success } from "../diagnostics/index.js";
import type { Address } from "../state/address.js";
import { foldJournal, type JournalRecord } from "../state/journal.js";
import type { LiveObject } from "../state/live.js";
import type { Lockfile } from "../state/lockfile.js";
import type { PlanChange } from "../state/plan-document.js";
import { recordAccounts } from "./accounts.js";
import { baselineEntry } from "./baseline.js";
import { bind } from "./bind.js";
import { decide } from "./decide.js";
import { identityOf, mayShare } from "./guards/identity.js";
import type { KindDefinition } from "./kind.js";
import { pairAll } from "./pair.js";
import { makePlan, type Plan, type PlanInput } from "./plan.js";

/** An object and the entry that is to be its. */
export interface Takeover {
  readonly to: Address;
  readonly id: string;
}

/** What taking objects over comes to. */
export interface TakeoverRecords {
  readonly records: readonly JournalRecord[];
  /** Objects that are not exactly what the configuration says: the paths that differ. */
  readonly unfit: ReadonlyMap<Address, readonly string[]>;
}

/**
 * What the lockfile records of objects that are taken over, as an apply does that adopts them. `input` is the plan's,
 * with a configuration that has the entries already and objects that were read whole.
 */
export function recordTakeovers(input: PlanInput, takeovers: readonly Takeover[]): Result<TakeoverRecords> {
  const bound = bindTakeovers(input, takeovers);
  if (!bound.ok) return bound;
  const wanted = new Map(takeovers.map((one) => [one.to, one.id]));
  const records: JournalRecord[] = [];
  const unfit = new Map<Address, readonly string[]>();
  for (const one of pairAll({ ...input, bindings: bound.value })) {
    if (wanted.get(one.address) === undefined) continue;
    const decision = decide(one);
    const { address, live } = one;
    const isSame = decision.actions.length === 1 && decision.actions[0] === "adopt";
    if (isSame && live !== undefined && live.id === wanted.get(address)) {
      records.push({ type: "entry", address, entry: baselineEntry(decision, live) });
    } else {
      unfit.set(
        address,
        decision.differences.map(({ path }) => path),
      );
    }
  }
  return success({ records: [...accountsFirstSeen(input), ...records], unfit });
}

function bindTakeovers(input: PlanInput, takeovers: readonly Takeover[]): ReturnType<typeof bind> {
  const { desired } = input;
  const isPending = ({ to, id }: Takeover) => desired.imports.some((one) => one.to === to && one.id === id);
  const imports = takeovers
    .filter((one) => !isPending(one))
    .flatMap(({ to, id }) => {
      const source = desired.entries.get(to)?.placeOf();
      return source === undefined ? [] : [{ to, id, source }];
    });
  return bind({ ...input, desired: { ...desired, imports: [...desired.imports, ...imports] } });
}

/** Accounts that were not recorded yet. What is recorded stays: another payout than then has to be noticed. */
function accountsFirstSeen({ accounts, lockfile }: PlanInput): readonly JournalRecord[] {
  const before = Object.fromEntries(lockfile.accounts);
  const fresh = Object.entries(recordAccounts(accounts)).filter(([name]) => !lockfile.accounts.has(name));
  return fresh.length === 0
    ? []
    : [{ type: "accounts", accounts: { ...before, ...Object.fromEntries(fresh) } }];
}

/**
 * Whether the plan after the takeover is the plan before it without them: nothing left to do for what was taken over,
 * and nothing new for anything else. Gives the addresses for which it is not so.
 */
export function disturbances(
  before: Plan,
  {
    input,
    records,
    takeovers,
  }: { input: PlanInput; records: readonly JournalRecord[]; takeovers: readonly Takeover[] },
): Result<readonly string[]> {
  const lockfile: Lockfile = foldJournal(input.lockfile, records);
  const bound = bind({ ...input, lockfile });
  if (!bound.ok) return failure(...bound.diagnostics);
  const after = makePlan({ ...input, lockfile, bindings: bound.value });
  const taken = new Set<string>(takeovers.map(({ to }) => to));
  const known = new Set(before.document.changes.map(outline));
  const changed = after.document.changes.filter(
    (change) => taken.has(change.address) || !known.has(outline(change)),
  );
  return success(changed.map(({ address }) => address));
}

const outline = ({ address, actions, hash }: PlanChange): string => JSON.stringify([address, actions, hash]);

/**
 * Entries that the plan would create although this object may be what they mean: taken over under another name, it
 * would not hold the create up any more, and there would be two.
 */
export function rivalsOf(
  { work }: Pick<Plan, "work">,
  { live, definition }: { live: LiveObject; definition: KindDefinition },
): readonly Address[] {
  const identity = identityOf(definition, live.values);
  return work
    .filter(
      ({
        decision: {
          actions,
          pair: { definition: other },
        },
      }) => {
        return actions.includes("create") && other.kind === definition.kind;
      },
    )
    .filter(({ decision: { pair: one } }) => {
      const isTwin = one.twins.some(({ id }) => id === live.id);
      return isTwin || mayShare(identityOf(definition, one.wanted ?? {}), identity);
    })
    .map(({ address }) => address);
}

/** What is left open by an interrupted run: the objects that it made belong to its entries. */
export function openIntents({ intents }: Lockfile): Diagnostic | undefined {
  if (intents.size === 0) return undefined;
  return {
    code: "GS2126",
    severity: "error",
    summary: `An interrupted run left creates open: ${[...intents.keys()].join(", ")}`,
    detail:
      "What they made may be among the objects that would be imported, and would be created a second time.",
    remedy: "Let it finish first:",
    command: ["apply"],
  };
}
