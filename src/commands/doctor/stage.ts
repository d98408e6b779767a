import type { Sandbox, SandboxSeed } from "../../sandbox/index.js";
import type { Desired } from "../../state/desired.js";
import { emptyLockfile, type Lockfile } from "../../state/lockfile.js";
import { accountsOf, SANDBOX_BASE_URL } from "../embedded-sandbox.js";

/** What a rehearsal is made of. Nothing of it is on a disk, and no socket is opened. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly desired: Desired;
  readonly lockfile: Lockfile;
}

/** An account in memory that has every account of the configuration. `past`: what was built there before. */
export async function openStage(
  desired: Desired,
  past?: { readonly lockfile: Lockfile; readonly seed: SandboxSeed },
): Promise<Stage> {
  const { createSandbox } = await import("../../sandbox/index.js");
  const sandbox = createSandbox({ accounts: accountsOf({ desired }) });
  if (past === undefined) pinAccounts(desired, sandbox);
  else sandbox.seed(past.seed);
  const { project, environment } = desired;
  const owner = { project, environment, origin: new URL(SANDBOX_BASE_URL).origin };
  return { sandbox, desired, lockfile: past?.lockfile ?? emptyLockfile(owner) };
}

/** The sandbox's own account has an address already; here the pin of the configuration counts. */
function pinAccounts({ accounts }: Desired, sandbox: Sandbox): void {
  const known = new Map(
    sandbox.snapshot().accounts.map(({ accountId, accountAddress }) => [accountId, accountAddress]),
  );
  for (const { id, address } of accounts.values()) {
    if (id === undefined || address === undefined || known.get(id) === address) continue;
    sandbox.dashboard.changeAccountAddress({ accountId: id, accountAddress: address });
  }
}
