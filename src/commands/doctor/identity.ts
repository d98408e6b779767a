import { resolveAccounts } from "../../engine/accounts.js";
import { checkMerchant } from "../../engine/merchant.js";
import { count } from "../../render/index.js";
import type { LiveAccount } from "../../state/live.js";
import type { Lockfile } from "../../state/lockfile.js";
import type { Project } from "../project.js";
import { type Finding, failedWith, fine, skipped, warned } from "./check.js";

/** Whose account it is: the merchant that the lockfile was made with, and the accounts that the configuration names. */
export function checkIdentity({
  project,
  lockfile,
  accounts,
}: {
  project: Project | undefined;
  lockfile: Lockfile | undefined;
  accounts: readonly LiveAccount[] | undefined;
}): { merchant: Finding; accounts: Finding } {
  const why =
    project === undefined
      ? "The configuration cannot be read"
      : accounts === undefined
        ? "The list of receiving accounts was not read"
        : undefined;
  if (why !== undefined || project === undefined || accounts === undefined) {
    return { merchant: skipped("merchant", why ?? ""), accounts: skipped("accounts", why ?? "") };
  }
  return { merchant: sayMerchant({ project, lockfile }, accounts), accounts: sayAccounts(project, accounts) };
}

function sayMerchant(
  { project, lockfile }: { project: Project; lockfile: Lockfile | undefined },
  accounts: readonly LiveAccount[],
): Finding {
  if (lockfile === undefined) return skipped("merchant", "The lockfile cannot be read");
  if (lockfile.accounts.size === 0)
    return skipped("merchant", "The lockfile records no receiving account yet");
  const stranger = checkMerchant(lockfile, accounts);
  if (stranger !== undefined) return failedWith("merchant", [stranger], project.options);
  return fine("merchant", "The key belongs to the merchant that the lockfile was made with");
}

/** Each name with its id and payout address: both are public. */
function sayAccounts({ desired, options }: Project, live: readonly LiveAccount[]): Finding {
  if (desired.accounts.size === 0) return fine("accounts", "The configuration names none");
  const resolved = resolveAccounts(desired, live);
  if (!resolved.ok) return failedWith("accounts", resolved.diagnostics, options);
  const all = [...resolved.value];
  const detail = all
    .map(([name, { id, address }]) => `\`${name}\` is ${id}, pays out to ${address}`)
    .join("; ");
  const odd = all.filter(([, { status }]) => status !== "normal");
  if (odd.length === 0) return fine("accounts", `${count(all.length, "account")} found`, detail);
  const said = odd.map(([name, { status }]) => `\`${name}\` is \`${status}\``).join(", ");
  return warned("accounts", `${said}: apply refuses to have money sent there`, {
    detail,
    remedy: "Look at the account in the dashboard.",
  });
}
