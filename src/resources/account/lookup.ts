import type { Lookup } from "../../engine/kind.js";
import type { LiveAccount } from "../../state/live.js";
import { asMap, asText, spell } from "../answer.js";

/**
 * Receiving accounts. Fact F41: read-only in the API, made in the dashboard; `/account/list` answers with a bare array.
 */
export const accountLookup: Lookup<readonly LiveAccount[]> = {
  call: { method: "account.list", args: [] },
  decode: (data) => {
    const list = Array.isArray(data) ? data : asMap(data)?.accounts;
    if (!Array.isArray(list)) return undefined;
    const accounts = list.map(decodeAccount).filter((account) => account !== undefined);
    return accounts.length === list.length ? accounts : undefined;
  },
};

function decodeAccount(data: unknown): LiveAccount | undefined {
  const account = asMap(data);
  const id = asText(account?.accountId);
  if (account === undefined || id === undefined) return undefined;
  const currencies = account.settlementCurrencies;
  return {
    id,
    name: asText(account.accountName) ?? "",
    address: (asText(account.accountAddress) ?? "").toLowerCase(),
    version: asText(account.version),
    status: asText(account.status) ?? "normal",
    settlementCurrencies: Array.isArray(currencies) ? currencies.map(spell).sort() : [],
  };
}
