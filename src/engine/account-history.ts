import type { Desired } from "../state/desired.js";
import type { JournalRecord } from "../state/journal.js";
import type { Lockfile } from "../state/lockfile.js";
import type { PlanDocument } from "../state/plan-document.js";
import { type ResolvedAccounts, recordAccounts } from "./accounts.js";
import { placeOf } from "./describe.js";
import { hashOf } from "./hash.js";

interface AccountSides {
  readonly accounts: ResolvedAccounts;
  readonly lockfile: Lockfile;
  readonly desired: Desired;
}

/** A receiving account that pays elsewhere than when it was recorded is the gravest drift there is. */
export function describeAccountDrift({ accounts, lockfile, desired }: AccountSides): PlanDocument["drift"] {
  return [...accounts].flatMap(([name, live]) => {
    const recorded = lockfile.accounts.get(name);
    if (recorded === undefined || recorded.id !== live.id) return [];
    const sides = [
      { path: "address", before: live.address, after: recorded.address },
      { path: "version", before: live.version ?? null, after: recorded.version ?? null },
    ].filter(({ before, after }) => before !== after);
    if (sides.length === 0) return [];
    const source = desired.accounts.get(name)?.source;
    const fields = sides.map((side) => ({
      ...side,
      type: "text",
      cause: "drift" as const,
      risk: "routing" as const,
    }));
    return [
      {
        address: `account.${name}`,
        kind: "account",
        id: live.id,
        name: live.name,
        fields,
        ...(source === undefined ? {} : { source: placeOf(source) }),
      },
    ];
  });
}

/** Fact F43: the accounts are recorded with address and version, so that a later change of either is seen. */
export function accountRecords({ accounts, lockfile }: AccountSides): JournalRecord[] {
  const now = recordAccounts(accounts);
  const before = Object.fromEntries(lockfile.accounts);
  const known = { ...before, ...now };
  return hashOf(known) === hashOf(before) ? [] : [{ type: "accounts", accounts: known }];
}
