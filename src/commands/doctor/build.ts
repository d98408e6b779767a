import { type Diagnostic, type Result, success } from "../../diagnostics/index.js";
import type { Address } from "../../state/address.js";
import type { FailedAction, NotAttempted } from "../../state/apply-document.js";
import type { Desired } from "../../state/desired.js";
import type { CommandContext } from "../context.js";
import { build } from "./rehearsal.js";
import { openStage, type Stage } from "./stage.js";

/** A configuration that was applied in memory, and what of it could not be. */
export interface Built {
  readonly stage: Stage;
  /** For people: each begins a sentence of its own. */
  readonly remarks: readonly string[];
}

/** Applies the configuration to an account in memory. What that account refuses is left out of the copy, and said. */
export async function buildCopy(desired: Desired, context: CommandContext): Promise<Result<Built>> {
  const empty = await openStage(desired);
  const built = await build(empty, context);
  if (!built.ok) return built;
  const { result, lockfile } = built.value;
  const failures = [...result.failed, ...result.notAttempted];
  const left = new Set(failures.map(({ address }) => address as Address)); // the work's own addresses
  const stage: Stage = {
    sandbox: empty.sandbox,
    desired: { ...desired, entries: without(desired.entries, left) },
    lockfile: { ...lockfile, entries: without(lockfile.entries, left), intents: new Map() },
  };
  return success({ stage, remarks: failures.map(sayLeftOut) });
}

/**
 * What makes sense in memory: `imports` and `moved` speak of objects of the real account, as does an allowance for an
 * entry that has left the YAML.
 */
export function copyOf(desired: Desired): { desired: Desired; remarks: readonly string[] } {
  const { entries, imports, moved, policy } = desired;
  const allow = policy.allow.filter(
    ({ address }) => !/^(product|paymentLink|webhook)\./.test(address) || entries.has(address as Address),
  );
  const left = [
    imports.length === 0 ? [] : ["`imports`"],
    moved.length === 0 ? [] : ["`moved`"],
    allow.length === policy.allow.length ? [] : ["allowances for entries that the YAML lacks"],
  ].flat();
  return {
    desired: { ...desired, imports: [], moved: [], policy: { ...policy, allow } },
    remarks: left.length === 0 ? [] : [`Left out, as they speak of the real account: ${left.join(", ")}.`],
  };
}

/** A note in the report for each remark. */
export function noteOf(remark: string): Diagnostic {
  return {
    code: "GS7022",
    severity: "note",
    summary: "The rehearsal is not the whole configuration",
    detail: remark,
  };
}

function sayLeftOut(failure: FailedAction | NotAttempted): string {
  const why = "error" in failure ? failure.error.message : failure.because;
  return `\`${failure.address}\` is left out: the sandbox did not ${failure.action} it (${why}).`;
}

function without<T>(map: ReadonlyMap<Address, T>, left: ReadonlySet<Address>): ReadonlyMap<Address, T> {
  return new Map([...map].filter(([address]) => !left.has(address)));
}
