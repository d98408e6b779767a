import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import type { Desired, DesiredAccount } from "../state/desired.js";
import type { LiveAccount } from "../state/live.js";
import type { LockAccount } from "../state/lockfile.js";

/** The configuration's account names with the live accounts that they stand for. Sorted by name. */
export type ResolvedAccounts = ReadonlyMap<string, LiveAccount>;

/**
 * Finds each named account in the live list: by id, by address, or both (then the address is a pin).
 * Nothing is planned when a name cannot be resolved, is ambiguous, or its pin differs: money would go elsewhere.
 */
export function resolveAccounts(desired: Desired, live: readonly LiveAccount[]): Result<ResolvedAccounts> {
  const resolved = new Map<string, LiveAccount>();
  const problems: Diagnostic[] = [];
  for (const account of [...desired.accounts.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const found = findAccount(account, live);
    if ("code" in found) problems.push(found);
    else resolved.set(account.name, found);
  }
  return problems.length > 0 ? failure(...problems) : success(resolved);
}

/** What the lockfile records of the accounts that are in use. */
export function recordAccounts(accounts: ResolvedAccounts): { readonly [name: string]: LockAccount } {
  return Object.fromEntries(
    [...accounts].map(([name, { id, address, version }]) => [
      name,
      { id, address, ...(version === undefined ? {} : { version }) },
    ]),
  );
}

function findAccount(account: DesiredAccount, live: readonly LiveAccount[]): LiveAccount | Diagnostic {
  const matches = live.filter((candidate) =>
    account.id === undefined ? candidate.address === account.address : candidate.id === account.id,
  );
  const [match] = matches;
  if (match === undefined) return unknownAccount(account, live);
  if (matches.length > 1) return ambiguous(account, matches);
  if (account.address !== undefined && account.address !== match.address) return pinDiffers(account, match);
  return match;
}

function unknownAccount(account: DesiredAccount, live: readonly LiveAccount[]): Diagnostic {
  const wanted = account.id ?? account.address ?? "";
  const known = live.map(({ id, name, address }) => `${id} (${name}, ${address})`).join(", ");
  return {
    code: "GS2003",
    severity: "error",
    summary: `The account \`${account.name}\` (${wanted}) does not exist`,
    detail: known === "" ? "The live list of receiving accounts is empty." : `Live accounts: ${known}.`,
    remedy: "Receiving accounts are made in the GStable dashboard; write the id of one that exists.",
    source: account.source,
  };
}

function ambiguous(account: DesiredAccount, matches: readonly LiveAccount[]): Diagnostic {
  return {
    code: "GS2004",
    severity: "error",
    summary: `Two live accounts have the address of \`${account.name}\``,
    detail: matches.map(({ id, name }) => `${id} (${name})`).join(", "),
    remedy: "Write the id of the one that is meant, beside the address.",
    source: account.source,
  };
}

function pinDiffers(account: DesiredAccount, match: LiveAccount): Diagnostic {
  return {
    code: "GS2005",
    severity: "error",
    summary: `The account \`${account.name}\` pays to another address than the one pinned`,
    detail: `Pinned: ${account.address}. Live: ${match.address} (${match.id}). Whoever changed it decides where the money goes.`,
    remedy:
      "Find out who changed it. If it is right, change the pin in the configuration; it cannot be allowed.",
    source: account.source,
  };
}
