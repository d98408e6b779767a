import type { Diagnostic } from "../../diagnostics/index.js";
import { parseAddress } from "../../state/address.js";
import { type Allowance, type GuardId, guardIds } from "../../state/policy.js";
import type { Review, Trip } from "./guard.js";

interface Tripped {
  readonly guard: GuardId;
  readonly trip: Trip;
}

/** Whether an allowance speaks of this trip, whatever its value. */
export function standsFor({ guard, address }: Allowance, tripped: Tripped): boolean {
  return guard === tripped.guard && address === tripped.trip.address;
}

/** Whether it lets this through. A flag was typed for this run and may do without a value; a policy stays. */
export function lets(allowance: Allowance, tripped: Tripped): boolean {
  if (!standsFor(allowance, tripped)) return false;
  return allowance.value === undefined ? allowance.origin === "flag" : allowance.value === tripped.trip.value;
}

/** Sorts out the allowances that could never let anything through: they would silently do nothing. */
export function checkAllowances(
  allowances: readonly Allowance[],
  review: Review,
): { readonly valid: readonly Allowance[]; readonly diagnostics: readonly Diagnostic[] } {
  const checked = allowances.map((allowance) => ({ allowance, problem: findProblem(allowance, review) }));
  return {
    valid: checked.filter(({ problem }) => problem === undefined).map(({ allowance }) => allowance),
    diagnostics: checked.flatMap(({ problem }) => problem ?? []),
  };
}

function findProblem(allowance: Allowance, review: Review): Diagnostic | undefined {
  const { guard, address, source } = allowance;
  const place = source === undefined ? {} : { source };
  if (!guardIds.includes(guard)) {
    return {
      code: "GS4102",
      severity: "error",
      summary: `\`${guard}\` is no guard`,
      detail: `An allowance is ID:ADDRESS; the ids are ${guardIds.join(", ")}.`,
      remedy: "Write it as the plan prints it.",
      ...place,
    };
  }
  if (isKnown(allowance, review) || isElsewhere(allowance, review)) return undefined;
  return {
    code: "GS4102",
    severity: "error",
    summary: `The allowance \`${guard}:${address}\` names nothing that the guard \`${guard}\` looks at`,
    detail: looksAt[scopeOf(guard)],
    remedy: "Correct the address as the plan prints it, or remove the allowance.",
    ...place,
  };
}

const looksAt = {
  config: "It looks at everything together: its address is `config`.",
  accounts: "No entry of the configuration or the lockfile has this address, and no account has this name.",
  entries: "No entry of the configuration or the lockfile has this address.",
} as const;

function scopeOf(guard: GuardId): keyof typeof looksAt {
  if (guard === "retire" || guard === "shrink") return "config";
  return guard === "routing" ? "accounts" : "entries";
}

function isKnown({ guard, address }: Allowance, { desired, lockfile }: Review): boolean {
  const scope = scopeOf(guard);
  if (scope === "config") return address === "config";
  const isEntry = [desired.entries, lockfile.entries].some((entries: ReadonlyMap<string, unknown>) =>
    entries.has(address),
  );
  if (isEntry || scope === "entries") return isEntry;
  const name = address.startsWith("account.") ? address.slice("account.".length) : undefined;
  return name !== undefined && (desired.accounts.has(name) || lockfile.accounts.has(name));
}

/**
 * All environments share the policy: an address that this one lacks may be another one's. In a rehearsal it may be that
 * of an entry which only the real lockfile knows. It is idle here.
 */
function isElsewhere({ guard, origin, address }: Allowance, { desired, rehearsal }: Review): boolean {
  if (origin === "flag" || scopeOf(guard) === "config") return false;
  if (desired.environment === null && !rehearsal) return false;
  return parseAddress(address) !== undefined || (guard === "routing" && /^account\../.test(address));
}
