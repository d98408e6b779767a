import { timestamps } from "./answers.js";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import type { StoredAccount } from "./state/state.js";
import { findToken, madeUpAddress, type Token } from "./tokens.js";
import type { Endpoint, World } from "./world.js";

/** An account that shall exist. */
export interface SandboxAccount {
  readonly accountId: string;
  readonly accountName?: string | undefined;
  /** Absent: a made-up one that depends on the id. */
  readonly accountAddress?: string | undefined;
  readonly settlementCurrencies?: readonly string[] | undefined;
}

/** The account that every sandbox has from the start. */
export const mainAccount: SandboxAccount = {
  accountId: "acc_sandbox_main",
  accountName: "Sandbox main",
  accountAddress: "0x5a00000000000000000000000000000000000001",
  settlementCurrencies: ["polygon::usdt", "polygon::usdc", "base::usdc"],
};

export const maxAccounts = 20;

/** GET /account/list: all that were not removed, without pages. */
export const listAccounts: Endpoint = ({ world, view }) =>
  view
    .rows("accounts")
    .filter(isThere)
    .map((account) => accountAnswer(world.knobs, account));

/** GET /account/detail/:accountId; 299101 for one that is not there, or was removed. */
export const accountDetail: Endpoint = ({ world, view, params }) => {
  const account = view.get("accounts", params.accountId ?? "");
  if (account === undefined || !isThere(account)) throw new ApiError(299101);
  return accountAnswer(world.knobs, account);
};

/** The account that a link or session is to pay into, checked together with its token. */
export function payableAccount(
  world: World,
  wanted: { readonly accountId: string; readonly settlementToken: string },
): { readonly account: StoredAccount; readonly token: Token } {
  const account = world.store.get("accounts", wanted.accountId);
  if (account === undefined || !isThere(account)) throw new ApiError(299101);
  if (account.status !== "normal") throw new ApiError(299102);
  const token = findToken(wanted.settlementToken);
  if (token === undefined) throw new ApiError(world.knobs.unsupportedTokenCode);
  if (world.knobs.tokenOfAccount === "checked" && !account.settlementCurrencies.includes(token.tokenId)) {
    throw new ApiError(400203);
  }
  return { account, token };
}

/**
 * Makes the account exist, with this address, and settle at least these tokens. What was done in the dashboard stands:
 * an address that was changed there is kept, and an account that was removed there stays removed.
 */
export function ensureAccount(world: World, wanted: SandboxAccount): void {
  world.store.refresh();
  const known = world.store.get("accounts", wanted.accountId);
  const next = known === undefined ? accountWith(world, wanted) : completed(known, wanted);
  if (next !== known) world.store.put("accounts", next);
  world.commitAsInitial();
}

/** Whether the account has not been removed. */
function isThere(account: StoredAccount): boolean {
  return account.status !== "removed";
}

/** The account with all that a wish for it leaves open. */
export function accountWith(world: World, wanted: SandboxAccount): StoredAccount {
  const nowMs = world.clock.nowMs();
  return {
    accountId: wanted.accountId,
    accountName: wanted.accountName ?? wanted.accountId,
    accountAddress: wanted.accountAddress ?? madeUpAddress(wanted.accountId),
    addressFrom: wanted.accountAddress === undefined ? "sandbox" : "configuration",
    settlementCurrencies: [...(wanted.settlementCurrencies ?? [])],
    version: world.newId("ver", 16),
    status: "normal",
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

function completed(known: StoredAccount, wanted: SandboxAccount): StoredAccount {
  const missing = (wanted.settlementCurrencies ?? []).filter(
    (one) => !known.settlementCurrencies.includes(one),
  );
  const pin = known.addressFrom === "dashboard" ? undefined : wanted.accountAddress;
  if (missing.length === 0 && (pin === undefined || pin === known.accountAddress)) return known;
  return {
    ...known,
    settlementCurrencies: [...known.settlementCurrencies, ...missing],
    ...(pin === undefined ? {} : { accountAddress: pin, addressFrom: "configuration" }),
  };
}

/** An account as the API shows it. */
export function accountAnswer(knobs: Knobs, account: StoredAccount): Record<string, unknown> {
  return {
    accountId: account.accountId,
    accountName: account.accountName,
    accountAddress: account.accountAddress,
    accountType: "EVM::ADDR",
    settlementCurrencies: account.settlementCurrencies,
    version: account.version,
    status: account.status,
    ...timestamps(knobs, { createAt: account.createdAtMs, updateAt: account.updatedAtMs }),
  };
}
